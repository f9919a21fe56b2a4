"""What is entered about normative acts."""

from marshmallow import fields

from services.registry.rules.acts import MAX_NUMBER
from services.registry.rules.kinds import ActKind, ActLevel, RelationType
from services.registry.schemas.parts import Day, choice, maybe
from shared.web.schema import InSchema, Text


class ActIn(InSchema):
    """A new act."""

    kind = choice(ActKind, required=True)
    number = maybe(Text, max=MAX_NUMBER + 10)
    date = Day(required=True)
    title = Text(required=True, max=1000)
    level = choice(ActLevel, required=True)
    issuer_id = maybe(fields.UUID)
    issuer_name = maybe(Text, max=500)
    in_force_from = maybe(Day)
    place = maybe(Text, max=200)


class RelationIn(InSchema):
    """What an act does to another one."""

    type = choice(RelationType, required=True)
    target_id = maybe(fields.UUID)
    target_ref = maybe(Text, max=200)
    note = maybe(Text, max=500)
