"""Tables that people send: CSV and XLSX of unknown making, read within limits or refused; never run.

Formulas are not evaluated, links are not followed, archives are not unpacked further than they say.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl

from shared.refusal import N_, Refused

MAX_ROWS = 10_000
MAX_COLUMNS = 60
MAX_CELL = 5_000
#: What an XLSX of this many bytes may hold unpacked, in all and by compression of one part.
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 300
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ";,\t"
#: Parts of a workbook that lead out of it or run something.
_ALIEN = re.compile(
    r"(^|/)(externalLinks/|embeddings/|activeX/|vbaProject\.bin$|connections\.xml$|queryTables/)",
    re.IGNORECASE,
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Table:
    """What a file holds: rows as text with their numbers in the file, and sheets that were not read."""

    rows: list[tuple[int, list[str]]]
    unread: list[str]


def read_table(content: bytes) -> Table:
    """The table of a CSV file, or of the first sheet of an XLSX one; empty rows are left out.

    A file that cannot be read, or is larger than the limits, is refused under the field ``file``.
    """
    if content.startswith(_OLE):
        raise _refused(N_("Это старый формат XLS или файл с паролем. Сохраните таблицу как XLSX или CSV."))
    unread: list[str] = []
    source = _xlsx(content, unread) if content.startswith(_ZIP) else _csv(content)
    rows: list[tuple[int, list[str]]] = []
    for number, cells in source:
        texts = [_limited(cell, number) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > MAX_COLUMNS:
            raise _refused(N_("В строке %(row)s больше %(limit)s столбцов"), row=number, limit=MAX_COLUMNS)
        if texts:
            rows.append((number, texts))
        if len(rows) > MAX_ROWS + 1:
            raise _refused(N_("В файле больше %(limit)s строк. Разделите его."), limit=MAX_ROWS)
    if not rows:
        raise _refused(N_("В файле нет ни одной строки"))
    return Table(rows, unread)


def _csv(content: bytes) -> Iterator[tuple[int, Iterable[Any]]]:
    text = _decoded(content)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise _refused(N_("Файл не похож на таблицу CSV или XLSX")) from None


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else Windows-1251, which Excel writes in Russian."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1251"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = sum(unicodedata.category(c) in ("Cc", "Cs") and c not in "\r\n\t" for c in text[:10_000])
        if strange == 0:
            return text
    raise _refused(N_("Не удалось прочитать буквы файла. Сохраните его в кодировке UTF-8 или Windows-1251."))


def _delimiter(text: str) -> str:
    """The mark that most often stands outside of quotes in the first line with any."""
    for line in text.splitlines()[:20]:
        bare = re.sub(r'"[^"]*"', "", line)
        found = max(_DELIMITERS, key=bare.count)
        if bare.count(found):
            return found
    return ";"


def _xlsx(content: bytes, unread: list[str]) -> Iterator[tuple[int, Iterable[Any]]]:
    _inspect(content)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False, rich_text=False
        )
        page, *others = book.worksheets
        unread += [other.title for other in others]
        # Some programs write a wrong size of the sheet; the limits hold by counting.
        page.reset_dimensions()
        yield from _counted(page)
    except Refused:
        raise
    except Exception:
        # Anything may be wrong with a file somebody sends, and openpyxl has no error of its own for it.
        raise _refused(N_("Файл XLSX повреждён или устроен необычно. Сохраните его заново.")) from None


def _counted(page: Any) -> Iterator[tuple[int, Iterable[Any]]]:
    empty = 0
    for number, cells in enumerate(page.iter_rows(values_only=True), start=1):
        filled = any(cell not in (None, "") for cell in cells)
        empty = 0 if filled else empty + 1
        if empty > MAX_ROWS:
            raise _refused(N_("В файле слишком много пустых строк. Удалите их."))
        if filled:
            yield number, cells


def _inspect(content: bytes) -> None:
    """Look at the archive before it is unpacked: its parts, their sizes, what leads out of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise _refused(N_("Файл не похож на таблицу CSV или XLSX"))
            _weigh(parts)
            for part in parts:
                # The sizes of the directory may lie: every part is unpacked once, never beyond its word.
                with archive.open(part) as opened:
                    left = part.file_size
                    while piece := opened.read(1024 * 1024):
                        left -= len(piece)
                        if left < 0:
                            raise _refused(_BOMB)
    except Refused:
        raise
    except Exception:
        raise _refused(N_("Файл XLSX повреждён или устроен необычно. Сохраните его заново.")) from None


_BOMB = N_("Файл XLSX распаковывается в слишком большой объём")


def _weigh(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or len({part.filename for part in parts}) != len(parts):
        raise _refused(N_("Файл XLSX повреждён или устроен необычно. Сохраните его заново."))
    for part in parts:
        if part.file_size > 1024 * 1024 and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise _refused(_BOMB)
        if _ALIEN.search(part.filename):
            raise _refused(
                N_(
                    "В файле XLSX есть внешние связи, макросы или вложения. Сохраните его как простую таблицу."
                )
            )
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _refused(_BOMB)


def _limited(cell: Any, number: int) -> str:
    text = _shown(cell)
    if len(text) > MAX_CELL:
        raise _refused(
            N_("В строке %(row)s есть ячейка длиннее %(limit)s знаков"), row=number, limit=MAX_CELL
        )
    if _UNSTORABLE.search(text):
        raise _refused(N_("В строке %(row)s есть недопустимые знаки"), row=number)
    return text


def _shown(cell: Any) -> str:
    """A cell as a person sees it: dates as 31.12.2020, whole numbers without a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**16:
        return str(int(cell))
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", ",")
    return str(cell).strip()


def _refused(text: str, **params: Any) -> Refused:
    return Refused("FILE", text, field="file", **params)
