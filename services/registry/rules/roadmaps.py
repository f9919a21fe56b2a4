"""D-11, I-18: a roadmap's items — their due dates, marks of progress, states on any day — and its versions."""

from calendar import monthrange
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from services.registry.rules.labels import after
from services.registry.rules.project_kinds import DuePrecision, ItemState, ItemStep, Section, VersionState
from shared.refusal import N_, Refused, StateTable

K = TypeVar("K", bound=Hashable)
_S = ItemState
_UNFINISHED = frozenset({_S.PLANNED, _S.IN_PROGRESS, _S.MOVED})

#: Moves of an item (model 3.3). Work in progress stays in progress when its due date is moved.
ITEM_MOVES: StateTable[ItemState] = StateTable(
    {
        (_S.PLANNED, "START"): _S.IN_PROGRESS,
        (_S.MOVED, "START"): _S.IN_PROGRESS,
        (_S.IN_PROGRESS, "FINISH"): _S.DONE,
        (_S.PLANNED, "MOVE"): _S.MOVED,
        (_S.MOVED, "MOVE"): _S.MOVED,
        (_S.IN_PROGRESS, "MOVE"): _S.IN_PROGRESS,
        (_S.PLANNED, "CANCEL"): _S.CANCELLED,
        (_S.MOVED, "CANCEL"): _S.CANCELLED,
        (_S.IN_PROGRESS, "CANCEL"): _S.CANCELLED,
        (_S.DONE, "REOPEN"): _S.IN_PROGRESS,
        (_S.CANCELLED, "REOPEN"): _S.PLANNED,
    },
    rule="ROADMAP_ITEM",
)
_ITEM_REFUSALS = {
    "START": N_("Начать можно только пункт, который ещё не начат"),
    "FINISH": N_("Выполненным отмечают только начатый пункт"),
    "MOVE": N_("Перенести можно только срок незавершённого пункта"),
    "CANCEL": N_("Отменить можно только незавершённый пункт"),
    "REOPEN": N_("Снять отметку можно только с выполненного или отменённого пункта"),
}
VERSION_MOVES: StateTable[VersionState] = StateTable(
    {(VersionState.DRAFT, "approve"): VersionState.APPROVED}, rule="ROADMAP"
)


@dataclass(frozen=True)
class Mark:
    """A mark of progress as the rules see it; ``due`` is the last day of the new term of a MOVE."""

    step: ItemStep
    on: date
    version_no: int
    due: date | None = None


@dataclass(frozen=True)
class Standing:
    """What an item is on a day: its state, the last day of its term, the day it was done or cancelled."""

    state: ItemState
    due: date
    done_on: date | None = None
    cancelled_on: date | None = None


def last_day(day: date, precision: DuePrecision) -> date:
    """The last day of the due period: the day itself, the end of its month, quarter or year (D-11)."""
    if precision is DuePrecision.DAY:
        return day
    month = {DuePrecision.MONTH: day.month, DuePrecision.QUARTER: (day.month + 2) // 3 * 3}.get(precision, 12)
    return date(day.year, month, monthrange(day.year, month)[1])


def state_on(marks: Iterable[Mark], due: date, day: date, version_no: int = 1) -> Standing:
    """The state of an item on a day follows from its marks up to that day and from its due date (model 3.3).

    ``due`` is the last day of the term as the version in force on ``day`` has it; a move made under an
    earlier version is already a part of the later one, or was overruled by it. An unfinished item is
    overdue from the day after its due date.
    """
    found = _marked([mark for mark in marks if mark.on <= day], due, version_no)
    return replace(found, state=_S.OVERDUE) if found.state in _UNFINISHED and found.due < day else found


def stored_state(marks: Sequence[Mark], version_no: int) -> ItemState:
    """The state that the marks alone give: what an overdue item was before its term ran out."""
    return _marked(marks, date.max, version_no).state


def _marked(marks: Iterable[Mark], due: date, version_no: int) -> Standing:
    standing = Standing(_S.PLANNED, due)
    for mark in marks:
        if mark.step is ItemStep.MOVE and mark.version_no != version_no:
            continue
        state = ITEM_MOVES.after(standing.state, mark.step.value)
        standing = Standing(
            state,
            mark.due or standing.due,
            done_on=mark.on if state is _S.DONE else None,
            cancelled_on=mark.on if state is _S.CANCELLED else None,
        )
    return standing


def steps_from(state: ItemState) -> list[ItemStep]:
    """What may be marked on an item in this state."""
    return [step for step in ItemStep if ITEM_MOVES.allows(state, step.value)]


def check_mark(
    marks: Sequence[Mark],
    step: ItemStep,
    on: date,
    today: date,
    version_no: int,
    *,
    words: str | None,
    due: date | None = None,
) -> None:
    """A mark is dated not before the previous one nor in the future, and says on what it rests (model 3.3).

    DONE needs its evidence; a new term, a cancellation and a withdrawn mark need their reason.
    """
    after(ITEM_MOVES, stored_state(marks, version_no), step.value, _ITEM_REFUSALS)
    if on > today:
        raise Refused("ROADMAP_ITEM", N_("Дата отметки ещё не наступила"), field="on")
    if marks and on < marks[-1].on:
        raise Refused(
            "ROADMAP_ITEM",
            N_("Отметка не может быть раньше предыдущей: %(previous)s"),
            field="on",
            previous=marks[-1].on,
        )
    if step is ItemStep.FINISH and not (words and words.strip()):
        raise Refused("ROADMAP_ITEM", N_("Назовите, чем подтверждено выполнение"), field="evidence")
    if step in (ItemStep.MOVE, ItemStep.CANCEL, ItemStep.REOPEN) and not (words and words.strip()):
        raise Refused("ROADMAP_ITEM", N_("Укажите причину"), field="reason")
    if step is ItemStep.MOVE and (due is None or due < on):
        raise Refused("ROADMAP_ITEM", N_("Новый срок не может быть в прошлом"), field="due_on")


@dataclass(frozen=True)
class Progress:
    """I-18 on a day: items whose term has come, how many of them are done, how many are late."""

    due: int
    done: int
    late: int

    @property
    def percent(self) -> Decimal | None:
        """100 · DONE / ALL with due ≤ d; no items, no number (model 3.8)."""
        return _percent(self.done, self.due)

    @property
    def late_percent(self) -> Decimal | None:
        """The share of items done after their term or not done at all."""
        return _percent(self.late, self.due)


def progress(standings: Iterable[Standing], day: date) -> Progress:
    """I-18: of the items due by the day, cancelled ones left out, how many are done and how many are late."""
    counted = [one for one in standings if one.due <= day and one.state is not _S.CANCELLED]
    late = [one for one in counted if one.state is _S.OVERDUE or (one.done_on and one.done_on > one.due)]
    return Progress(len(counted), sum(one.state is _S.DONE for one in counted), len(late))


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


def numbers(sections: Iterable[Section]) -> list[str]:
    """Items are numbered inside their section, in order: 1.1, 1.2, 2.1 … (D-11)."""
    counts = dict.fromkeys(Section, 0)
    order = list(Section)
    found = []
    for section in sections:
        counts[section] += 1
        found.append(f"{order.index(section) + 1}.{counts[section]}")
    return found


@dataclass(frozen=True)
class Line:
    """What an item says; two versions are compared by it."""

    section: Section
    title: str
    due: date
    precision: DuePrecision
    responsible: str
    result: str


@dataclass(frozen=True)
class Comparison:
    """How a version differs from the previous one; ``changed`` names the parts of each changed item."""

    added: list[object]
    removed: list[object]
    changed: dict[object, list[str]]


def compare(old: Mapping[K, Line], new: Mapping[K, Line]) -> Comparison:
    """A version against the previous one: items added, removed, changed, and in what (S-053)."""
    changed: dict[object, list[str]] = {}
    for key in new:
        if key in old:
            parts = [
                part.name
                for part in fields(Line)
                if getattr(old[key], part.name) != getattr(new[key], part.name)
            ]
            if parts:
                changed[key] = parts
    return Comparison([key for key in new if key not in old], [key for key in old if key not in new], changed)


def check_approval(
    items: int,
    on: date,
    today: date,
    *,
    previous: date | None,
    bases: Sequence[date],
    signed: str,
) -> None:
    """A roadmap is approved with its items, by a named person, on the ground of one act or agreement (S-053).

    ``previous`` is the day of the version before; ``bases`` are the dates of the grounds given.
    """
    if not items:
        raise Refused("ROADMAP", N_("В карте нет ни одного пункта"))
    if not signed.strip():
        raise Refused("ROADMAP", N_("Укажите, кто утвердил карту"), field="approved_by")
    if len(bases) != 1:
        raise Refused("ROADMAP", N_("Основание утверждения — один акт или один договор"), field="act_id")
    if on > today:
        raise Refused("ROADMAP", N_("Дата утверждения ещё не наступила"), field="approved_on")
    if on < bases[0]:
        raise Refused(
            "ROADMAP", N_("Основание датировано позже: %(dated)s"), field="approved_on", dated=bases[0]
        )
    if previous is not None and on <= previous:
        raise Refused(
            "ROADMAP",
            N_("Новая версия утверждается позже прежней, после %(previous)s"),
            field="approved_on",
            previous=previous,
        )


def approve(state: VersionState) -> VersionState:
    """Only a draft is approved; an approved version is never edited (D-11)."""
    return after(
        VERSION_MOVES, state, "approve", {"approve": N_("Утвердить можно только проект дорожной карты")}
    )


def check_draft(state: VersionState) -> None:
    """Items are entered, changed and dropped in a draft only; an approved version is never edited (D-11)."""
    if state is not VersionState.DRAFT:
        raise Refused("ROADMAP", N_("Утверждённую версию не правят: составьте новую"))
