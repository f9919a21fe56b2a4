"""What is sent and answered about imports."""

from marshmallow import fields

from services.registry.rules.importing.kinds import BatchKind, BatchState, Decision, Verdict
from services.registry.schemas.parts import choice, maybe
from shared.web.schema import InSchema, OutSchema, Upload

#: The whole request may hold 4 MB; the rest is for the form around the file.
MAX_FILE = 4 * 1024 * 1024 - 16 * 1024


class ImportIn(InSchema):
    """A table to import and what it is about."""

    kind = choice(BatchKind, required=True)
    file = Upload(required=True, max_bytes=MAX_FILE)


class RowDecisionIn(InSchema):
    """What a person decides about a row; nothing takes a decision back."""

    decision = choice(Decision, load_default=None, allow_none=True)
    target_id = maybe(fields.UUID)


class SkipIn(InSchema):
    """Rows to leave out."""

    verdict = choice(Verdict, required=True)


class ImportRowFilter(InSchema):
    """Which rows are wanted."""

    verdict = choice(Verdict, load_default=None, allow_none=True)


class NoteOut(OutSchema):
    """A sentence in Russian with its parameters, and the rule that it rests on."""

    text = fields.String()
    params = fields.Dict()
    rule = fields.String()


class BatchOut(OutSchema):
    """A batch."""

    id = fields.UUID()
    kind = choice(BatchKind)
    file_name = fields.String()
    sha256 = fields.String()
    state = choice(BatchState)
    total = fields.Integer()
    note = fields.Nested(lambda: NoteOut(), allow_none=True)
    created_at = fields.AwareDateTime()
    checked_at = fields.AwareDateTime(allow_none=True)
    applied_at = fields.AwareDateTime(allow_none=True)
    undone_at = fields.AwareDateTime(allow_none=True)


class BatchCardOut(OutSchema):
    """A batch with its counts, what was not understood of its header, and the progress of its job."""

    batch = fields.Nested(lambda: BatchOut())
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    unknown_columns = fields.List(fields.String(), attribute="unknown")
    unread_sheets = fields.List(fields.String(), attribute="unread")
    open_errors = fields.Integer()
    open_undecided = fields.Integer()
    skipped = fields.Integer()
    at_work = fields.Boolean()
    done = fields.Integer()
    rows_in_work = fields.Integer(attribute="total")
    may_apply = fields.Boolean()


class CandidateOut(OutSchema):
    """What a row may mean, and why."""

    id = fields.UUID()
    name = fields.String()
    row = fields.Integer(allow_none=True)
    reason = fields.Nested(lambda: NoteOut())
    added = fields.Dict()
    kept = fields.Dict()


class ImportRowOut(OutSchema):
    """A row: as it stands in the file, as it will be kept, what it means and what was decided."""

    number = fields.Integer()
    raw = fields.List(fields.String())
    understood = fields.Dict()
    changes = fields.Dict()
    faults = fields.Dict(keys=fields.String(), values=fields.Nested(lambda: NoteOut()))
    verdict = choice(Verdict)
    reason = fields.Nested(lambda: NoteOut(), allow_none=True)
    target_id = fields.UUID(allow_none=True)
    target_row = fields.Integer(allow_none=True)
    candidates = fields.List(fields.Nested(lambda: CandidateOut()))
    decision = choice(Decision, allow_none=True)
    decided_id = fields.UUID(allow_none=True)
    result_id = fields.UUID()
