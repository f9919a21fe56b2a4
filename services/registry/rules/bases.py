"""F7, F8: what rests on an act, and when a basis is not valid."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from services.registry.rules.acts import reachable
from services.registry.rules.kinds import ActState, BasisFault, RelationType

T = TypeVar("T")

#: What an act does to a thing that then rests on it.
FOUNDING = frozenset({RelationType.APPROVES, RelationType.LAUNCHES, RelationType.AWARDS})
#: The same without what is over by itself: a contest that was launched stays launched.
LASTING = frozenset({RelationType.APPROVES, RelationType.AWARDS})


def resting_on(acts: Iterable[T], grounds: Mapping[T, Collection[T]]) -> set[T]:
    """Acts that lose their ground with the given ones, at any depth (F8).

    ``grounds`` has, for every act, the acts that were issued on its ground or approved by it.
    """
    found: set[T] = set()
    for act in acts:
        for resting in grounds.get(act, ()):
            if resting not in found:
                found |= reachable(resting, grounds)
    return found


def fault(
    *, started: ActState = ActState.IN_FORCE, out_now: bool = False, undermined: bool = False
) -> BasisFault | None:
    """A basis is valid when its act was in force at the start, is so now, and so is all that it rests on."""
    if started is not ActState.IN_FORCE:
        return BasisFault.OUT_AT_START
    if out_now:
        return BasisFault.OUT_NOW
    return BasisFault.UNDERMINED if undermined else None
