"""Names by date, as copies of registry's facts keep them: the name of a day is printed, not today's (BR-06, BR-11).

Registry tells the names of a municipality and of an organisation with the day from which each is valid; a copy that
was made before it told them has none and knows only the present name, until registry tells it again (replay).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

#: The earliest first; a name without a day has been valid «always».
Names = Sequence[Mapping[str, Any]]


def kept(told: Iterable[tuple[date | None, str]]) -> list[dict[str, Any]]:
    """Names as a JSON column holds them, the earliest first."""
    ordered = sorted(told, key=lambda one: one[0] or date.min)
    return [{"valid_from": since and since.isoformat(), "name": name} for since, name in ordered]


def name_on(names: Names, on: date, present: str) -> str:
    """The name valid on a day: the latest that has begun, else the earliest known (BR-06, BR-11)."""
    if not names:
        return present
    begun = [one for one in names if not one["valid_from"] or date.fromisoformat(one["valid_from"]) <= on]
    return str((begun or names[:1])[-1]["name"])


def short_name_on(names: Names, on: date, *, full_name: str, short_name: str) -> str:
    """The short name while the full name of the day is the present one: short names have no history of their own.

    Under an earlier full name the organisation is called by that name (BR-06).
    """
    named = name_on(names, on, full_name)
    return short_name if short_name and named == full_name else named
