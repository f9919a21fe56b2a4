"""S-055, S-086, I-22: support cases — threads between the operator and a municipality."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from services.registry.rules.labels import after
from services.registry.rules.project_kinds import CaseSide, CaseState, EntryKind
from shared.refusal import N_, Refused, StateTable

_C = CaseState
#: «ask» is a message of the side that opened the case, «answer» one of the other side.
CASE_MOVES: StateTable[CaseState] = StateTable(
    {
        (_C.OPEN, "ask"): _C.OPEN,
        (_C.OPEN, "answer"): _C.ANSWERED,
        (_C.ANSWERED, "answer"): _C.ANSWERED,
        (_C.ANSWERED, "ask"): _C.OPEN,
        (_C.OPEN, "close"): _C.CLOSED,
        (_C.ANSWERED, "close"): _C.CLOSED,
        (_C.CLOSED, "reopen"): _C.OPEN,
    },
    rule="CASE",
)
_REFUSALS = {
    "ask": N_("Закрытое обращение сначала откройте снова"),
    "answer": N_("Закрытое обращение сначала откройте снова"),
    "close": N_("Обращение уже закрыто"),
    "reopen": N_("Снова открывают только закрытое обращение"),
}
#: Working days without an answer after which the waiting side is reminded.
REMIND_AFTER = 3


def move(state: CaseState, action: str) -> CaseState:
    """The state after an action: open, answered, closed with a result, open again (S-086)."""
    return after(CASE_MOVES, state, action, _REFUSALS)


def spoken(opener: CaseSide, author: CaseSide) -> str:
    """Whether a message asks or answers: the side that opened the case asks, the other answers."""
    return "ask" if author is opener else "answer"


def awaited(state: CaseState, last: CaseSide) -> CaseSide | None:
    """Who must speak next: the side that did not speak last; in a closed case nobody (S-055)."""
    if state is _C.CLOSED:
        return None
    return CaseSide.REQUESTER if last is CaseSide.OPERATOR else CaseSide.OPERATOR


def working_days(since: date, until: date) -> int:
    """Working days after ``since`` up to ``until``: Monday to Friday; public holidays are not known here."""
    days = (until - since).days
    return sum((since + timedelta(days=number)).weekday() < 5 for number in range(1, days + 1))


def is_due(since: date, today: date) -> bool:
    """A reminder is due after three working days without an answer (S-086)."""
    # Two weeks of silence are always more; the count stays short for cases years old.
    return (today - since).days > 14 or working_days(since, today) > REMIND_AFTER


def words(text: str, field: str = "text") -> str:
    """An entry of a thread says something; a closing says the result, a reopening its reason (S-086)."""
    if not text.strip():
        raise Refused("CASE", N_("Напишите текст"), field=field)
    return text


@dataclass(frozen=True)
class Closing:
    """A closing or a reopening of a case opened on a day."""

    opened_on: date
    kind: EntryKind
    on: date


@dataclass(frozen=True)
class CaseNumbers:
    """I-22 for a period: cases opened, cases closed, the median of days from opening to closing."""

    opened: int
    closed: int
    median_days: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """Closed to opened; nothing opened, no number."""
        return (Decimal(100 * self.closed) / self.opened).quantize(Decimal("0.1")) if self.opened else None


def case_numbers(
    opened: Sequence[date], ends: Iterable[Sequence[Closing]], first: date, last: date
) -> CaseNumbers:
    """I-22 of a period: a case is closed in it when its last closing or reopening so far is a closing in it.

    ``ends`` has the closings and reopenings of each case in their order.
    """
    terms = []
    for history in ends:
        known = [one for one in history if one.on <= last]
        if known and known[-1].kind is EntryKind.CLOSING and known[-1].on >= first:
            terms.append(Decimal((known[-1].on - known[-1].opened_on).days))
    return CaseNumbers(
        opened=sum(first <= day <= last for day in opened),
        closed=len(terms),
        median_days=median(terms) if terms else None,
    )
