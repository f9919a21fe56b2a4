"""Entries and their technical check."""

from marshmallow import fields, validate

from services.expertise.rules.templates import LONGEST
from services.expertise.rules.vocabulary import (
    AssignmentKind,
    AttachmentKind,
    AuthorRole,
    CheckOutcome,
    EntryKind,
    EntryState,
    Outcome,
    Recommendation,
    ResultTitle,
    SectionKind,
    SheetState,
    StageKind,
)
from services.expertise.schemas.kinds import decimal, enum
from services.expertise.schemas.rubrics import RubricRulesOut
from shared.files import MAX_FILE
from shared.web.schema import InSchema, Moment, OutSchema, Text, Upload


class EntryFilter(InSchema):
    """Which entries are wanted."""

    state = enum(EntryState, load_default=None)
    nomination_id = fields.UUID(load_default=None)


class AuthorIn(InSchema):
    """An author or supervisor: a person of the registry, or only a name."""

    person_id = fields.UUID(load_default=None, allow_none=True)
    name = Text(load_default="", max=200)
    role = enum(AuthorRole, load_default=AuthorRole.AUTHOR)


class EntryIn(InSchema):
    """The content of an entry."""

    topic = Text(required=True, max=1000)
    summary = Text(load_default="", max=20_000)
    co_applicant_ids = fields.List(fields.UUID(), load_default=list)
    platform_id = fields.UUID(load_default=None, allow_none=True)
    contact_person_id = fields.UUID(load_default=None, allow_none=True)
    authors = fields.List(
        fields.Nested(lambda: AuthorIn()), load_default=list, validate=validate.Length(max=30)
    )


class EntryDraftIn(EntryIn):
    """A new entry."""

    nomination_id = fields.UUID(required=True)
    applicant_id = fields.UUID(required=True)


class PastEntryIn(InSchema):
    """An entry to an edition held before the system, as it was filed."""

    nomination_id = fields.UUID(required=True)
    applicant_id = fields.UUID(required=True)
    topic = Text(required=True, max=1000)
    summary = Text(load_default="", max=20_000)
    submitted_at = Moment(required=True)
    answers = fields.Dict(keys=fields.String(), values=Text(max=LONGEST), load_default=dict)


class ReasonIn(InSchema):
    """Why."""

    reason = Text(required=True, max=2000)


class RemarksIn(InSchema):
    """What is to be revised."""

    remarks = Text(required=True, max=5000)


class TopicIn(InSchema):
    """The revised topic and the answer to the remarks."""

    topic = Text(required=True, max=1000)
    answer = Text(load_default="", max=5000)


class SectionIn(InSchema):
    """The text of a section; cells of a table are apart by «|», rows by lines."""

    text = Text(load_default="", max=LONGEST)


class SectionPageIn(SectionIn):
    """The same from the page, where the next section may be asked for."""

    next = fields.Boolean(load_default=False)


class FileIn(InSchema):
    """A file of an entry and what it is: PDF, PNG, JPEG, DOCX or XLSX up to 3 MB."""

    kind = enum(AttachmentKind, required=True)
    file = Upload(required=True, max_bytes=MAX_FILE)


class FixIn(InSchema):
    """What has been corrected."""

    note = Text(required=True, max=2000)


class RequirementIn(InSchema):
    """A requirement of the technical check."""

    requirement = Text(required=True)
    ok = fields.Boolean(load_default=False)
    remark = Text(load_default="", max=2000)


class FileKindIn(InSchema):
    """What the sent file is."""

    kind = enum(AttachmentKind, required=True)


class FilePartIn(InSchema):
    """The sent file: PDF, PNG, JPEG, DOCX or XLSX up to 3 MB."""

    file = Upload(required=True, max_bytes=MAX_FILE)


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


class RegisteredManyOut(OutSchema):
    """The registration numbers given."""

    reg_nos = fields.List(fields.String())


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
    closes_at = fields.AwareDateTime()


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
    answer = fields.String()
    changed = fields.List(fields.Nested(lambda: SectionChangeOut()))


class SectionChangeOut(OutSchema):
    """A section before and after a revision."""

    code = fields.String()
    before = fields.String()
    after = fields.String()


class SectionOut(OutSchema):
    """A section of an entry; ``data_on`` is the day of the data that it was filled from."""

    code = fields.String()
    title = fields.String()
    part = fields.String()
    kind = enum(SectionKind)
    required = fields.Boolean()
    max_length = fields.Integer()
    help = fields.String()
    columns = fields.List(fields.String())
    text = fields.String()
    rows = fields.List(fields.List(fields.String()))
    edited = fields.Boolean()
    data_on = fields.Date()
    is_new = fields.Boolean()


class ProposalOut(OutSchema):
    """A text proposed from the data of the network as of a day; ``origins``: what was counted and how many."""

    text = fields.String()
    origins = fields.List(fields.Tuple((fields.String(), fields.Integer())))
    on = fields.Date()


class FileOut(OutSchema):
    """An enclosed file."""

    file_id = fields.UUID()
    kind = enum(AttachmentKind)
    filename = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    added_at = fields.AwareDateTime()
    is_new = fields.Boolean()


class AuthorOut(OutSchema):
    """An author or supervisor."""

    person_id = fields.UUID()
    name = fields.String()
    role = enum(AuthorRole)


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
    authors = fields.List(fields.Nested(lambda: AuthorOut()))
    template_title = fields.String()
    sections = fields.List(fields.Nested(lambda: SectionOut()))
    files = fields.List(fields.Nested(lambda: FileOut()))
    missing_files = fields.List(enum(AttachmentKind))
    checks = fields.List(fields.Nested(lambda: CheckOut()))
    revisions = fields.List(fields.Nested(lambda: RevisionOut()))
    rubric = fields.Nested(lambda: RubricRulesOut())
    sheets = fields.List(fields.Nested(lambda: SheetOut()))
    result = fields.Nested(lambda: EntryResultOut())
