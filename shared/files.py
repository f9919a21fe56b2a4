"""Sent files: what they are by their content, whatever their name says, and under which name they are kept."""

import hashlib
import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MAX_FILE = 3 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = "application/pdf"
DOCX = f"{_OFFICE}wordprocessingml.document"
XLSX = f"{_OFFICE}spreadsheetml.sheet"
_PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_EXTENSIONS = {PDF: "pdf", "image/png": "png", "image/jpeg": "jpg", DOCX: "docx", XLSX: "xlsx"}
#: The part that makes a package a document or a workbook.
_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MAX_PARTS = 2000
#: Macros and embedded programs.
_ACTIVE = ("vba", "activex", "oleobject", "embeddings/", ".exe", ".js")


def scan_type(content: bytes) -> str | None:
    """PDF, PNG or JPEG by the first bytes; nothing for anything else."""
    if content.startswith(b"%PDF-"):
        return PDF
    return next((kind for start, kind in _PICTURES.items() if content.startswith(start)), None)


def known_type(content: bytes) -> str | None:
    """PDF, PNG, JPEG, or an office document without macros; nothing for anything else.

    A package is known by its parts; only its table of contents is read, nothing is unpacked.
    """
    return scan_type(content) or _office(content)


def _office(content: bytes) -> str | None:
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = [part.filename for part in package.infolist()]
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in parts or len(parts) > _MAX_PARTS:
        return None
    if any(word in part.lower() for part in parts for word in _ACTIVE):
        return None
    found = [kind for part, kind in _PARTS.items() if part in parts]
    return found[0] if len(found) == 1 else None


def safe_name(filename: str, kind: str) -> str:
    """The name under which a file is offered for download: no folders, one right extension."""
    stem = re.split(r"[/\\]", filename)[-1].rsplit(".", 1)[0]
    stem = re.sub(r"[^\w .,()№–—-]", "_", stem).strip(" .")[:150]
    return f"{stem or 'scan'}.{_EXTENSIONS[kind]}"


def fingerprint(content: bytes) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()
