"""What a document says, with no word about how it looks."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from typing import Any, Literal

from shared.documents.typography import clean, typeset

Lang = Literal["ru", "en"]
Align = Literal["left", "center", "justify"]


@dataclass(frozen=True)
class Heading:
    """The title of a part of the document; level 1 is the largest."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of running text."""

    text: str
    align: Align = "justify"
    bold: bool = False


@dataclass(frozen=True)
class Facts:
    """A passport: pairs of a label and a value, one pair a line."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """A table whose header row repeats on every page.

    `widths` are shares of the page width, one per column; `numeric` lists the columns aligned to the right.
    """

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()
    numeric: Sequence[int] = ()

    def __post_init__(self) -> None:
        columns = len(self.headers)
        if not columns:
            raise ValueError("a table needs at least one column")
        if self.widths and len(self.widths) != columns:
            raise ValueError(f"{columns} columns but {len(self.widths)} widths")
        if any(len(row) != columns for row in self.rows):
            raise ValueError(f"every row must have {columns} cells")

    @property
    def shares(self) -> Sequence[int]:
        """The widths as given, or equal ones."""
        return self.widths or [1] * len(self.headers)


@dataclass(frozen=True)
class Signatures:
    """Places to sign: the position on the left, a line, the name on the right."""

    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Facts | Table | Signatures | PageBreak


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document with the requisites every printed paper needs (BR-67, head by ГОСТ Р 7.0.97-2025).

    `org_head` are the lines of the issuing organisation above the title; `number` and `date` identify the
    paper; `verify_url` leads to the page that confirms it and is printed as a QR code in the lower right
    corner of page 1. A document without `verify_url` (a working print-out) has no code.
    """

    title: str
    date: dt.date
    number: str = ""
    org_head: Sequence[str] = ()
    blocks: Sequence[Block] = ()
    verify_url: str = ""
    verify_code: str = ""
    lang: Lang = "ru"
    landscape: bool = False

    def docx(self) -> bytes:
        """The document for an office program."""
        from shared.documents.docx import render

        return render(self.typeset())

    def pdf(self) -> bytes:
        """The document for reading and archiving, PDF/A and accessible (PDF/UA)."""
        from shared.documents.pdf import render

        return render(self.typeset())

    def texts(self) -> Iterator[str]:
        """Every string of the document, for tests and search."""
        yield from _strings(self)

    def content_hash(self) -> str:
        """SHA-256 over all words in their order: equal documents have equal hashes whatever the format."""
        return hashlib.sha256("\x1f".join(self.texts()).encode()).hexdigest()

    def typeset(self) -> Document:
        """The same document with the typography of its language; addresses and codes stay as they are."""
        polish = partial(typeset, lang=self.lang)
        done: Document = _mapped(self, polish)
        return replace(
            done, verify_url=clean(self.verify_url), verify_code=clean(self.verify_code), lang=self.lang
        )


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A copy of nested dataclasses and sequences with every string changed; enumerated words stay."""
    if isinstance(value, str):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _mapped(getattr(value, field.name), change)
            for field in fields(value)
            if field.name not in {"lang", "align"}
        }
        return replace(value, **changed)
    if isinstance(value, (list, tuple)):
        return tuple(_mapped(item, change) for item in value)
    return value


def _strings(value: Any) -> Iterator[str]:
    """All strings inside nested dataclasses and sequences, depth first."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dt.date):
        yield value.isoformat()
