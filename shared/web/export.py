"""Lists as files: XLSX and CSV that spreadsheets open well and that cannot smuggle formulas into them."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

import xlsxwriter
from flask import Response
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from shared.clock import local

Rows = Iterable[Sequence[Any]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: Rows are written out as they come, and text is never guessed to be something else.
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LIMIT = 32_767  # characters in one cell of XLSX


def _cell(value: Any) -> Any:
    """A value as a spreadsheet understands it; moments are written on the network's clock."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("да") if value else _("нет")
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return local(value).replace(tzinfo=None)
    return value if isinstance(value, date | Decimal | int | float) else str(value)


def xlsx(headers: Sequence[str], rows: Rows, *, sheet: str = "") -> bytes:
    """One sheet with a bold frozen header and a filter; text is always text, never a formula or a link."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    page = book.add_worksheet(_sheet_name(sheet))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    page.set_column(0, max(0, len(headers) - 1), 24)
    page.freeze_panes(1, 0)
    page.write_row(0, 0, list(headers), head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(map(_cell, row)):
            if isinstance(value, datetime):
                page.write_datetime(last, column, value, moment)
            elif isinstance(value, date):
                page.write_datetime(last, column, value, day)
            elif isinstance(value, str):
                page.write_string(last, column, value[:LIMIT])
            else:
                page.write_number(last, column, value)
    if headers:
        page.autofilter(0, 0, last, len(headers) - 1)
    book.close()
    return file.getvalue()


def _sheet_name(text: str) -> str:
    """A name that Excel accepts: at most 31 characters and none of ``[]:*?/\\``."""
    return "".join(c for c in text if c not in "[]:*?/\\'")[:31] or "1"


def _plain(value: Any) -> str:
    """A value as text for CSV; text that a spreadsheet would run as a formula gets an apostrophe."""
    value = _cell(value)
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    return str(value).replace(".", ",")


def csv_text(headers: Sequence[str], rows: Rows) -> bytes:
    """UTF-8 with a byte order mark and semicolons: opens in Excel with Russian settings by double click."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_plain(header) for header in headers])
    writer.writerows([_plain(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def attachment(content: bytes, filename: str, mimetype: str) -> Response:
    """A file to save, under a name that may be in Russian."""
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    return response


def download(kind: str, name: str, headers: Sequence[str], rows: Rows) -> Response:
    """The list as a file of the asked kind, ``xlsx`` or ``csv``; ``name`` is the file's name without it."""
    if kind == "xlsx":
        return attachment(xlsx(headers, rows, sheet=name), f"{name}.xlsx", XLSX)
    if kind == "csv":
        return attachment(csv_text(headers, rows), f"{name}.csv", "text/csv; charset=utf-8")
    raise NotFound()
