"""Experts, assignments, score sheets."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.expertise.rules.papers import PaperKind
from services.expertise.rules.scoring import CommentReason
from services.expertise.rules.vocabulary import (
    AssignmentKind,
    AssignmentState,
    AttachmentKind,
    ConflictKind,
    ExpertLevel,
    Recommendation,
    StageKind,
)
from services.expertise.schemas.entries import SheetOut
from services.expertise.schemas.kinds import WHOLE, decimal, enum
from services.expertise.schemas.rubrics import RubricRulesOut
from shared.web.schema import InSchema, OutSchema, Text
from shared.web.wording import refusal_text


class MatrixFilter(InSchema):
    """Which part of the assignment matrix is wanted."""

    nomination_id = fields.UUID(load_default=None)


class EnrolIn(InSchema):
    """A person to enrol as an expert."""

    person_id = fields.UUID(required=True)
    level = enum(ExpertLevel, load_default=ExpertLevel.BASE)
    max_load = fields.Integer(load_default=12, validate=WHOLE)
    specialities = fields.List(Text(max=100), load_default=list)


class EnrolForm(EnrolIn):
    """The page's form of enrolment: specialities are typed in one line."""

    specialities = Text(load_default="", max=500)

    @post_load
    def as_list(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """The typed specialities become a list."""
        typed = data["specialities"].split(",")
        return {**data, "specialities": [one.strip() for one in typed if one.strip()]}


class AssignmentPlanIn(InSchema):
    """A run of the planner over a stage."""

    stage_kind = enum(StageKind, required=True)
    seed = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0, max=2**53))


class ExpertAssignmentIn(InSchema):
    """One expert for one entry."""

    stage_kind = enum(StageKind, required=True)
    expert_id = fields.UUID(required=True)
    kind = enum(AssignmentKind, load_default=AssignmentKind.REGULAR)
    override_reason = Text(load_default=None, allow_none=True, max=2000)


class SheetIn(InSchema):
    """The content of a score sheet; ``seen`` is the version that the sender knows (0: none yet)."""

    scores = fields.Dict(keys=Text(max=20), values=fields.Decimal(), load_default=dict)
    comments = fields.Dict(keys=Text(max=20), values=Text(max=5000), load_default=dict)
    conclusion = Text(load_default="", max=10_000)
    remarks = Text(load_default="", max=10_000)
    recommendation = enum(Recommendation, load_default=None, allow_none=True)
    seen = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0, max=2**31 - 1))


class DraftIn(SheetIn):
    """A draft as typed: scores may be anything; ``page`` names the page that sends it."""

    scores = fields.Dict(keys=Text(max=20), values=Text(max=40), load_default=dict)
    page = Text(load_default="", max=40)


class SignIn(InSchema):
    """The version of the sheet that has been read before signing."""

    seen = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0, max=2**31 - 1))


class SheetPaperIn(InSchema):
    """Which paper about a signed sheet is wanted."""

    kind = enum(PaperKind, required=True)


class DraftOut(OutSchema):
    """A draft after saving: its version, what it comes to, and what it lacks by criterion ("" for the whole)."""

    version = fields.Integer()
    scores = fields.Dict(keys=fields.String(), values=fields.String())
    comments = fields.Dict(keys=fields.String(), values=fields.String())
    conclusion = fields.String()
    remarks = fields.String()
    recommendation = enum(Recommendation)
    total = decimal()
    percent = decimal()
    maximum = decimal()
    reasons = fields.Dict(keys=fields.String(), values=enum(CommentReason))
    faults = fields.Function(lambda draft: {code: refusal_text(one) for code, one in draft.faults.items()})


class ExpertOut(OutSchema):
    """An expert."""

    expert_id = fields.UUID()
    person_id = fields.UUID()
    name = fields.String()
    organisation_name = fields.String()
    municipality_name = fields.String()
    level = enum(ExpertLevel)
    max_load = fields.Integer()
    specialities = fields.List(fields.String())
    load = fields.Integer()
    waiting = fields.Integer()
    overdue = fields.Integer()


class ExpertLoadOut(OutSchema):
    """What an expert holds in one edition."""

    edition_id = fields.UUID()
    edition_title = fields.String()
    stage_kind = enum(StageKind)
    assigned = fields.Integer()
    done = fields.Integer()
    overdue = fields.Integer()


class ExpertCardOut(ExpertOut):
    """The profile of an expert with the load of running stages."""

    loads = fields.List(fields.Nested(lambda: ExpertLoadOut()))


class AssignmentOut(OutSchema):
    """An assignment in the queue of an expert."""

    assignment_id = fields.UUID()
    entry_id = fields.UUID()
    reg_no = fields.String()
    topic = fields.String()
    applicant_name = fields.String()
    edition_title = fields.String()
    nomination_title = fields.String()
    stage_kind = enum(StageKind)
    kind = enum(AssignmentKind)
    state = enum(AssignmentState)
    due_at = fields.AwareDateTime()
    is_overdue = fields.Boolean()
    is_open = fields.Boolean()
    is_blind = fields.Boolean()


class EntryFileLineOut(OutSchema):
    """A file of the entry."""

    file_id = fields.UUID()
    kind = enum(AttachmentKind)
    filename = fields.String()
    media_type = fields.String()
    size = fields.Integer()


class AssignmentCardOut(AssignmentOut):
    """An assignment with its entry, rubric and sheet."""

    may_read = fields.Boolean()
    summary = fields.String()
    rubric = fields.Nested(lambda: RubricRulesOut())
    sheet = fields.Nested(lambda: SheetOut())
    cancelled = fields.List(fields.Nested(lambda: SheetOut()))
    draft = fields.Nested(lambda: DraftOut())
    files = fields.List(fields.Nested(lambda: EntryFileLineOut()))
    hints = fields.List(enum(ConflictKind))


class MatrixCellOut(OutSchema):
    """How an expert stands to an entry."""

    assignment_id = fields.UUID()
    state = enum(AssignmentState)
    kind = enum(AssignmentKind)
    conflict = enum(ConflictKind)


class StageScoreOut(OutSchema):
    """What a stage says about an entry."""

    score = decimal()
    spread = decimal()
    sheets = fields.Integer()
    lacks_extra = fields.Boolean()


class MatrixRowOut(OutSchema):
    """An entry with its experts."""

    entry_id = fields.UUID()
    reg_no = fields.String()
    applicant_name = fields.String()
    nomination_code = fields.String()
    assigned = fields.Integer()
    result = fields.Nested(lambda: StageScoreOut())
    cells = fields.Dict(keys=fields.UUID(), values=fields.Nested(lambda: MatrixCellOut()))


class MatrixOut(OutSchema):
    """Entries × experts."""

    stage_kind = enum(StageKind)
    min_experts = fields.Integer()
    experts = fields.List(fields.Nested(lambda: ExpertOut()))
    rows = fields.List(fields.Nested(lambda: MatrixRowOut()))
