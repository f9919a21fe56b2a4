"""Files of threads and acts: what they are by their content, whatever their name says (S-086, F8)."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from services.registry.rules import scans
from shared.refusal import N_, Refused

MAX_FILE = scans.MAX_SCAN
#: The part that makes a package a document or a workbook.
_PARTS = {
    "word/document.xml": scans.DOCX,
    "xl/workbook.xml": scans.XLSX,
}
_MAX_PARTS = 2000
#: Macros and embedded programs.
_ACTIVE = ("vba", "activex", "oleobject", "embeddings/", ".exe", ".js")


def media_type(content: bytes) -> str:
    """What a file is: PDF, PNG, JPEG, or an office document without macros; anything else is refused."""
    if len(content) > MAX_FILE:
        raise Refused("FILE", N_("Файл больше %(limit)s МБ"), field="file", limit=MAX_FILE // 1024 // 1024)
    kind = scans.known_type(content) or _office(content)
    if kind is None:
        raise Refused("FILE", N_("Файл — PDF, PNG, JPEG, DOCX или XLSX без макросов"), field="file")
    return kind


def act_media_type(content: bytes) -> str:
    """The text of an act is a PDF or DOCX file of the same size as a scan (F8)."""
    if len(content) > MAX_FILE:
        raise Refused("F8", N_("Файл больше %(limit)s МБ"), field="file", limit=MAX_FILE // 1024 // 1024)
    kind = scans.known_type(content) or _office(content)
    if kind not in ("application/pdf", scans.DOCX):
        raise Refused("F8", N_("Текст акта — файл PDF или DOCX"), field="file")
    return kind


def _office(content: bytes) -> str | None:
    """A package is known by its parts; only its table of contents is read, nothing is unpacked."""
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
