"""Fields that several schemas share."""

from enum import StrEnum
from typing import Any

from marshmallow import fields, validate

WHOLE = validate.Range(min=1, max=10_000)
VOTES = validate.Range(min=0, max=10_000)


def enum(kind: type[StrEnum], **options: Any) -> fields.Enum[Any]:
    """A member of a dictionary by its value."""
    return fields.Enum(kind, by_value=True, **options)


def decimal() -> fields.Decimal:
    """An exact number, as text."""
    return fields.Decimal(as_string=True)
