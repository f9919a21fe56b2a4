"""Indicators: the overview, the records behind a number, the comparison of municipalities, contests."""

from collections.abc import Sequence

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from services.reports import access, queries
from services.reports.pages.asking import asked
from services.reports.pages.door import bp
from services.reports.queries.rows import Cell, Record
from services.reports.rules.catalogue import INDICATORS, indicator
from services.reports.rules.names import Word
from shared.web.export import download
from shared.web.paging import Page
from shared.web.person import current_person

ROWS_ON_PAGE = 50


@bp.get("/")
def overview() -> str:
    """All indicators on a date, with plan, formula and the way to the records."""
    who, ask = current_person(), asked()
    return render_template(
        "reports/overview.html",
        ask=ask,
        form=ask.form,
        municipalities=queries.municipality_choices(who, ask.as_of),
        values=queries.indicators(who, ask.as_of, ask.period.first, ask.period.last, ask.municipality),
    )


@bp.get("/indicators/<code>")
def one_indicator(code: str) -> str:
    """One indicator: value, origin, and the list of its records as far as they are open."""
    who, ask = current_person(), asked()
    found = indicator(code)
    rows: Sequence[Record] = ()
    headers: Sequence[str] = ()
    opened = access.sees_records(who, found.records, ask.municipality)
    if opened:
        behind = queries.records_behind(
            who, code, ask.as_of, ask.period.first, ask.period.last, ask.municipality
        )
        value, rows, headers = behind.value, behind.rows, behind.headers
    else:
        value = queries.value(who, code, ask.as_of, ask.period, ask.municipality)
    return render_template(
        "reports/indicator.html",
        ask=ask,
        form=ask.form,
        indicator=found,
        value=value,
        headers=headers,
        page=_portion(rows, request.args.get("page", 1, type=int)),
        opened=opened,
        imports=queries.imports(who, code),
        municipalities=queries.municipality_choices(who, ask.as_of) if found.territorial else {},
    )


def _portion(rows: Sequence[Record], number: int) -> Page[Record]:
    """One page of records that are already in memory."""
    number = max(1, number)
    start = (number - 1) * ROWS_ON_PAGE
    pages = max(1, -(-len(rows) // ROWS_ON_PAGE))
    return Page(list(rows[start : start + ROWS_ON_PAGE]), len(rows), number, pages)


@bp.get("/indicators/<code>.<any(xlsx,csv):kind>")
def indicator_file(code: str, kind: str) -> Response:
    """The records behind an indicator as a table for a spreadsheet; text stays text."""
    ask = asked()
    behind = queries.records_behind(
        current_person(), code, ask.as_of, ask.period.first, ask.period.last, ask.municipality
    )
    rows = [[_spoken(cell) for cell in row.cells] for row in behind.rows]
    return download(kind, f"{code} {ask.as_of.isoformat()}", [_(header) for header in behind.headers], rows)


def _spoken(cell: Cell) -> Cell:
    """A cell with our own words in the language of the reader."""
    return _(cell) if isinstance(cell, Word) else cell


@bp.get("/territories")
def territories() -> str:
    """An indicator by municipality: the own one for ТМС and МОУО, all of them for the operator and ИРО."""
    who, ask = current_person(), asked()
    code = request.args.get("code", "I-01")
    if not indicator(code).territorial:
        abort(404)
    return render_template(
        "reports/territories.html",
        ask=ask,
        form=ask.form,
        indicator=indicator(code),
        choices={one.code: f"{one.code} {_(one.title)}" for one in INDICATORS if one.territorial},
        territories=queries.territories(who, code, ask.as_of, ask.period),
        network=queries.value(who, code, ask.as_of, ask.period),
        all_seen=access.sees_everywhere(who),
    )


@bp.get("/contests")
def contests() -> str:
    """Contests in numbers."""
    return render_template("reports/contests.html", contests=queries.contests(current_person()))
