"""Places inside a nomination and what separated the equal (BR-52, BR-53)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from services.expertise.rules.vocabulary import TieBreaker


@dataclass(frozen=True)
class Contender:
    """What ranking needs to know about an entry.

    ``stages_passed`` puts those who were let into the in-person stage above those who were not.
    """

    entry_id: UUID
    final: Decimal
    submitted_at: datetime
    stages_passed: int = 1
    priority: Decimal | None = None
    in_person: Decimal | None = None
    votes: int | None = None


@dataclass(frozen=True)
class Place:
    """A place and the tie-breakers that were needed to find it, in the order of use."""

    entry_id: UUID
    place: int
    tie_breakers: tuple[TieBreaker, ...] = ()


_Group = list[Contender]
_KEYS: dict[TieBreaker, Callable[[Contender], Any]] = {
    TieBreaker.PRIORITY: lambda one: None if one.priority is None else -one.priority,
    TieBreaker.IN_PERSON: lambda one: None if one.in_person is None else -one.in_person,
    TieBreaker.VOTE: lambda one: None if one.votes is None else -one.votes,
    TieBreaker.EARLIER: lambda one: one.submitted_at,
}


def rank(contenders: Iterable[Contender], tie: Sequence[TieBreaker]) -> list[Place]:
    """Places are «1, 2, 2, 4»; equal scores are separated in the edition's order (BR-52, BR-53).

    A tie-breaker unknown for one of the tied entries (no in-person stage, no vote yet) is not applied.
    """
    places: list[Place] = []
    for group in _cut(list(contenders), lambda one: (-one.stages_passed, -one.final)):
        for tied, applied in _split(group, tuple(tie)):
            place = len(places) + 1
            places.extend(Place(one.entry_id, place, applied) for one in tied)
    return places


def _split(
    group: _Group, tie: tuple[TieBreaker, ...], applied: tuple[TieBreaker, ...] = ()
) -> list[tuple[_Group, tuple[TieBreaker, ...]]]:
    if len(group) == 1 or not tie:
        return [(sorted(group, key=lambda one: one.entry_id), applied)]
    breaker, rest = tie[0], tie[1:]
    key = _KEYS[breaker]
    if any(key(one) is None for one in group):
        return _split(group, rest, applied)
    parts = _cut(group, key)
    if len(parts) == 1:
        return _split(group, rest, applied)
    return [answer for part in parts for answer in _split(part, rest, (*applied, breaker))]


def _cut(group: _Group, key: Callable[[Contender], Any]) -> list[_Group]:
    return [list(part) for _, part in groupby(sorted(group, key=key), key=key)]
