"""Series and editions."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, pre_load, validate

from services.expertise.rules.policy import Policy
from services.expertise.rules.vocabulary import (
    ApplicantCategory,
    ContestLevel,
    EditionState,
    EntryKind,
    OrdinalStyle,
    PlatformKind,
    StageKind,
    TieBreaker,
)
from services.expertise.schemas.kinds import WHOLE, decimal, enum
from shared.web.schema import InSchema, Moment, OutSchema, Text

#: Settings that are whole numbers or nothing.
WHOLE_SETTINGS = ("finalists", "municipality_cap")


class SeriesIn(InSchema):
    """A contest series."""

    name = Text(required=True)
    organiser_id = fields.UUID(required=True)
    level = enum(ContestLevel, load_default=ContestLevel.MUNICIPAL)
    code = Text(required=True, max=20, validate=validate.Regexp(r"^[A-Z0-9][A-Z0-9-]*$"))
    ordinal_style = enum(OrdinalStyle, load_default=OrdinalStyle.ROMAN)


class SeriesEditIn(InSchema):
    """A series changed; the code of its numbers stays."""

    name = Text(required=True)
    organiser_id = fields.UUID(required=True)
    level = enum(ContestLevel, required=True)
    ordinal_style = enum(OrdinalStyle, required=True)


class StageIn(InSchema):
    """A stage of an edition."""

    order = fields.Integer(required=True, validate=WHOLE)
    kind = enum(StageKind, required=True)
    opens_at = Moment(required=True)
    closes_at = Moment(required=True)
    weight = fields.Decimal(load_default=None, allow_none=True, validate=validate.Range(min=1, max=100))
    min_experts = fields.Integer(load_default=None, allow_none=True, validate=WHOLE)


class NominationIn(InSchema):
    """A nomination of an edition."""

    code = Text(required=True, max=20)
    title = Text(required=True, max=300)
    entry_kind = enum(EntryKind, required=True)
    rubric_code = Text(required=True, max=40)
    template_code = Text(allow_none=True, max=40)
    platform_kind = enum(PlatformKind, load_default=None, allow_none=True)
    quota = fields.Integer(load_default=None, allow_none=True, validate=WHOLE)
    act_ref = Text(load_default=None, allow_none=True, max=300)
    applicants = fields.List(enum(ApplicantCategory), load_default=list)


class EditionIn(InSchema):
    """An edition of a contest."""

    series_id = fields.UUID(required=True)
    ordinal = fields.Integer(load_default=None, allow_none=True, validate=WHOLE)
    year = fields.Integer(required=True, validate=validate.Range(min=1990, max=2100))
    title = Text(required=True)
    opens_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)
    stages = fields.List(fields.Nested(lambda: StageIn()), required=True)
    nominations = fields.List(fields.Nested(lambda: NominationIn()), required=True)
    policy = fields.Dict(load_default=dict, metadata={"example": {"threshold": "60.00"}})


class PastEditionIn(EditionIn):
    """An edition held before the system: stages and nominations may be unknown."""

    stages = fields.List(fields.Nested(lambda: StageIn()), load_default=list)
    nominations = fields.List(fields.Nested(lambda: NominationIn()), load_default=list)
    act_ref = Text(load_default=None, allow_none=True, max=300)


class ActIn(InSchema):
    """The act that approves an edition."""

    act_ref = Text(required=True, max=300)


class NominationRubricIn(InSchema):
    """Another version of the rubric for a nomination."""

    rubric_id = fields.UUID(required=True)


class EditionFilter(InSchema):
    """Which editions are wanted."""

    open = fields.Boolean(load_default=False, metadata={"description": "only those that accept entries"})


class EditionEditIn(EditionIn):
    """An edition changed before its reception opens; its series stays."""

    class Meta:
        unknown = "raise"
        exclude = ("series_id",)

    act_ref = Text(load_default=None, allow_none=True, max=300)


class EditionCopyIn(InSchema):
    """The next edition after the pattern of another."""

    ordinal = fields.Integer(load_default=None, allow_none=True, validate=WHOLE)
    year = fields.Integer(required=True, validate=validate.Range(min=1990, max=2100))
    title = Text(required=True)
    opens_on = fields.Date(required=True)


class StageChangeIn(InSchema):
    """A stage in an amendment: what is not given stays."""

    kind = enum(StageKind, required=True)
    opens_at = Moment()
    closes_at = Moment()
    weight = fields.Decimal(validate=validate.Range(min=1, max=100))
    min_experts = fields.Integer(validate=WHOLE)


class NominationChangeIn(InSchema):
    """A nomination in an amendment: what is not given stays; a quota of null takes it away."""

    code = Text(required=True, max=20)
    title = Text(max=300)
    quota = fields.Integer(allow_none=True, validate=WHOLE)
    rubric_id = fields.UUID()


class AmendmentIn(InSchema):
    """A change of frozen rules by an act (BR-36)."""

    act_ref = Text(required=True, max=300)
    reason = Text(required=True, max=2000)
    title = Text(load_default=None, allow_none=True)
    closes_on = fields.Date(load_default=None, allow_none=True)
    stages = fields.List(fields.Nested(lambda: StageChangeIn()), load_default=list)
    nominations = fields.List(fields.Nested(lambda: NominationChangeIn()), load_default=list)
    policy = fields.Dict(load_default=dict, metadata={"example": {"appeal_days": 5}})


def typed_policy(typed: Mapping[str, str]) -> dict[str, Any]:
    """Settings as the page sends them become settings as the rules read them; what cannot be read is left."""
    names = [f"tie-{place}" for place in range(1, len(TieBreaker) + 1)]
    policy: dict[str, Any] = {}
    if any(name in typed for name in names):
        policy["tie"] = [typed[name] for name in names if typed.get(name)]
    for name, value in typed.items():
        if name in names:
            continue
        default = getattr(Policy(), name, "")
        if value in ("true", "false"):
            policy[name] = value == "true"
        elif name in WHOLE_SETTINGS or isinstance(default, int):
            policy[name] = int(value) if value.isdecimal() else value
        else:
            policy[name] = value.replace(",", ".")
    return policy


class _PolicyForm:
    """What the pages' forms of an edition have in common."""

    @pre_load
    def read_form(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Rows left empty are no stages and no nominations; settings are typed as text."""
        stages = [row for row in data.get("stages", ()) if row.get("opens_at") or row.get("closes_at")]
        nominations = [row for row in data.get("nominations", ()) if row.get("code")]
        policy = typed_policy(data.get("policy", {}))
        return {**data, "stages": stages, "nominations": nominations, "policy": policy}


class EditionForm(_PolicyForm, EditionIn):
    """The page's form of a new edition."""


class EditionEditForm(_PolicyForm, EditionEditIn):
    """The page's form of an edition that is not open yet."""


class AmendmentForm(_PolicyForm, AmendmentIn):
    """The page's form of an amendment: it shows everything, so an empty quota means none."""

    @pre_load(pass_collection=False)
    def empty_is_none(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """A quota left empty is taken away."""
        rows = [{"quota": None, **row} for row in data.get("nominations", ())]
        return {**data, "nominations": rows}


class EditionStateOut(OutSchema):
    """Where the edition stands now."""

    state = enum(EditionState)


class ObstacleOut(OutSchema):
    """What keeps an edition from its next stage."""

    rule = fields.String()
    text = fields.String()


class SeriesOut(OutSchema):
    """A contest series."""

    series_id = fields.UUID(attribute="id")
    name = fields.String()
    code = fields.String()
    organiser_id = fields.UUID()
    level = enum(ContestLevel)
    ordinal_style = enum(OrdinalStyle)


class EditionOut(OutSchema):
    """An edition in a list."""

    edition_id = fields.UUID()
    series_name = fields.String()
    ordinal_text = fields.String()
    title = fields.String()
    year = fields.Integer()
    state = enum(EditionState)
    opens_on = fields.Date()
    closes_on = fields.Date()


class StageOut(OutSchema):
    """A stage."""

    stage_id = fields.UUID()
    kind = enum(StageKind)
    position = fields.Integer()
    opens_at = fields.AwareDateTime()
    closes_at = fields.AwareDateTime()
    weight = decimal()
    min_experts = fields.Integer()


class NominationOut(OutSchema):
    """A nomination."""

    nomination_id = fields.UUID()
    code = fields.String()
    title = fields.String()
    entry_kind = enum(EntryKind)
    platform_kind = enum(PlatformKind)
    quota = fields.Integer()
    act_ref = fields.String()
    applicants = fields.List(enum(ApplicantCategory))
    rubric_id = fields.UUID()
    rubric_code = fields.String()
    rubric_title = fields.String()
    rubric_number = fields.Integer()
    entries = fields.Integer()


class RulesOut(OutSchema):
    """The rules as frozen or amended: SHA-256 of their canonical JSON (RFC 8785), act, what was changed."""

    number = fields.Integer()
    sha256 = fields.String()
    at = fields.AwareDateTime()
    act_ref = fields.String()
    reason = fields.String()
    changed = fields.List(fields.Dict())


class FrozenRulesOut(RulesOut):
    """A version of the rules with its content."""

    content = fields.Dict()


class EditionCardOut(EditionOut):
    """The card of an edition."""

    act_ref = fields.String()
    published_at = fields.AwareDateTime()
    appeals_until = fields.AwareDateTime()
    policy = fields.Function(lambda card: card.policy.as_data())
    stages = fields.List(fields.Nested(lambda: StageOut()))
    nominations = fields.List(fields.Nested(lambda: NominationOut()))
    rules = fields.List(fields.Nested(lambda: RulesOut()))
