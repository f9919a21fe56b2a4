"""The list of participants as a table: XLSX and CSV, in which nothing becomes a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from services.events.model import Event, Registration
from services.events.rules.cells import safe_cell
from services.events.rules.kinds import SheetFormat
from services.events.rules.labels import label

_HEADERS = (
    "Фамилия", "Имя", "Отчество", "Электронная почта", "Организация", "Муниципалитет",
    "Роль", "Код", "Состояние", "Минут",
)  # fmt: skip
_WIDTHS = (18, 14, 18, 28, 50, 24, 14, 10, 22, 8)
_MEDIA = {
    SheetFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    SheetFormat.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Sheet:
    """A file to download."""

    filename: str
    media_type: str
    content: bytes


def participants_sheet(event: Event, people: Sequence[Registration], sheet_format: SheetFormat) -> Sheet:
    """The participants of an event in the asked format."""
    rows = [_row(one) for one in people]
    content = _xlsx(rows) if sheet_format is SheetFormat.XLSX else _csv(rows)
    name = f"participants-{event.starts_on:%Y-%m-%d}.{sheet_format.value.lower()}"
    return Sheet(name, _MEDIA[sheet_format], content)


def _row(one: Registration) -> tuple[str | int | None, ...]:
    return (
        one.last_name,
        one.first_name,
        one.middle_name,
        one.email,
        one.organisation_name,
        one.municipality_name,
        label(one.role),
        one.join_code,
        label(one.state),
        one.minutes,
    )


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    """CSV as a Russian spreadsheet opens it: semicolons and a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_HEADERS)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[str | int | None]]) -> bytes:
    """XLSX whose texts stay texts, whatever they begin with."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet("Участники")
        bold = book.add_format({"bold": True, "text_wrap": True})
        page.write_row(0, 0, _HEADERS, bold)
        page.freeze_panes(1, 0)
        for column, width in enumerate(_WIDTHS):
            page.set_column(column, column, width)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(line, column, cell)
                elif cell:
                    page.write_string(line, column, cell)
    return file.getvalue()
