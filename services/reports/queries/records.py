"""The records behind a number (BR-63): what was counted, one row each, for screens, files and programs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reports import access
from services.reports.queries import values
from services.reports.queries.rows import (
    HEADERS,
    Record,
    agreement_rows,
    entry_rows,
    event_rows,
    organisation_rows,
    participation_rows,
    platform_rows,
    sheet_rows,
    transformation_rows,
)
from services.reports.rules.catalogue import Indicator, indicator
from services.reports.rules.indicators import Value
from services.reports.rules.periods import asked_period
from services.reports.rules.terms import RecordKind
from shared.person import Person

_ROWS: Mapping[RecordKind, Callable[[Sequence[UUID], date], list[Record]]] = {
    RecordKind.ORGANISATION: organisation_rows,
    RecordKind.PLATFORM: platform_rows,
    RecordKind.AGREEMENT: agreement_rows,
    RecordKind.TRANSFORMATION: transformation_rows,
    RecordKind.EVENT: event_rows,
    RecordKind.PARTICIPATION: participation_rows,
    RecordKind.SHEET: sheet_rows,
    RecordKind.ENTRY: entry_rows,
}


@dataclass(frozen=True)
class Behind:
    """A number and the records it is made of."""

    indicator: Indicator
    value: Value
    headers: Sequence[str]
    rows: Sequence[Record]


def records_behind(
    who: Person,
    code: str,
    as_of: date,
    period_from: date | None = None,
    period_to: date | None = None,
    municipality: str | None = None,
) -> Behind:
    """What stands behind an indicator; without a period the year up to the date is meant."""
    found = indicator(code)
    access.must_see_records(who, found.records, municipality)
    period = asked_period(as_of, period_from, period_to)
    value = values.value(who, code, as_of, period, municipality)
    return Behind(found, value, HEADERS[found.records], _ROWS[found.records](value.records, as_of))
