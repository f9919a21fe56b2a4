"""Scans of signed agreements and texts of acts: what is accepted, under which name it is kept (BR-16)."""

import hashlib
import re
import zipfile
from io import BytesIO

from shared.refusal import N_, Refused

MAX_SCAN = 3 * 1024 * 1024
_KINDS = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\x89PNG": ("image/png", "png"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXTENSIONS = {**dict(_KINDS.values()), DOCX: "docx"}


def media_type(content: bytes) -> str:
    """What the file is by its first bytes, whatever its name says; PDF, PNG or JPEG."""
    if len(content) > MAX_SCAN:
        raise Refused("BR-16", N_("Скан больше %(limit)s МБ"), field="scan", limit=MAX_SCAN // 1024 // 1024)
    for start, (kind, _) in _KINDS.items():
        if content.startswith(start):
            return kind
    raise Refused("BR-16", N_("Скан — файл PDF, PNG или JPEG"), field="scan")


def act_media_type(content: bytes) -> str:
    """The text of an act is a PDF or DOCX file of the same size as a scan (F8)."""
    if len(content) > MAX_SCAN:
        raise Refused("F8", N_("Файл больше %(limit)s МБ"), field="file", limit=MAX_SCAN // 1024 // 1024)
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        names = []
    if "word/document.xml" in names:
        return DOCX
    raise Refused("F8", N_("Текст акта — файл PDF или DOCX"), field="file")


def safe_name(filename: str, kind: str) -> str:
    """The name under which the scan is offered for download: no folders, one right extension."""
    stem = re.split(r"[/\\]", filename)[-1].rsplit(".", 1)[0]
    stem = re.sub(r"[^\w .,()№–—-]", "_", stem).strip(" .")[:150]
    return f"{stem or 'scan'}.{_EXTENSIONS[kind]}"


def fingerprint(content: bytes) -> str:
    """SHA-256 of the scan."""
    return hashlib.sha256(content).hexdigest()
