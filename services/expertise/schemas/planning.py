"""Plans of assignments, conflicts of interest."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.expertise.rules.vocabulary import ConflictKind, ConflictLevel, LoadOrder, PlanState, StageKind
from services.expertise.schemas.kinds import enum
from shared.web.schema import InSchema, OutSchema, Text

_COUNT = validate.Range(min=0, max=1_000)
_CAP = validate.Range(min=1, max=100)


class PlanOptionsIn(InSchema):
    """What is tried before a plan is applied."""

    order = enum(LoadOrder, load_default=LoadOrder.EVEN)
    fairness = fields.Boolean(load_default=False)
    connect = fields.Boolean(load_default=True)
    repair = fields.Boolean(load_default=False)
    least_load = fields.Integer(load_default=0, validate=_COUNT)
    most_load = fields.Integer(load_default=None, allow_none=True, validate=_CAP)
    municipality_cap = fields.Integer(load_default=None, allow_none=True, validate=_CAP)
    excluded = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=1_000))
    newcomers = fields.Integer(load_default=0, validate=_COUNT)


class PlanIn(PlanOptionsIn):
    """A plan that is wanted for the current stage."""

    stage_kind = enum(StageKind, required=True)
    seed = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0, max=2**53))

    @post_load
    def grouped(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """The options stand together."""
        own = ("stage_kind", "seed")
        return {
            **{name: data[name] for name in own if name in data},
            "options": {name: value for name, value in data.items() if name not in own},
        }


class PlanLineOut(OutSchema):
    """A plan in a list."""

    plan_id = fields.UUID()
    state = enum(PlanState)
    created_at = fields.AwareDateTime()
    stage_kind = enum(StageKind)


class PairOut(OutSchema):
    """A new pair with the parts of its affinity, in ten-thousandths."""

    entry_id = fields.UUID()
    expert_id = fields.UUID()
    affinity = fields.Integer()
    topic = fields.Integer()
    nomination = fields.Integer()
    experience = fields.Integer()
    common = fields.List(fields.String())
    soft = fields.List(fields.String())
    waived = fields.List(fields.String())


class LoadOut(OutSchema):
    """What an expert carries and would get."""

    expert_id = fields.UUID()
    before = fields.Integer()
    new = fields.Integer()
    limit = fields.Integer()


class ShortOut(OutSchema):
    """An entry that cannot be covered: what it lacks and why."""

    entry_id = fields.UUID()
    lacks = fields.Integer()
    reasons = fields.Dict(keys=fields.String(), values=fields.Integer())


class AdviceOut(OutSchema):
    """What was tried and makes the plan possible."""

    newcomers = fields.Integer()
    more_load = fields.Integer()
    variants = fields.List(fields.String())
    without_lower = fields.Boolean()


class PlanOut(PlanLineOut):
    """A plan with its pairs, loads and values, or the certificate that there is none."""

    edition_id = fields.UUID()
    seed = fields.Integer()
    options = fields.Dict()
    wanted = fields.Integer()
    possible = fields.Integer()
    pairs = fields.List(fields.Nested(PairOut()))
    loads = fields.List(fields.Nested(LoadOut()))
    short = fields.List(fields.Nested(ShortOut()))
    advice = fields.Nested(AdviceOut())
    now = fields.Dict()
    best = fields.Dict()
    fair = fields.Dict()
    connected = fields.Dict()


class ConflictFilter(InSchema):
    """Whose conflicts are wanted."""

    expert_id = fields.UUID(load_default=None)
    entry_id = fields.UUID(load_default=None)


class ConflictOut(OutSchema):
    """A conflict of an expert with an entry and what it rests on."""

    expert_id = fields.UUID()
    expert = fields.String()
    entry_id = fields.UUID()
    label = fields.String()
    kind = enum(ConflictKind)
    level = enum(ConflictLevel)
    about = fields.String()
    last = fields.Date()
    source = fields.String()


class DeclarationIn(InSchema):
    """An expert's word: entries of this organisation are not for me."""

    organisation_id = fields.UUID(required=True)
    reason = Text(required=True, max=2000)


class DeclarationForm(DeclarationIn):
    """The page asks for the edition as well."""

    edition_id = fields.UUID(required=True)


class WaiverIn(InSchema):
    """A conflict lifted by an act."""

    expert_id = fields.UUID(required=True)
    kind = enum(ConflictKind, required=True)
    act_ref = Text(required=True, max=300)
    reason = Text(required=True, max=2000)


class RelationIn(InSchema):
    """A tie between two people, or of a person with an organisation."""

    person_id = fields.UUID(required=True)
    kind = enum(ConflictKind, required=True)
    other_person_id = fields.UUID(load_default=None, allow_none=True)
    organisation_id = fields.UUID(load_default=None, allow_none=True)
    source = Text(required=True, max=500)
    ended = fields.Date(load_default=None, allow_none=True)


class RelationOut(OutSchema):
    """A recorded tie."""

    relation_id = fields.UUID()
    person = fields.String()
    other = fields.String()
    kind = enum(ConflictKind)
    source = fields.String()
    ended = fields.Date()
