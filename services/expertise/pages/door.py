"""The blueprint that the files of the pages share, and choices for their forms."""

from collections.abc import Iterable
from enum import StrEnum

from flask import Blueprint
from flask_babel import gettext as _

from services.expertise.rules.labels import label

bp = Blueprint("expertise", __name__, template_folder="../templates")


def choices(members: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Members of a dictionary for a select, in the language of the reader."""
    return [(member.value, _(label(member))) for member in members]
