"""Scans of signed agreements and files of threads and acts: what is accepted (BR-16, S-086, F8)."""

from shared.files import DOCX, MAX_FILE, PDF, known_type, scan_type
from shared.refusal import N_, Refused


def media_type(content: bytes) -> str:
    """What a scan is by its first bytes, whatever its name says; PDF, PNG or JPEG (BR-16)."""
    if len(content) > MAX_FILE:
        raise Refused("BR-16", N_("Скан больше %(limit)s МБ"), field="scan", limit=MAX_FILE // 1024 // 1024)
    kind = scan_type(content)
    if kind is None:
        raise Refused("BR-16", N_("Скан — файл PDF, PNG или JPEG"), field="scan")
    return kind


def attachment_type(content: bytes) -> str:
    """What a file of a thread is: PDF, PNG, JPEG, or an office document without macros (S-086)."""
    _check_size("FILE", content)
    kind = known_type(content)
    if kind is None:
        raise Refused("FILE", N_("Файл — PDF, PNG, JPEG, DOCX или XLSX без макросов"), field="file")
    return kind


def act_type(content: bytes) -> str:
    """The text of an act is a PDF or DOCX file of the same size as a scan (F8)."""
    _check_size("F8", content)
    kind = known_type(content)
    if kind not in (PDF, DOCX):
        raise Refused("F8", N_("Текст акта — файл PDF или DOCX"), field="file")
    return kind


def _check_size(rule: str, content: bytes) -> None:
    if len(content) > MAX_FILE:
        raise Refused(rule, N_("Файл больше %(limit)s МБ"), field="file", limit=MAX_FILE // 1024 // 1024)
