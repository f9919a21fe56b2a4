"""What is entered about normative acts."""

import re
from typing import Any
from uuid import UUID

import marshmallow as ma
from marshmallow import fields

from services.registry.rules.acts import MAX_CLAUSE, MAX_NUMBER
from services.registry.rules.kinds import ActKind, ActLevel, ActTarget, RelationType
from services.registry.schemas.parts import Day, choice, maybe
from shared.files import MAX_FILE
from shared.refusal import N_
from shared.web.schema import InSchema, Text, Upload

#: The card of a thing in the address bar of a browser -> what it is.
_CARDS = {
    "platforms": ActTarget.PLATFORM,
    "agreements": ActTarget.AGREEMENT,
    "organisations": ActTarget.ORGANISATION,
    "projects": ActTarget.PROJECT,
}
_CARD = re.compile(rf"/({'|'.join(_CARDS)})/([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})(?:[/?#]|$)")


class DraftIn(InSchema):
    """A draft of an act."""

    kind = choice(ActKind, required=True)
    title = Text(required=True, max=1000)
    level = choice(ActLevel, required=True)
    issuer_id = maybe(fields.UUID)
    issuer_name = maybe(Text, max=500)
    place = maybe(Text, max=200)
    summary = maybe(Text, max=2000)
    url = maybe(Text, max=500)


class ActApprovalIn(InSchema):
    """The number and date that make a draft an act, and its term."""

    number = maybe(Text, max=MAX_NUMBER + 10)
    date = Day(required=True)
    in_force_from = maybe(Day)
    in_force_to = maybe(Day)


class ActIn(DraftIn):
    """A new act."""

    number = maybe(Text, max=MAX_NUMBER + 10)
    date = Day(required=True)
    in_force_from = maybe(Day)
    in_force_to = maybe(Day)


class ActFileIn(InSchema):
    """The text of an act."""

    file = Upload(required=True, max_bytes=MAX_FILE)


class RelationIn(InSchema):
    """What an act does to another act, to a thing of the registry, or to something in words."""

    type = choice(RelationType, required=True)
    target_id = maybe(fields.UUID)
    object_kind = choice(ActTarget, load_default=None, allow_none=True)
    object_id = maybe(fields.UUID)
    target_ref = maybe(Text, max=200)
    source_clause = maybe(Text, max=MAX_CLAUSE)
    target_clause = maybe(Text, max=MAX_CLAUSE)
    note = maybe(Text, max=500)


class RelationFormIn(RelationIn):
    """The same as the page asks it: a thing of the registry by the address of its card."""

    class Meta(InSchema.Meta):
        exclude = ("object_kind", "object_id")

    card = maybe(Text, max=500)

    @ma.post_load
    def thing(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """What the address of a card means."""
        address = data.pop("card", None)
        if address:
            match = _CARD.search(address.casefold())
            if match is None:
                raise ma.ValidationError(
                    {"card": [N_("Это не адрес карточки площадки, договора, организации или проекта.")]}
                )
            data.update(object_kind=_CARDS[match[1]], object_id=UUID(match[2]))
        return data
