"""PDF files: their text for the lint, and a copy that holds the pages and nothing about who made them (F18)."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from services.expertise.rules.anonymity.pictures import bare_jpeg

MOST_PAGES = 500
#: What a page may not bring along: descriptions, remarks and links, data of programs, previews, scripts.
_TELLING = ("/Metadata", "/Annots", "/PieceInfo", "/LastModified", "/Thumb", "/AA", "/B")
#: Anything that a broken or hostile file makes pypdf raise.
_BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError,
           NotImplementedError, AssertionError, OverflowError)


def pdf_pages(content: bytes) -> list[str] | None:
    """The text of every page; None when the file cannot be read."""
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted or len(reader.pages) > MOST_PAGES:
            return None
        return [page.extract_text() for page in reader.pages]
    except _BROKEN:
        return None


def clean_pdf(content: bytes) -> bytes | None:
    """The pages alone: no properties, XMP, remarks, links, enclosures, outlines, forms; None when unreadable."""
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted or len(reader.pages) > MOST_PAGES:
            return None
        writer = PdfWriter()
        for page in reader.pages:
            for name in _TELLING:
                page.pop(NameObject(name), None)
            writer.add_page(page)
        for one in list(writer._objects):
            _strip(one)
        writer.metadata = None
        out = BytesIO()
        writer.write(out)
        return out.getvalue()
    except _BROKEN:
        return None


def _strip(one: Any) -> None:
    """An object of the copy without its descriptions."""
    if isinstance(one, DictionaryObject):
        for name in (*_TELLING[:1], "/PieceInfo", "/LastModified", "/Alt", "/ActualText"):
            one.pop(NameObject(name), None)
        for value in one.values():
            if not isinstance(value, IndirectObject):
                _strip(value)
    elif isinstance(one, ArrayObject):
        for value in one:
            if not isinstance(value, IndirectObject):
                _strip(value)
    if isinstance(one, StreamObject) and one.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        one._data = bare_jpeg(one._data)
