"""The QR code of the checking page, as a picture each format can hold."""

from __future__ import annotations

import io

import segno

_QUIET_ZONE = 2


def svg(url: str) -> str:
    """For PDF: a drawing that stays sharp at any size."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=_QUIET_ZONE, xmldecl=False, scale=4)
    return out.getvalue().decode()


def png(url: str) -> bytes:
    """For DOCX: office programs print a bitmap more reliably."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", border=_QUIET_ZONE, scale=8)
    return out.getvalue()
