"""Scans of signed agreements and texts of acts: what is accepted, under which name it is kept (BR-16)."""

import hashlib
import re

from shared.refusal import N_, Refused

MAX_SCAN = 3 * 1024 * 1024
_KINDS = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\x89PNG": ("image/png", "png"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{_OFFICE}wordprocessingml.document"
XLSX = f"{_OFFICE}spreadsheetml.sheet"
_EXTENSIONS = {**dict(_KINDS.values()), DOCX: "docx", XLSX: "xlsx"}


def media_type(content: bytes) -> str:
    """What the file is by its first bytes, whatever its name says; PDF, PNG or JPEG."""
    if len(content) > MAX_SCAN:
        raise Refused("BR-16", N_("Скан больше %(limit)s МБ"), field="scan", limit=MAX_SCAN // 1024 // 1024)
    kind = known_type(content)
    if kind is None:
        raise Refused("BR-16", N_("Скан — файл PDF, PNG или JPEG"), field="scan")
    return kind


def known_type(content: bytes) -> str | None:
    """PDF, PNG or JPEG by the first bytes; nothing for anything else."""
    return next((kind for start, (kind, _) in _KINDS.items() if content.startswith(start)), None)


def safe_name(filename: str, kind: str) -> str:
    """The name under which the scan is offered for download: no folders, one right extension."""
    stem = re.split(r"[/\\]", filename)[-1].rsplit(".", 1)[0]
    stem = re.sub(r"[^\w .,()№–—-]", "_", stem).strip(" .")[:150]
    return f"{stem or 'scan'}.{_EXTENSIONS[kind]}"


def fingerprint(content: bytes) -> str:
    """SHA-256 of the scan."""
    return hashlib.sha256(content).hexdigest()
