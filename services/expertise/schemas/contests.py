"""Series, rubrics, editions."""

from typing import Any

from marshmallow import fields, post_load, pre_load, validate

from services.expertise.rules.vocabulary import (
    ContestLevel,
    EditionState,
    EntryKind,
    OrdinalStyle,
    PlatformKind,
    StageKind,
)
from services.expertise.schemas.kinds import WHOLE, decimal, enum
from shared.web.schema import InSchema, Moment, OutSchema, Text


class SeriesIn(InSchema):
    """A contest series."""

    name = Text(required=True)
    organiser_id = fields.UUID(required=True)
    level = enum(ContestLevel, load_default=ContestLevel.MUNICIPAL)
    code = Text(required=True, max=20, validate=validate.Regexp(r"^[A-Z0-9][A-Z0-9-]*$"))
    ordinal_style = enum(OrdinalStyle, load_default=OrdinalStyle.ROMAN)


class CriterionIn(InSchema):
    """A criterion of a rubric."""

    code = Text(required=True, max=20)
    title = Text(required=True)
    weight = fields.Decimal(required=True)
    priority = fields.Boolean(load_default=False)


class RubricIn(InSchema):
    """A rubric or its next version."""

    code = Text(required=True, max=40)
    title = Text(required=True, max=300)
    criteria = fields.List(fields.Nested(lambda: CriterionIn()), required=True)
    scale = fields.Dict(
        required=True,
        metadata={
            "example": {"type": "SET", "values": [0, 1, 2]},
            "description": "SET values or RANGE min max step",
        },
    )


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
    platform_kind = enum(PlatformKind, load_default=None, allow_none=True)
    quota = fields.Integer(load_default=None, allow_none=True, validate=WHOLE)


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


class EditionForm(EditionIn):
    """The page's form of an edition: rows left empty are no stages and no nominations."""

    @pre_load
    def drop_empty_rows(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """A stage without dates and a nomination without a code were not filled in."""
        stages = [row for row in data.get("stages", ()) if row.get("opens_at") or row.get("closes_at")]
        nominations = [row for row in data.get("nominations", ()) if row.get("code")]
        return {**data, "stages": stages, "nominations": nominations}


class RubricForm(InSchema):
    """The page's form of a rubric: the values of the scale are typed in one line."""

    code = Text(required=True, max=40)
    title = Text(required=True, max=300)
    values = Text(required=True, max=500)
    criteria = fields.List(fields.Nested(lambda: CriterionIn()), required=True)

    @pre_load
    def drop_empty_rows(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """A criterion without a code was not filled in."""
        return {**data, "criteria": [row for row in data.get("criteria", ()) if row.get("code")]}

    @post_load
    def as_scale(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """The typed values become a scale."""
        values = data.pop("values").replace(";", " ").split()
        return {**data, "scale": {"type": "SET", "values": [value.replace(",", ".") for value in values]}}


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


class CriterionOut(OutSchema):
    """A criterion."""

    code = fields.String()
    title = fields.String()
    weight = decimal()
    priority = fields.Boolean()


class RubricRulesOut(OutSchema):
    """Criteria and the values of a score."""

    criteria = fields.List(fields.Nested(lambda: CriterionOut()))
    values = fields.List(decimal())
    maximum = decimal()


class RubricOut(OutSchema):
    """A version of a rubric."""

    rubric_id = fields.UUID()
    code = fields.String()
    number = fields.Integer()
    title = fields.String()
    frozen_at = fields.AwareDateTime()
    rules = fields.Nested(lambda: RubricRulesOut())


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
    rubric_id = fields.UUID()
    rubric_title = fields.String()
    rubric_number = fields.Integer()
    entries = fields.Integer()


class EditionCardOut(EditionOut):
    """The card of an edition."""

    act_ref = fields.String()
    published_at = fields.AwareDateTime()
    policy = fields.Function(lambda card: card.policy.as_data())
    stages = fields.List(fields.Nested(lambda: StageOut()))
    nominations = fields.List(fields.Nested(lambda: NominationOut()))
