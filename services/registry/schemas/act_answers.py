"""What the API answers about normative acts."""

from marshmallow import fields

from services.registry.rules.kinds import (
    ActKind,
    ActLevel,
    ActState,
    ActTarget,
    BasisFault,
    RelationType,
)
from services.registry.schemas.parts import choice
from shared.web.schema import OutSchema


class ActOut(OutSchema):
    """A normative act."""

    id = fields.UUID()
    kind = choice(ActKind)
    number = fields.String(allow_none=True)
    date = fields.Date()
    title = fields.String()
    level = choice(ActLevel)
    issuer_name = fields.String(allow_none=True)
    in_force_from = fields.Date()
    in_force_to = fields.Date(allow_none=True)
    place = fields.String(allow_none=True)
    summary = fields.String(allow_none=True)
    url = fields.String(allow_none=True)


class ActRowOut(ActOut):
    """An act in the register, its state and end on the day asked for, as they were known."""

    id = fields.UUID(attribute="act.id")
    kind = choice(ActKind, attribute="act.kind")
    number = fields.String(allow_none=True, attribute="act.number")
    date = fields.Date(attribute="act.date")
    title = fields.String(attribute="act.title")
    level = choice(ActLevel, attribute="act.level")
    issuer_name = fields.String(allow_none=True, attribute="act.issuer_name")
    in_force_from = fields.Date(attribute="act.in_force_from")
    in_force_to = fields.Date(allow_none=True)
    place = fields.String(allow_none=True, attribute="act.place")
    summary = fields.String(allow_none=True, attribute="act.summary")
    url = fields.String(allow_none=True, attribute="act.url")
    state = choice(ActState)


class RelationOut(OutSchema):
    """What an act does to another act, to a thing of the registry, or to something in words."""

    id = fields.UUID()
    type = choice(RelationType)
    source_id = fields.UUID()
    source_clause = fields.String()
    target_id = fields.UUID(allow_none=True)
    target_clause = fields.String()
    object_kind = choice(ActTarget, allow_none=True)
    object_id = fields.UUID(allow_none=True)
    target_ref = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    recorded_at = fields.AwareDateTime()
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    withdrawn_reason = fields.String(allow_none=True)


class ActCardOut(OutSchema):
    """An act as of a day and a day of knowledge: state, relations, redaction, chains of amendments."""

    act = fields.Nested(lambda: ActOut())
    on = fields.Date()
    known = fields.Date(allow_none=True)
    state = choice(ActState)
    in_force_to = fields.Date(allow_none=True)
    stale = fields.Boolean(metadata={"description": "Citing it in a document of this day deserves a warning"})
    relations = fields.List(fields.Nested(lambda: RelationOut()), attribute="outgoing")
    incoming = fields.List(fields.Nested(lambda: RelationOut()))
    withdrawn = fields.List(fields.Nested(lambda: RelationOut()))
    redaction = fields.List(fields.Nested(lambda: ActOut()))
    chains = fields.List(fields.List(fields.Pluck(lambda: ActOut(), "id")))
    has_file = fields.Boolean()


class ActCountsOut(OutSchema):
    """How many acts are in force on a day, by level and kind."""

    counts = fields.Dict(
        keys=choice(ActLevel), values=fields.Dict(keys=choice(ActKind), values=fields.Integer())
    )


class DraftOut(OutSchema):
    """A draft of an act."""

    id = fields.UUID()
    kind = choice(ActKind)
    title = fields.String()
    level = choice(ActLevel)
    issuer_id = fields.UUID(allow_none=True)
    issuer_name = fields.String(attribute="issuer_text", allow_none=True)
    place = fields.String(allow_none=True)
    summary = fields.String(allow_none=True)
    url = fields.String(allow_none=True)
    state = choice(ActState)
    act_id = fields.UUID(allow_none=True)
    reason = fields.String(allow_none=True)


class RestingOut(OutSchema):
    """One thing that rests on an act, or a thing without a valid basis."""

    what = fields.Function(lambda row: row.what.value if row.what else "ACT", metadata={"type": "string"})
    subject = fields.String()
    card = fields.String(allow_none=True)
    id = fields.UUID(allow_none=True)
    value = fields.String()
    since = fields.Date(allow_none=True)
    until = fields.Date(allow_none=True)
    act_id = fields.UUID(attribute="act.id")
    clause = fields.String(allow_none=True)
    fault = choice(BasisFault, allow_none=True)


class ImpactOut(OutSchema):
    """What loses its basis with an act."""

    on = fields.Date()
    state = choice(ActState)
    rows = fields.List(fields.Nested(lambda: RestingOut()))


class BibliographyOut(OutSchema):
    """The list of normative acts as the seed's section 1.2 prints it, one paragraph a level (D-20)."""

    on = fields.Date()
    known = fields.Date(allow_none=True)
    paragraphs = fields.List(fields.String())
