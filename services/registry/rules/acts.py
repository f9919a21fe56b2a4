"""BR-01…BR-06: normative acts, when they are in force and how they change one another."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from services.registry.rules.kinds import ActState, RelationType
from services.registry.rules.names import clean, search_key
from shared.refusal import N_, Refused

#: Relations that change the target's text or life; they must not form a cycle (BR-03).
CHANGING = frozenset({RelationType.AMENDS, RelationType.REPEALS, RelationType.REPLACES})
#: Relations that end the target's force (BR-04).
ENDING = frozenset({RelationType.REPEALS, RelationType.REPLACES})

MAX_NUMBER = 64
T = TypeVar("T")


def number_key(number: str | None) -> str:
    """How numbers of acts and agreements are compared: trimmed, without «№» and spaces (BR-02)."""
    key = "".join(clean(number or "").replace("№", "").split()).casefold()
    if len(key) > MAX_NUMBER:
        raise Refused("BR-02", N_("Номер длиннее %(limit)s знаков"), field="number", limit=MAX_NUMBER)
    return key


def identity_number(number: str | None, title: str) -> str:
    """The number in the unique key of an act; an act without a number is told by its title (BR-01)."""
    return number_key(number) or "б/н " + search_key(title)[:200]


def entry_into_force(dated: date, in_force_from: date | None) -> date:
    """An act enters into force on its own date unless it names a later one (BR-04)."""
    if in_force_from is not None and in_force_from < dated:
        raise Refused(
            "BR-04",
            N_("Акт не может вступить в силу раньше своей даты %(dated)s"),
            field="in_force_from",
            dated=dated,
        )
    return in_force_from or dated


def state_on(in_force_from: date | None, in_force_to: date | None, on: date) -> ActState:
    """In force on d when in_force_from ≤ d and in_force_to is empty or later than d (BR-04)."""
    if in_force_from is None or on < in_force_from:
        return ActState.NOT_YET
    return ActState.IN_FORCE if in_force_to is None or on < in_force_to else ActState.REPEALED


def end_of_target(target_to: date | None, source_from: date) -> date:
    """A repealing act ends its target on its own date of entry; an earlier end stands (BR-04)."""
    return source_from if target_to is None else min(target_to, source_from)


def is_citation_stale(in_force_to: date | None, document_date: date) -> bool:
    """Citing an act in a document dated after its end deserves a warning, not an error (BR-05)."""
    return in_force_to is not None and document_date >= in_force_to


def check_relation(
    kind: RelationType,
    source: tuple[UUID, date],
    target: tuple[UUID, date] | None,
    changes: Mapping[UUID, Collection[UUID]],
) -> None:
    """Acts change only older acts and never in a circle, at any depth (BR-03).

    ``changes`` has, for every act, the acts it already amends, repeals or replaces.
    """
    if target is None or kind not in CHANGING:
        return
    if source[0] == target[0]:
        raise Refused("BR-03", N_("Акт не может изменять сам себя"), field="target_id")
    if source[1] < target[1]:
        raise Refused(
            "BR-03",
            N_("Изменяющий акт (%(source)s) не может быть старше изменяемого (%(target)s)"),
            field="target_id",
            source=source[1],
            target=target[1],
        )
    if source[0] in reachable(target[0], changes):
        raise Refused(
            "BR-03", N_("Связь замыкает круг: изменяемый акт сам изменяет этот акт"), field="target_id"
        )


def reachable(start: T, edges: Mapping[T, Collection[T]]) -> set[T]:
    """Everything that can be reached from ``start``, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        fresh = set(edges.get(waiting.pop(), ())) - seen
        seen |= fresh
        waiting.extend(fresh)
    return seen


def amend_paths(start: T, amends: Mapping[T, Sequence[T]]) -> list[list[T]]:
    """All chains of amendments that begin with an act: A11 → A10 → A07 (BR-03; A10 branches to A06 too).

    Branches come in the order in which ``amends`` lists them.
    """
    paths = [[start, *path] for target in amends.get(start, ()) for path in amend_paths(target, amends)]
    return paths or [[start]]
