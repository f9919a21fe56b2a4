"""What a cabinet says must be done today, and how much of a long list it shows (model 3.6)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

from services.registry.rules.kinds import ReportState
from shared.person import Role
from shared.refusal import N_

T = TypeVar("T")

#: How many lines of a list a cabinet shows; the rest stands in the register.
SHOWN = 7
#: How long before its day a term of a roadmap or a consent is worth a line.
AHEAD = timedelta(days=30)
#: What an organisation's card should say of it, in the order of the card; the operator enters it (S-055).
DETAILS: Mapping[str, str] = {
    "inn": N_("ИНН"),
    "ogrn": N_("ОГРН"),
    "address": N_("адрес"),
    "site": N_("сайт"),
    "email": N_("электронная почта"),
    "phone": N_("телефон"),
    "head": N_("руководитель"),
}
_HAND_IN = frozenset({ReportState.OPEN, ReportState.OVERDUE, ReportState.RETURNED})
_WATCH = frozenset({ReportState.OVERDUE, ReportState.SUBMITTED})


@dataclass(frozen=True)
class Shortlist(Generic[T]):
    """The first lines of a list, and how many there are in all."""

    items: Sequence[T] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """How many lines are not shown."""
        return self.total - len(self.items)

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def first(rows: Iterable[T], total: int | None = None) -> Shortlist[T]:
    """The first lines of a list, at most seven (model 3.6)."""
    found = list(rows)
    return Shortlist(found[:SHOWN], len(found) if total is None else total)


def comes_up(day: date | None, today: date) -> bool:
    """A term comes up when it ends within 30 days; a passed one is another matter (model 3.6)."""
    return day is not None and today <= day <= today + AHEAD


def awaited_reports(roles: Collection[Role]) -> frozenset[ReportState]:
    """Whose turn it is: holders hand reports in, the operator judges them and watches the overdue (BR-24)."""
    turns: frozenset[ReportState] = frozenset()
    if Role.OPERATOR in roles:
        turns |= _WATCH
    if {Role.TMS, Role.EDU_AUTHORITY, Role.ORGANISATION}.intersection(roles):
        turns |= _HAND_IN
    return turns


def missing_details(known: Mapping[str, object]) -> list[str]:
    """What an organisation's card does not say yet, in words (S-055)."""
    return [words for name, words in DETAILS.items() if not known.get(name)]


def share(part: int, whole: int | None) -> Decimal | None:
    """Innovation organisations to all of a municipality, in percent (I-01); without a count no number."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None
