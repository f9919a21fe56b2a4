"""What is entered about agreements and the network."""

from marshmallow import fields, validate

from services.registry.rules.acts import MAX_NUMBER
from services.registry.rules.kinds import AgreementDay, Evidence, Stage
from services.registry.rules.prolongation import MAX_MONTHS
from services.registry.schemas.parts import Day, choice, maybe, several
from shared.files import MAX_FILE
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
    further_ids = several(load_default=list)
    act_ids = several(load_default=list)
    auto_prolongation_months = maybe(fields.Integer, validate=validate.Range(min=1, max=MAX_MONTHS))


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
    reason = maybe(Text, max=500)
    act_id = maybe(fields.UUID)


class ProlongationIn(InSchema):
    """A supplementary agreement that makes the term longer."""

    number = Text(required=True, max=MAX_NUMBER + 10)
    date = Day(required=True)
    valid_to = Day(required=True)
    act_id = maybe(fields.UUID)
    over_capacity = fields.Boolean(load_default=False)


class AgreementCorrectionIn(InSchema):
    """The right day in the place of a wrong one, and why."""

    day = choice(AgreementDay, required=True)
    on = Day(required=True)
    reason = Text(required=True, max=500)
    act_id = maybe(fields.UUID)
    over_capacity = fields.Boolean(load_default=False)


class AgreementActIn(InSchema):
    """An act that an agreement refers to."""

    act_id = fields.UUID(required=True)


class CentreEndIn(InSchema):
    """The end of the status of krai resource centre."""

    act_id = fields.UUID(required=True)
    on = Day(required=True)


class OnIn(InSchema):
    """A day."""

    on = Day(required=True)


class ScanIn(InSchema):
    """The scan of a signed agreement."""

    scan = Upload(required=True, max_bytes=MAX_FILE)


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
