"""Entries and their technical check."""

from marshmallow import fields, validate

from services.expertise.rules.vocabulary import (
    AssignmentKind,
    CheckOutcome,
    EntryKind,
    EntryState,
    Outcome,
    Recommendation,
    ResultTitle,
    SheetState,
    StageKind,
)
from services.expertise.schemas.kinds import decimal, enum
from services.expertise.schemas.rubrics import RubricRulesOut
from shared.web.schema import InSchema, Moment, OutSchema, Text


class EntryFilter(InSchema):
    """Which entries are wanted."""

    state = enum(EntryState, load_default=None)
    nomination_id = fields.UUID(load_default=None)


class EntryIn(InSchema):
    """The content of an entry."""

    topic = Text(required=True, max=1000)
    summary = Text(load_default="", max=20_000)
    co_applicant_ids = fields.List(fields.UUID(), load_default=list)
    platform_id = fields.UUID(load_default=None, allow_none=True)
    contact_person_id = fields.UUID(load_default=None, allow_none=True)


class EntryDraftIn(EntryIn):
    """A new entry."""

    nomination_id = fields.UUID(required=True)
    applicant_id = fields.UUID(required=True)


class ReasonIn(InSchema):
    """Why."""

    reason = Text(required=True, max=2000)


class RemarksIn(InSchema):
    """What is to be revised."""

    remarks = Text(required=True, max=5000)


class TopicIn(InSchema):
    """The revised topic."""

    topic = Text(required=True, max=1000)


class FixIn(InSchema):
    """What has been corrected."""

    note = Text(required=True, max=2000)


class RequirementIn(InSchema):
    """A requirement of the technical check."""

    requirement = Text(required=True)
    ok = fields.Boolean(load_default=False)
    remark = Text(load_default="", max=2000)


class CheckIn(InSchema):
    """A technical check."""

    outcome = enum(CheckOutcome, required=True)
    items = fields.List(
        fields.Nested(lambda: RequirementIn()), required=True, validate=validate.Length(min=1)
    )
    fix_until = Moment(load_default=None, allow_none=True)


class CreatedOut(OutSchema):
    """The identifier of what has been made."""

    id = fields.UUID(required=True)


class CountOut(OutSchema):
    """How many."""

    count = fields.Integer(required=True)


class RegisteredOut(OutSchema):
    """The registration number."""

    reg_no = fields.String(required=True)


class EntryOut(OutSchema):
    """An entry in a list."""

    entry_id = fields.UUID()
    edition_id = fields.UUID()
    edition_title = fields.String()
    reg_no = fields.String()
    topic = fields.String()
    nomination_id = fields.UUID()
    nomination_code = fields.String()
    kind = enum(EntryKind)
    applicant_id = fields.UUID()
    applicant_name = fields.String()
    municipality_oktmo = fields.String()
    state = enum(EntryState)
    submitted_at = fields.AwareDateTime()
    fix_until = fields.AwareDateTime()


class CheckOut(OutSchema):
    """A technical check."""

    outcome = enum(CheckOutcome)
    items = fields.List(fields.Dict())
    at = fields.AwareDateTime()
    fix_until = fields.AwareDateTime()
    fixed_at = fields.AwareDateTime()
    fix_note = fields.String()


class RevisionOut(OutSchema):
    """A return for revision."""

    remarks = fields.String()
    returned_at = fields.AwareDateTime()
    old_topic = fields.String()
    new_topic = fields.String()
    resubmitted_at = fields.AwareDateTime()


class SheetOut(OutSchema):
    """A score sheet; ``expert_name`` is filled only for the secretary (BR-61)."""

    sheet_id = fields.UUID()
    stage_kind = enum(StageKind)
    kind = enum(AssignmentKind)
    expert_code = fields.String()
    expert_name = fields.String()
    state = enum(SheetState)
    scores = fields.Dict(keys=fields.String(), values=decimal())
    comments = fields.Dict(keys=fields.String(), values=fields.String())
    conclusion = fields.String()
    remarks = fields.String()
    recommendation = enum(Recommendation)
    total = decimal()
    percent = decimal()
    signed_at = fields.AwareDateTime()
    cancel_reason = fields.String()


class EntryResultOut(OutSchema):
    """The decision about an entry."""

    outcome = enum(Outcome)
    title = enum(ResultTitle)
    final_score = decimal()
    rank = fields.Integer()
    protocol_number = fields.String()
    protocol_date = fields.Date()


class EntryCardOut(EntryOut):
    """An entry as the one who asks may see it."""

    summary = fields.String()
    platform_id = fields.UUID()
    co_applicants = fields.List(fields.String())
    contact_name = fields.String()
    checks = fields.List(fields.Nested(lambda: CheckOut()))
    revisions = fields.List(fields.Nested(lambda: RevisionOut()))
    rubric = fields.Nested(lambda: RubricRulesOut())
    sheets = fields.List(fields.Nested(lambda: SheetOut()))
    result = fields.Nested(lambda: EntryResultOut())
