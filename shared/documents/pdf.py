"""PDF by typst: archive form (PDF/A-2a) that a screen reader can read (PDF/UA-1).

The words of a document never become markup: the template is a fixed file and gets the content as one JSON
string, so `#read("/etc/passwd")` typed by a user is printed as these characters.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import typst

from shared.documents import qr
from shared.documents.model import (
    Block,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
)
from shared.documents.words import WORDS, day

_TEMPLATE = Path(__file__).with_name("document.typ")
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


def render(document: Document) -> bytes:
    """The bytes of the PDF; equal content gives equal bytes."""
    moment = dt.datetime.combine(document.date, dt.time(), tzinfo=dt.UTC)
    content = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_data(document), ensure_ascii=False)},
        pdf_standards=_STANDARDS,
        timestamp=moment,
    )
    assert isinstance(content, bytes)  # a list comes only for picture formats
    return content


def _data(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "number": document.number,
        "date": day(document.date, document.lang),
        "year": document.date.year,
        "month": document.date.month,
        "day": document.date.day,
        "org_head": list(document.org_head),
        "lang": document.lang,
        "landscape": document.landscape,
        "verify_url": document.verify_url,
        "verify_code": document.verify_code,
        "qr": qr.svg(document.verify_url) if document.verify_url else "",
        "words": WORDS[document.lang],
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(text, align, bold):
            return {"kind": "paragraph", "text": text, "align": align, "bold": bold}
        case Facts(pairs):
            return {"kind": "facts", "pairs": [list(pair) for pair in pairs]}
        case Table():
            return {
                "kind": "table",
                "headers": list(block.headers),
                "rows": [list(row) for row in block.rows],
                "widths": list(block.shares),
                "numeric": list(block.numeric),
            }
        case Signatures(lines):
            return {"kind": "signatures", "lines": [list(line) for line in lines]}
        case PageBreak():
            return {"kind": "page_break"}
