"""Reading the participants report that Zoom exports as CSV (BR-31, F-45).

Zoom names its columns in the language of the host's account and may put a block about the meeting
above the table. Times are on the clock of the host's account, which for the network is Moscow.
A guest's e-mail is hidden: empty, or masked with asterisks.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from services.events.rules.schedule import MOSCOW, YEARS
from shared.refusal import N_, Refused

MAX_ROWS = 20_000

_COLUMNS = {
    "name": ("name (original name)", "name", "user name", "имя (настоящее имя)", "имя (исходное имя)",
             "имя (оригинальное имя)", "имя", "имя пользователя"),
    "email": ("user email", "email", "электронная почта", "эл. почта", "адрес электронной почты",
              "электронная почта пользователя", "адрес электронной почты пользователя", "почта пользователя"),
    "join": ("join time", "время входа", "время присоединения", "время подключения"),
    "leave": ("leave time", "время выхода", "время отключения"),
    "total": ("total duration (minutes)", "общая продолжительность (минуты)", "общая длительность (минуты)"),
    "waiting": ("in waiting room", "в зале ожидания"),
}  # fmt: skip
_COLUMN_OF = {title: column for column, titles in _COLUMNS.items() for title in titles}
_YES = {"yes", "да"}

_DATE = re.compile(
    r"(?:(?P<us>\d{1,2}/\d{1,2}/\d{4})|(?P<ru>\d{1,2}\.\d{1,2}\.\d{4})|(?P<iso>\d{4}-\d{2}-\d{2}))"
    r",?[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*(?P<half>AM|PM))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ZoomRow:
    """One stay of one device in the meeting, as the report tells it."""

    line: int
    name: str
    email: str | None
    join_at: datetime
    leave_at: datetime
    in_waiting_room: bool
    raw: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """What makes it the same row when the file is imported again."""
        times = (self.join_at.isoformat(), self.leave_at.isoformat(), str(self.in_waiting_room))
        return hashlib.sha256("\n".join((self.name, self.email or "", *times)).encode()).hexdigest()


def parse(text: str) -> list[ZoomRow]:
    """Rows of a participants report; a line that cannot be understood is refused by its number."""
    lines = _table(text)
    columns = _find_header(lines)
    rows = [_row(number, cells, columns) for number, cells in lines if any(cell.strip() for cell in cells)]
    if not rows:
        raise Refused("BR-31", N_("В файле нет ни одной строки с участником"), field="file")
    if len(rows) > MAX_ROWS:
        raise Refused("BR-31", N_("В файле больше %(limit)s строк"), field="file", limit=MAX_ROWS)
    return rows


def moment(text: str) -> datetime | None:
    """A Moscow moment from one of Zoom's spellings; None when it is none of them."""
    found = _DATE.fullmatch(" ".join(text.split()))
    if not found:
        return None
    if found["us"]:
        month, day, year = (int(part) for part in found["us"].split("/"))
    elif found["ru"]:
        day, month, year = (int(part) for part in found["ru"].split("."))
    else:
        year, month, day = (int(part) for part in found["iso"].split("-"))
    hour, half = int(found["hour"]), (found["half"] or "").upper()
    if half and hour <= 12:
        # Some exports write AM/PM after a 24-hour clock as well; those hours already say it all.
        hour = hour % 12 + (12 if half == "PM" else 0)
    if year not in YEARS:
        return None
    minute, second = int(found["minute"]), int(found["second"] or 0)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=MOSCOW)
    except ValueError:
        return None


def _table(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines of the file with their numbers, whatever of comma, semicolon and tab divides them."""
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if "," in line or ";" in line or "\t" in line), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise Refused(
            "BR-31", N_("Строка %(line)s: нарушены кавычки"), field="file", line=reader.line_num
        ) from None


def _find_header(lines: Iterator[tuple[int, list[str]]]) -> dict[str, int]:
    """Columns of the table of participants; the block about the meeting above it is passed over."""
    unique_only = False
    for _number, cells in lines:
        titles = [" ".join(cell.split()).lower() for cell in cells]
        columns = {_COLUMN_OF[title]: place for place, title in enumerate(titles) if title in _COLUMN_OF}
        if {"name", "join", "leave"} <= columns.keys():
            return columns
        unique_only |= {"name", "total"} <= columns.keys()
    if unique_only:
        raise Refused(
            "BR-31",
            N_("В отчёте нет времени входа: выгрузите его без отметки «Показать уникальных пользователей»"),
            field="file",
        )
    raise Refused(
        "BR-31", N_("Не найдены столбцы «Имя», «Время входа», «Время выхода» отчёта Zoom"), field="file"
    )


def _row(number: int, cells: list[str], columns: dict[str, int]) -> ZoomRow:
    def cell(column: str) -> str:
        index = columns.get(column)
        return " ".join(cells[index].split()) if index is not None and index < len(cells) else ""

    name = cell("name")
    if not name:
        raise Refused("BR-31", N_("Строка %(line)s: не указано имя"), field="file", line=number)
    join_at, leave_at = moment(cell("join")), moment(cell("leave"))
    if join_at is None:
        raise Refused("BR-31", N_("Строка %(line)s: непонятное время входа"), field="file", line=number)
    if leave_at is None:
        raise Refused("BR-31", N_("Строка %(line)s: непонятное время выхода"), field="file", line=number)
    if leave_at < join_at:
        raise Refused("BR-31", N_("Строка %(line)s: выход раньше входа"), field="file", line=number)
    email = cell("email").lower()
    return ZoomRow(
        line=number,
        name=name,
        email=email if "@" in email and "*" not in email else None,
        join_at=join_at,
        leave_at=leave_at,
        in_waiting_room=cell("waiting").lower() in _YES,
        raw=tuple(cells),
    )
