"""How values, cells of records and states are written on pages."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from services.reports.pages.door import bp
from services.reports.queries.rows import Cell
from services.reports.rules import names
from services.reports.rules.display import NO_DATA, printed
from services.reports.rules.names import Word, named
from services.reports.rules.terms import Comparator, RecordKind, ReportState, Unit
from shared.web import links
from shared.web.filters import DASH, day, number
from shared.web.i18n import language

_NAMES: Mapping[str, Mapping[Any, str]] = {
    "detail": names.DETAILS,
    "platform": names.PLATFORM_KINDS,
    "event": names.EVENT_KINDS,
    "mode": names.EVENT_MODES,
    "entry": names.ENTRY_KINDS,
    "outcome": names.OUTCOMES,
    "edition_state": names.EDITION_STATES,
    "records": names.RECORD_KINDS,
    "report": names.REPORT_STATES,
    "edition": names.EDITIONS,
    "source": names.SOURCES,
}
#: Where a record can be opened: the service that owns it and the path of its card.
_CARDS: Mapping[RecordKind, tuple[str, str]] = {
    RecordKind.ORGANISATION: ("registry", "/organisations/"),
    RecordKind.PLATFORM: ("registry", "/platforms/"),
    RecordKind.AGREEMENT: ("registry", "/agreements/"),
    RecordKind.EVENT: ("events", "/"),
    RecordKind.PARTICIPATION: ("events", "/"),
    RecordKind.SHEET: ("expertise", "/entries/"),
    RecordKind.ENTRY: ("expertise", "/entries/"),
}


@bp.app_template_filter("called")
def called(value: str, family: str) -> str:
    """What a value of a dictionary is called, in the language of the reader."""
    return _(named(_NAMES[family], value)) if value else ""


@bp.app_template_filter("figure")
def figure(value: Decimal | None, unit: Unit, comparator: Comparator = Comparator.EQUAL) -> str:
    """A value of an indicator: «25,0 %» for a Russian reader, «25.0 %» for an English one."""
    return localised(printed(value, unit, comparator))


@bp.app_template_filter("localised")
def localised(text: str) -> str:
    """A number that is already printed in Russian, for the language of the page."""
    if text == NO_DATA:
        return _(text)
    return text if language() == "ru" else text.replace(",", ".")


@bp.app_template_filter("cell")
def cell(value: Cell) -> str:
    """A cell of a list of records."""
    if value is None or value == "":
        return DASH
    if isinstance(value, Word):
        return _(value)
    if isinstance(value, date):
        return day(value)
    return value if isinstance(value, str) else number(value)


@bp.app_template_filter("tone")
def tone(state: StrEnum) -> str:
    """The colour of a state."""
    return "success" if state is ReportState.ISSUED else "danger"


@bp.app_template_global("record_card")
def record_card(kind: RecordKind, target: object) -> str | None:
    """The address of a record's own card, if it has one."""
    if kind not in _CARDS:
        return None
    service, path = _CARDS[kind]
    return links.to(service, f"{path}{target}")
