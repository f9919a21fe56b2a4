"""Fields that the schemas of the registry share."""

from datetime import date
from enum import StrEnum
from typing import Any

from marshmallow import fields, validate

from services.registry.rules.facts import ALWAYS, FOREVER, UNTIL_CORRECTED


class Day(fields.Date):
    """A calendar date of this network's time: nothing before 1900 or after 2100 is meant seriously."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Range(min=date(1900, 1, 1), max=date(2100, 12, 31)), **options)


class OpenDay(fields.Date):
    """A day of a fact; nothing where it has always been so, or holds until further notice."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value in (ALWAYS, FOREVER) else super()._serialize(value, attr, obj, **kwargs)


class OpenMoment(fields.AwareDateTime):
    """The moment at which a fact ceased to be known; nothing while it is."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value == UNTIL_CORRECTED else super()._serialize(value, attr, obj, **kwargs)


def choice(kind: type[StrEnum], **options: Any) -> fields.Enum:
    """One code of a dictionary."""
    return fields.Enum(kind, by_value=True, **options)


def maybe(kind: type[fields.Field], **options: Any) -> fields.Field:
    """A field that may be left out or empty."""
    return kind(load_default=None, allow_none=True, **options)


def several(**options: Any) -> fields.List:
    """Identifiers of several things."""
    return fields.List(fields.UUID(), validate=validate.Length(max=200), **options)
