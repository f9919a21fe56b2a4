"""Appeals: what is sent, what is answered."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.expertise.rules.vocabulary import (
    AppealBar,
    AppealRefusal,
    AppealState,
    CouncilRole,
    Presence,
    StageKind,
    VoteChoice,
)
from services.expertise.schemas.kinds import decimal, enum
from shared.web.schema import InSchema, OutSchema, Text
from shared.web.wording import refusal_text

OUTCOMES = (AppealState.UPHELD_UP, AppealState.UPHELD_DOWN, AppealState.UNCHANGED)


class AppealIn(InSchema):
    """An appeal: why, and which criteria are contested."""

    grounds = Text(required=True, max=10_000)
    criteria = fields.List(Text(max=40), required=True, validate=validate.Length(min=1, max=100))


class AppealRefusalIn(InSchema):
    """Why an appeal is not taken into review."""

    refusal = enum(AppealRefusal, required=True)
    reason = Text(required=True, max=2000)


class CorrectionIn(InSchema):
    """What the commission sets for a contested criterion at a stage; without a value the marks stay."""

    stage_kind = enum(StageKind, required=True)
    criterion = Text(required=True, max=40)
    value = fields.Decimal(load_default=None, allow_none=True)


class HearerIn(InSchema):
    """A member of the commission at the appeal; a note recuses."""

    person_id = fields.UUID(required=True)
    presence = enum(Presence, load_default=Presence.ABSENT)
    choice = enum(VoteChoice, load_default=None, allow_none=True)
    note = Text(load_default="", max=2000)


class AppealDecisionIn(InSchema):
    """The decision of the commission."""

    outcome = enum(AppealState, required=True, validate=validate.OneOf(OUTCOMES))
    text = Text(required=True, max=10_000)
    members = fields.List(fields.Nested(lambda: HearerIn()), required=True, validate=validate.Length(max=100))
    corrections = fields.List(
        fields.Nested(lambda: CorrectionIn()), load_default=list, validate=validate.Length(max=500)
    )


class RecountIn(InSchema):
    """Values whose effect is asked before anything is decided."""

    corrections = fields.List(
        fields.Nested(lambda: CorrectionIn()), load_default=list, validate=validate.Length(max=500)
    )


class RecountForm(AppealDecisionIn):
    """The page's form of a decision that is only counted: nothing but the values matters."""

    outcome = enum(AppealState, load_default=None, allow_none=True)
    text = Text(load_default="", max=10_000)
    members = fields.List(fields.Nested(lambda: HearerIn()), load_default=list)

    @post_load
    def values_only(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """The values alone."""
        return {"corrections": data["corrections"]}


class AppealOut(OutSchema):
    """An appeal in a list."""

    appeal_id = fields.UUID()
    entry_id = fields.UUID()
    edition_id = fields.UUID()
    reg_no = fields.String(attribute="label")
    topic = fields.String()
    applicant_name = fields.String()
    nomination_code = fields.String()
    state = enum(AppealState)
    filed_at = fields.AwareDateTime()
    decided_at = fields.AwareDateTime()
    score_before = decimal()
    score_after = decimal()
    place_before = fields.Integer()
    place_after = fields.Integer()


class AppealQueueOut(OutSchema):
    """Appeals of an edition with the term and what keeps the results from being final."""

    until = fields.AwareDateTime()
    is_in_term = fields.Boolean()
    has_commission = fields.Boolean()
    appeals = fields.List(fields.Nested(lambda: AppealOut()))
    undecided = fields.Function(lambda one: [{"entry_id": str(key), "reg_no": no} for key, no in one.undecided])
    obstacles = fields.Function(
        lambda one: [{"rule": refusal.rule, "detail": refusal_text(refusal)} for refusal in one.obstacles]
    )


class HearerOut(OutSchema):
    """A member of the commission at the appeal."""

    person_id = fields.UUID()
    name = fields.String()
    organisation_name = fields.String()
    role = enum(CouncilRole)
    presence = enum(Presence)
    bar = enum(AppealBar)
    note = fields.String()


class MarkOut(OutSchema):
    """A contested criterion at a stage: marks by coded expert, the commission's value."""

    stage_kind = enum(StageKind)
    criterion = fields.String(attribute="code")
    title = fields.String()
    scale = fields.List(decimal())
    marks = fields.Function(lambda one: [{"expert": code, "mark": str(mark)} for code, mark in one.marks])
    value = decimal()


class AppealCardOut(AppealOut):
    """An appeal with what was heard and decided."""

    grounds = fields.String()
    criteria = fields.Function(lambda one: [code for code, _ in one.criteria])
    refusal = enum(AppealRefusal)
    reason = fields.String()
    accepted_at = fields.AwareDateTime()
    text = fields.String()
    delta = decimal()
    votes_for = fields.Integer()
    votes_against = fields.Integer()
    abstained = fields.Integer()
    commission_title = fields.String()
    members = fields.List(fields.Nested(lambda: HearerOut()))
    marks = fields.List(fields.Nested(lambda: MarkOut()))


class ShiftOut(OutSchema):
    """How an entry moves."""

    entry_id = fields.UUID()
    reg_no = fields.String(attribute="label")
    score_before = decimal()
    score_after = decimal()
    place_before = fields.Integer()
    place_after = fields.Integer()
    needs_decision = fields.Boolean()


class AppealEffectOut(OutSchema):
    """What a decision would change."""

    score_before = decimal()
    score_after = decimal()
    place_before = fields.Integer()
    place_after = fields.Integer()
    outcome = enum(AppealState)
    shifts = fields.List(fields.Nested(lambda: ShiftOut()))
