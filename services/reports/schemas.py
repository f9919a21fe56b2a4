"""What comes in and goes out over HTTP, for pages and API alike."""

from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import EXCLUDE, fields, validate

from services.reports.rules.catalogue import INDICATORS
from services.reports.rules.terms import (
    Comparator,
    Edition,
    FileFormat,
    RecordKind,
    ReportState,
    Source,
    Unit,
)
from shared.refusal import N_
from shared.web.schema import InSchema, OutSchema, Text

CODES = [indicator.code for indicator in INDICATORS]
_YEAR = validate.Range(min=2000, max=2100)
_OKTMO = validate.Regexp(r"\A\d{8}\Z", error=N_("Код ОКТМО состоит из восьми цифр."))


class AskIn(InSchema):
    """On what date, for what period and for what territory numbers are wanted."""

    class Meta:
        unknown = EXCLUDE  # the page's language and page number stand in the same address

    as_of = fields.Date(load_default=None)
    period_from = fields.Date(load_default=None)
    period_to = fields.Date(load_default=None)
    municipality = fields.String(load_default=None, validate=_OKTMO)


class YearIn(InSchema):
    """Which year is wanted; none means all."""

    class Meta:
        unknown = EXCLUDE

    year = fields.Integer(load_default=None, validate=_YEAR)


class PlanIn(InSchema):
    """A plan of an indicator for a year."""

    code = fields.String(required=True, validate=validate.OneOf(CODES))
    year = fields.Integer(required=True, validate=_YEAR)
    value = fields.Decimal(required=True, places=4, allow_nan=False, validate=validate.Range(max=10_000_000))


class ImportIn(InSchema):
    """A value from a document of a time before our records."""

    code = fields.String(required=True, validate=validate.OneOf(CODES))
    municipality_oktmo = fields.String(load_default=None, validate=_OKTMO)
    year = fields.Integer(required=True, validate=_YEAR)
    comparator = fields.Enum(Comparator, by_value=True, load_default=Comparator.EQUAL)
    value = fields.Decimal(required=True, places=4, allow_nan=False, validate=validate.Range(max=10_000_000))
    source = Text(required=True, max=500)


class ReportIn(InSchema):
    """The date and period of a network report."""

    as_of = fields.Date(required=True)
    period_from = fields.Date(required=True)
    period_to = fields.Date(required=True)


class CancelIn(InSchema):
    """Why a report is cancelled."""

    reason = Text(required=True, max=500)


class CreatedOut(OutSchema):
    """What was made."""

    id = fields.UUID(required=True)


class DetailOut(OutSchema):
    """A part of a number."""

    key = fields.String()
    value = fields.Decimal(as_string=True, allow_none=True)
    unit = fields.Enum(Unit, by_value=True)


class ValueOut(OutSchema):
    """A value of an indicator with its origin."""

    code = fields.String()
    title = fields.String()
    unit = fields.Enum(Unit, by_value=True)
    formula = fields.String()
    value = fields.Decimal(as_string=True, allow_none=True)
    shown = fields.String(metadata={"description": "as printed, for instance «25,0 %»"})
    comparator = fields.Enum(Comparator, by_value=True)
    source = fields.Enum(Source, by_value=True)
    source_note = fields.String()
    plan = fields.Decimal(as_string=True, allow_none=True)
    numerator = fields.Decimal(as_string=True, allow_none=True)
    denominator = fields.Decimal(as_string=True, allow_none=True)
    details = fields.List(fields.Nested(lambda: DetailOut()))
    records_count = fields.Integer()
    inputs_hash = fields.String()


class TerritoryOut(OutSchema):
    """A value of one municipality."""

    oktmo = fields.String()
    name = fields.String()
    value = fields.Nested(lambda: ValueOut())


class CellField(fields.Field):
    """A cell of a record: text, a whole number, an exact decimal as text, or a date."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | int | None:
        if isinstance(value, date):
            return value.isoformat()
        return f"{value:f}" if isinstance(value, Decimal) else value


class RecordOut(OutSchema):
    """One counted record."""

    id = fields.UUID()
    target = fields.UUID(metadata={"description": "the object to open; of a registration, its event"})
    cells = fields.List(CellField(allow_none=True))


class BehindOut(OutSchema):
    """A number and the records it is made of (BR-63)."""

    value = fields.Nested(lambda: ValueOut())
    records = fields.Enum(RecordKind, by_value=True, attribute="indicator.records")
    headers = fields.List(fields.String())
    rows = fields.List(fields.Nested(lambda: RecordOut()))


class NominationOut(OutSchema):
    """A nomination in numbers."""

    code = fields.String()
    title = fields.String()
    entry_kind = fields.String()
    entries = fields.Integer()
    admitted = fields.Integer()
    awarded = fields.Integer()


class ContestOut(OutSchema):
    """An edition of a contest in numbers."""

    id = fields.UUID()
    title = fields.String()
    year = fields.Integer()
    state = fields.String()
    opens_on = fields.Date()
    closes_on = fields.Date()
    entries = fields.Integer()
    admitted = fields.Integer()
    awarded = fields.Integer()
    nominations = fields.List(fields.Nested(lambda: NominationOut()))


class PlanOut(OutSchema):
    """A plan that is set."""

    id = fields.UUID()
    code = fields.String()
    year = fields.Integer()
    value = fields.Decimal(as_string=True)


class ImportOut(OutSchema):
    """An imported value."""

    id = fields.UUID()
    code = fields.String()
    municipality_oktmo = fields.String(allow_none=True)
    year = fields.Integer()
    comparator = fields.Enum(Comparator, by_value=True)
    value = fields.Decimal(as_string=True)
    source = fields.String()


class ReportRowOut(OutSchema):
    """A report in a list."""

    id = fields.UUID()
    number = fields.String()
    as_of = fields.Date()
    period_from = fields.Date()
    period_to = fields.Date()
    issued_on = fields.Date()
    state = fields.Enum(ReportState, by_value=True)
    inputs_hash = fields.String()
    verify_code = fields.String()


class FileOut(OutSchema):
    """A paper of a report."""

    edition = fields.Enum(Edition, by_value=True)
    format = fields.Enum(FileFormat, by_value=True)
    name = fields.String()
    sha256 = fields.String()


class ReportOut(ReportRowOut):
    """A report with its frozen content and papers."""

    cancel_reason = fields.String(allow_none=True)
    content = fields.Dict(keys=fields.String())
    files = fields.List(fields.Nested(lambda: FileOut()))


class VerifiedOut(OutSchema):
    """What is known about a paper by its checking code (BR-67)."""

    report_id = fields.UUID()
    number = fields.String()
    issued_on = fields.Date()
    as_of = fields.Date()
    state = fields.Enum(ReportState, by_value=True)
    inputs_hash = fields.String()
    files = fields.List(fields.Nested(lambda: FileOut()))


class RecheckOut(OutSchema):
    """Whether the numbers of a report come out the same today (BR-64)."""

    same = fields.Boolean()
    differing = fields.List(fields.String())
