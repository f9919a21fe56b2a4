"""What the schemas of both directions share."""

from enum import StrEnum
from typing import Any

from marshmallow import fields


def choice(kind: type[StrEnum], **options: Any) -> fields.Enum:
    """A member of a dictionary, by its value."""
    return fields.Enum(kind, by_value=True, **options)
