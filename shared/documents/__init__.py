"""Printed documents: one description of the content, two files made of it — DOCX and PDF.

A service builds a `Document` out of blocks and asks it for `.docx()` or `.pdf()`. Both files carry the same
words, the same number and date and the QR code of the checking page (BR-67); equal content gives equal bytes,
so the SHA-256 of a file can be stored and compared years later.
"""

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
from shared.documents.typography import typeset

__all__ = [
    "Block",
    "Document",
    "Facts",
    "Heading",
    "PageBreak",
    "Paragraph",
    "Signatures",
    "Table",
    "typeset",
]
