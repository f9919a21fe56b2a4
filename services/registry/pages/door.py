"""The blueprint that the files of the pages share, and choices for their forms."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from flask import Blueprint, has_request_context, request
from flask_babel import gettext as _
from marshmallow import EXCLUDE, ValidationError

from services.registry.rules.labels import label
from services.registry.schemas.filters import AsOfFilter
from shared.documents import qr
from shared.web.schema import InSchema

bp = Blueprint("registry", __name__, template_folder="../templates")


def choices(kind: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Members of a dictionary for a select, in the language of the reader."""
    return [(member.value, _(label(member))) for member in kind]


def wanted(schema: type[InSchema]) -> dict[str, Any]:
    """The filter of a register as the address has it; what cannot be read is no filter."""
    given = {key: value for key, value in request.args.items() if value.strip()}
    try:
        return dict(schema(unknown=EXCLUDE).load(given))
    except ValidationError as fault:
        readable = {key: value for key, value in given.items() if key not in fault.normalized_messages()}
        return dict(schema(unknown=EXCLUDE).load(readable))


@bp.app_template_global("asked_day")
def as_of() -> dict[str, Any]:
    """The day and the knowledge that the header asks for: ``on`` and ``known``."""
    return wanted(AsOfFilter)


@bp.url_defaults
def keep_as_of(_endpoint: str, values: dict[str, Any]) -> None:
    """Every link of a page about a past day leads to pages about the same day (F7)."""
    if has_request_context():
        for name in ("on", "known"):
            if request.args.get(name):
                values.setdefault(name, request.args[name])


def page_number() -> int:
    """Which page of a list the address asks for."""
    return max(1, request.args.get("page", 1, type=int))


def qr_picture(text: str) -> str:
    """A QR code as an image address; it is drawn here, so the text never leaves for somebody else's host."""
    return "data:image/svg+xml," + quote(qr.svg(text))
