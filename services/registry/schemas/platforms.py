"""What is entered about platforms."""

from marshmallow import fields, validate

from services.registry.rules.kinds import PlatformKind
from services.registry.schemas.parts import Day, choice, maybe, several
from shared.web.schema import InSchema, Text


class PlatformIn(InSchema):
    """An application for a platform."""

    kind = choice(PlatformKind, required=True)
    topic = Text(required=True, max=1000)
    holder_ids = several(required=True)
    hub_id = maybe(fields.UUID)
    member_ids = several(load_default=list)
    curator_id = maybe(fields.UUID)
    counts_in_i02 = fields.Boolean(load_default=True)


class AwardIn(InSchema):
    """The award of a status."""

    act_id = maybe(fields.UUID)
    valid_from = Day(required=True)
    valid_to = maybe(Day)
    basis = maybe(Text, max=300)


class ExtensionIn(InSchema):
    """The extension of a status."""

    act_id = fields.UUID(required=True)
    valid_to = Day(required=True)


class StepIn(InSchema):
    """Suspension, resumption, completion or termination of a status."""

    on = Day(required=True)
    act_id = maybe(fields.UUID)
    reason = maybe(Text, max=500)


class EnactIn(InSchema):
    """Decisions enacted by one order."""

    act_id = fields.UUID(required=True)
    proposal_ids = several(required=True)
    valid_from = Day(required=True)
    months = fields.Integer(load_default=36, validate=validate.Range(min=1, max=120))
