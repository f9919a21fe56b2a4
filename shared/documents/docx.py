"""DOCX by python-docx: real styles, repeated table heads, page numbers, and the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

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

_FONT = "Times New Roman"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STYLES = (
    ("Normal", 12, False),
    ("Title", 15, True),
    ("Heading 1", 14, True),
    *((f"Heading {level}", 12, True) for level in (2, 3, 4)),
)
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def render(document: Document) -> bytes:
    """The bytes of the DOCX; equal content gives equal bytes."""
    file = docx.Document()
    _core_properties(file, document)
    _styles(file, document.lang)
    _page(file, document)
    for line in document.org_head:
        file.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    file.add_paragraph(document.title, style="Title")
    number = f"    {WORDS[document.lang]['number']}\u00a0{document.number}" if document.number else ""
    file.add_paragraph(day(document.date, document.lang) + number).alignment = WD_ALIGN_PARAGRAPH.CENTER
    width = _text_width(file)
    for block in document.blocks:
        _add(file, block, width)
    out = io.BytesIO()
    file.save(out)
    return _repacked(out.getvalue())


def _core_properties(file: Any, document: Document) -> None:
    """Fixed by the document's own date: the file must not remember when it was made."""
    moment = dt.datetime.combine(document.date, dt.time())
    properties = file.core_properties
    properties.title = document.title[:255]
    properties.author = (document.org_head[0] if document.org_head else "")[:255]
    properties.last_modified_by = ""
    properties.language = "ru-RU" if document.lang == "ru" else "en-GB"
    properties.identifier = document.verify_code[:255]
    properties.comments = ""
    properties.created = properties.modified = moment
    properties.revision = 1


def _styles(file: Any, lang: str) -> None:
    """One typeface for everything; language set, so that hyphenation and spelling work."""
    for name, size, bold in _STYLES:
        style = file.styles[name]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), _FONT)
        if name != "Normal":
            style.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
    file.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    file.styles["Normal"].paragraph_format.space_after = Pt(6)
    properties = file.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU" if lang == "ru" else "en-GB")
    properties.append(language)


def _page(file: Any, document: Document) -> None:
    """A4, margins for filing; page 1 carries the checking block in its footer, lower right (BR-67)."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    section.different_first_page_header_footer = bool(document.verify_url)
    _page_number(section.footer.paragraphs[0], document.lang)
    if document.verify_url:
        footer = section.first_page_footer
        _page_number(footer.paragraphs[0], document.lang)
        _checking_block(footer, document, _text_width(file))


def _checking_block(footer: Any, document: Document, width: int) -> None:
    words = WORDS[document.lang]
    table = footer.add_table(rows=1, cols=2, width=width)
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = width - Mm(30), Mm(30)
    note = left.paragraphs[0].add_run(f"{words['verify']} {document.verify_url}")
    note.font.size = Pt(8)
    if document.verify_code:
        code = left.add_paragraph().add_run(f"{words['code']}: {document.verify_code}")
        code.font.size, code.font.bold = Pt(8), True
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    picture = right.paragraphs[0].add_run().add_picture(io.BytesIO(qr.png(document.verify_url)), width=Mm(26))
    picture._inline.docPr.set("descr", words["qr_alt"])


def _page_number(paragraph: Any, lang: str) -> None:
    words = WORDS[lang]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"{words['page']} ")
    _field(paragraph, "PAGE")
    paragraph.add_run(f" {words['of']} ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    """A field the office program fills in, such as the page number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _text_width(file: Any) -> int:
    section = file.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _add(file: Any, block: Block, width: int) -> None:
    match block:
        case Heading(text, level):
            file.add_heading(text, level=level)
        case Paragraph(text, align, bold):
            paragraph = file.add_paragraph()
            paragraph.alignment = _ALIGN[align]
            paragraph.add_run(text).bold = bold
        case Facts(pairs):
            _facts(file, pairs, width)
        case Table():
            _table(file, block, width)
        case Signatures(lines):
            _signatures(file, lines, width)
        case PageBreak():
            file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _facts(file: Any, pairs: Any, width: int) -> None:
    if not pairs:
        return
    table = _grid(file, len(pairs), [2, 3], width, style=None)
    for row, (label, value) in zip(table.rows, pairs, strict=True):
        row.cells[0].paragraphs[0].add_run(label).bold = True
        row.cells[1].paragraphs[0].add_run(value)
    file.add_paragraph()


def _table(file: Any, block: Table, width: int) -> None:
    table = _grid(file, 1 + len(block.rows), block.shares, width, style="Table Grid")
    head, *body = table.rows
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(mark)
    for cell, text in zip(head.cells, block.headers, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = True, Pt(10)
    for row, texts in zip(body, block.rows, strict=True):
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.paragraphs[0].add_run(text).font.size = Pt(10)
            if column in block.numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file.add_paragraph()


def _signatures(file: Any, lines: Any, width: int) -> None:
    table = _grid(file, len(lines), [5, 3, 4], width, style=None)
    for row, (position, name) in zip(table.rows, lines, strict=True):
        row.cells[0].paragraphs[0].add_run(position)
        row.cells[1].paragraphs[0].add_run("_" * 16)
        row.cells[2].paragraphs[0].add_run(name)


def _grid(file: Any, rows: int, shares: Any, width: int, *, style: str | None) -> Any:
    table = file.add_table(rows=rows, cols=len(shares), style=style)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    total = sum(shares)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = width * share // total
    return table


def _repacked(content: bytes) -> bytes:
    """The same archive with sorted parts and no clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return out.getvalue()
