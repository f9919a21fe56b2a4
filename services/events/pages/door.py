"""The blueprint that the files of the pages share, and choices for their forms."""

from enum import StrEnum

from flask import Blueprint
from flask_babel import gettext as _

from services.events.rules.labels import label

bp = Blueprint("events", __name__, template_folder="../templates")


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Members of a dictionary for a select, in the language of the reader."""
    return [(member.value, _(label(member))) for member in kind]
