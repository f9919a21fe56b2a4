"""BR-01…BR-06: normative acts, when they are in force and how they change one another."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from services.registry.rules.kinds import ActKind, ActState, RelationType
from services.registry.rules.labels import after
from services.registry.rules.names import clean, search_key
from shared.bibliography import number_order
from shared.refusal import N_, Refused, StateTable

_S = ActState
#: The life of an act (model 3.3). Its term ends by itself; a mistaken repeal is withdrawn, not undone.
ACT_MOVES: StateTable[ActState] = StateTable(
    {
        (_S.DRAFT, "approve"): _S.IN_FORCE,
        (_S.DRAFT, "reject"): _S.REJECTED,
        (_S.NOT_YET, "amend"): _S.NOT_YET,
        (_S.IN_FORCE, "amend"): _S.IN_FORCE,
        (_S.NOT_YET, "repeal"): _S.REPEALED,
        (_S.IN_FORCE, "repeal"): _S.REPEALED,
        (_S.IN_FORCE, "end_term"): _S.REPEALED,
    },
    rule="ACT_STATE",
)
_REFUSALS = {
    "approve": N_("Утвердить можно только проект акта"),
    "reject": N_("Отклонить можно только проект акта"),
    "amend": N_("Изменить можно только акт, не утративший силу на дату изменения"),
    "repeal": N_("Отменить можно только акт, не утративший силу на дату отмены"),
    "end_term": N_("Срок заканчивается только у действующего акта"),
}

#: Relations that change the target's text or life; they must not form a cycle (BR-03).
CHANGING = frozenset({RelationType.AMENDS, RelationType.REPEALS, RelationType.REPLACES})
#: Relations that end the target's force, when they name no clause of it (BR-04).
ENDING = frozenset({RelationType.REPEALS, RelationType.REPLACES})
#: Kinds of acts that live without a number.
UNNUMBERED = frozenset({ActKind.RESOLUTION, ActKind.REGULATION, ActKind.OTHER})

MAX_NUMBER = 64
MAX_CLAUSE = 60
T = TypeVar("T")


def move(state: ActState, action: str) -> ActState:
    """The state after an action, or a refusal that says what the action needs (model 3.3)."""
    return after(ACT_MOVES, state, action, _REFUSALS)


def number_key(number: str | None) -> str:
    """How numbers of acts and agreements are compared: trimmed, without «№» and spaces (BR-02)."""
    key = "".join(clean(number or "").replace("№", "").split()).casefold()
    if len(key) > MAX_NUMBER:
        raise Refused("BR-02", N_("Номер длиннее %(limit)s знаков"), field="number", limit=MAX_NUMBER)
    return key


def identity_number(number: str | None, title: str) -> str:
    """The number in the unique key of an act; an act without a number is told by its title (BR-01)."""
    return number_key(number) or "б/н " + search_key(title)[:200]


def clause(text: str | None) -> str:
    """A clause as people name it; empty stands for the act as a whole (F8)."""
    kept = clean(text or "")
    if len(kept) > MAX_CLAUSE:
        raise Refused("BR-03", N_("Пункт длиннее %(limit)s знаков"), field="target_clause", limit=MAX_CLAUSE)
    return kept


def address(url: str | None) -> str | None:
    """The published text is on the web: an address that a browser may follow safely (F8)."""
    if not url:
        return None
    if not re.match(r"https?://[^\s/]", url):
        raise Refused("F8", N_("Адрес начинается с https:// или http://"), field="url")
    return url


def check_approval(kind: ActKind, number: str | None, dated: date, today: date) -> None:
    """A draft becomes an act with its number and a date that has come (model 3.3: approve[number, date])."""
    if not number_key(number) and kind not in UNNUMBERED:
        raise Refused("ACT_STATE", N_("Укажите номер акта"), field="number")
    if dated > today:
        raise Refused("ACT_STATE", N_("Дата акта ещё не наступила"), field="date")


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


def check_term(in_force_from: date, term_to: date | None) -> None:
    """An act with a term is in force at least one day; the day named is the first without it (BR-04)."""
    if term_to is not None and term_to <= in_force_from:
        raise Refused(
            "BR-04",
            N_("Акт утрачивает силу не раньше, чем вступает в неё: %(begins)s"),
            field="in_force_to",
            begins=in_force_from,
        )


def state_on(in_force_from: date | None, in_force_to: date | None, on: date) -> ActState:
    """In force on d when in_force_from ≤ d and in_force_to is empty or later than d (BR-04)."""
    if in_force_from is None or on < in_force_from:
        return ActState.NOT_YET
    return ActState.IN_FORCE if in_force_to is None or on < in_force_to else ActState.REPEALED


def ends(kind: RelationType, target_clause: str | None) -> bool:
    """Whether a relation ends the whole target; a partial repeal ends only the clause it names (BR-04)."""
    return kind in ENDING and not target_clause


def end_of_force(term_to: date | None, repealed_on: Iterable[date]) -> date | None:
    """The end of an act: its term, or the earliest entry into force of an act that repeals it (BR-04)."""
    return min((day for day in (term_to, *repealed_on) if day is not None), default=None)


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


def check_force_of_target(kind: RelationType, target_clause: str | None, state: ActState) -> None:
    """No amendment and no repeal of an act that is out of force on that day (F8)."""
    if kind in CHANGING:
        try:
            move(state, "repeal" if ends(kind, target_clause) else "amend")
        except Refused as refusal:
            raise Refused(refusal.rule, refusal.text, field="target_id", **refusal.params) from None


def reachable(start: T, edges: Mapping[T, Collection[T]]) -> set[T]:
    """Everything that can be reached from ``start``, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        fresh = set(edges.get(waiting.pop(), ())) - seen
        seen |= fresh
        waiting.extend(fresh)
    return seen


def amend_paths(start: T, amends: Mapping[T, Sequence[T]]) -> Iterator[list[T]]:
    """All chains of amendments that begin with an act: A11 → A10 → A07 (BR-03; A10 branches to A06 too).

    Branches come in the order in which ``amends`` lists them; chains may be of any depth.
    """
    waiting = [[start]]
    while waiting:
        path = waiting.pop()
        further = amends.get(path[-1], ())
        if not further:
            yield path
        waiting.extend([*path, target] for target in reversed(further))


def redaction(
    start: T, amended_by: Mapping[T, Collection[T]], order: Mapping[T, tuple[date, str | None]]
) -> list[T]:
    """The acts that changed an act, amendments of amendments among them, by date and number (F8).

    ``order`` has the date and number of every act of ``amended_by`` that has to be applied.
    """
    applied = [key for key in reachable(start, amended_by) if key != start and key in order]
    return sorted(applied, key=lambda key: (order[key][0], number_order(order[key][1]), str(key)))
