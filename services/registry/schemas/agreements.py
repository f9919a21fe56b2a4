"""What is entered about agreements and the network."""

from marshmallow import fields, validate

from services.registry.rules.acts import MAX_NUMBER
from services.registry.rules.kinds import Evidence, Stage
from services.registry.rules.scans import MAX_SCAN
from services.registry.schemas.parts import Day, choice, maybe
from shared.web.schema import InSchema, Text, Upload


class AgreementIn(InSchema):
    """A new agreement."""

    number = Text(required=True, max=MAX_NUMBER + 10)
    date = Day(required=True)
    operator_id = fields.UUID(required=True)
    tms_id = fields.UUID(required=True)
    subject = Text(required=True, max=1000)
    valid_from = Day(required=True)
    valid_to = Day(required=True)


class SignatureIn(InSchema):
    """The signature of a party."""

    organisation_id = fields.UUID(required=True)
    signed_on = Day(required=True)


class RefusalIn(InSchema):
    """A party's refusal."""

    organisation_id = fields.UUID(required=True)
    reason = Text(required=True, max=500)


class EntryIntoForceIn(InSchema):
    """The day an agreement comes into force."""

    on = Day(required=True)
    scan_waiver = maybe(Text, max=500)
    over_capacity = fields.Boolean(load_default=False)


class TerminationIn(InSchema):
    """The end of an agreement before its term."""

    on = Day(required=True)
    reason = Text(required=True, max=500)


class OnIn(InSchema):
    """A day."""

    on = Day(required=True)


class ScanIn(InSchema):
    """The scan of a signed agreement."""

    scan = Upload(required=True, max_bytes=MAX_SCAN)


class ResourceCentreIn(InSchema):
    """The status of krai resource centre."""

    organisation_id = fields.UUID(required=True)
    act_id = fields.UUID(required=True)
    valid_from = Day(required=True)
    capacity = fields.Integer(required=True, validate=validate.Range(min=1, max=1000))


class TransformationIn(InSchema):
    """A stage that a municipality reached."""

    municipality_oktmo = Text(required=True, max=8)
    tms_id = fields.UUID(required=True)
    stage = choice(Stage, required=True)
    since = Day(required=True)
    evidence = fields.Dict(keys=choice(Evidence), values=Text(max=500), load_default=dict)
    historical = fields.Boolean(load_default=False)
