"""D-11, I-18: due dates, marks of progress, states on any day, versions compared, approval."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import roadmaps
from services.registry.rules.project_kinds import DuePrecision, ItemState, ItemStep, Section, VersionState
from services.registry.rules.roadmaps import ITEM_MOVES, Line, Mark, Standing, state_on
from shared.refusal import Refused

D = date
S, P = ItemState, DuePrecision
DUE = D(2020, 6, 30)


@pytest.mark.parametrize(
    ("day", "precision", "last"),
    [
        (D(2020, 2, 5), P.DAY, D(2020, 2, 5)),
        (D(2020, 2, 5), P.MONTH, D(2020, 2, 29)),
        (D(2021, 12, 1), P.MONTH, D(2021, 12, 31)),
        (D(2020, 1, 31), P.QUARTER, D(2020, 3, 31)),
        (D(2020, 4, 1), P.QUARTER, D(2020, 6, 30)),
        (D(2020, 10, 10), P.QUARTER, D(2020, 12, 31)),
        (D(2020, 5, 5), P.YEAR, D(2020, 12, 31)),
    ],
)
def test_a_term_ends_with_its_period(day: date, precision: DuePrecision, last: date) -> None:
    assert roadmaps.last_day(day, precision) == last


def mark(step: str, on: date, version: int = 1, due: date | None = None) -> Mark:
    return Mark(ItemStep(step), on, version, due)


STORY = [
    mark("MOVE", D(2020, 3, 1), due=D(2020, 5, 31)),
    mark("START", D(2020, 4, 1)),
    mark("MOVE", D(2020, 5, 1), due=D(2020, 8, 31)),
    mark("FINISH", D(2020, 9, 15)),
    mark("REOPEN", D(2020, 9, 20)),
    mark("CANCEL", D(2020, 10, 1)),
]


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (D(2020, 2, 28), Standing(S.PLANNED, DUE)),
        (D(2020, 3, 1), Standing(S.MOVED, D(2020, 5, 31))),
        (D(2020, 4, 1), Standing(S.IN_PROGRESS, D(2020, 5, 31))),
        (D(2020, 5, 1), Standing(S.IN_PROGRESS, D(2020, 8, 31))),
        (D(2020, 8, 31), Standing(S.IN_PROGRESS, D(2020, 8, 31))),
        (D(2020, 9, 1), Standing(S.OVERDUE, D(2020, 8, 31))),
        (D(2020, 9, 15), Standing(S.DONE, D(2020, 8, 31), done_on=D(2020, 9, 15))),
        (D(2020, 9, 20), Standing(S.OVERDUE, D(2020, 8, 31))),
        (D(2020, 10, 1), Standing(S.CANCELLED, D(2020, 8, 31), cancelled_on=D(2020, 10, 1))),
    ],
)
def test_the_state_of_any_past_day_follows_from_the_marks(day: date, standing: Standing) -> None:
    assert state_on(STORY, DUE, day) == standing


def test_overdue_begins_on_the_day_after_the_term() -> None:
    assert state_on([], DUE, DUE).state is S.PLANNED
    assert state_on([], DUE, DUE + timedelta(1)).state is S.OVERDUE


def test_a_move_of_an_earlier_version_does_not_shift_the_later_one() -> None:
    """The approved version has the last word about the term; what was begun stays begun."""
    marks = [mark("START", D(2020, 1, 1)), mark("MOVE", D(2020, 2, 1), 1, D(2020, 12, 31))]
    assert state_on(marks, DUE, D(2020, 3, 1), 1).due == D(2020, 12, 31)
    assert state_on(marks, DUE, D(2020, 3, 1), 2) == Standing(S.IN_PROGRESS, DUE)


@st.composite
def histories(draw: st.DrawFn) -> list[Mark]:
    """Marks as they may really follow one another."""
    state, day, marks = S.PLANNED, D(2020, 1, 1), []
    for _ in range(draw(st.integers(0, 8))):
        day += timedelta(draw(st.integers(0, 40)))
        step = draw(st.sampled_from(roadmaps.steps_from(state)))
        due = day + timedelta(draw(st.integers(0, 90))) if step is ItemStep.MOVE else None
        marks.append(Mark(step, day, 1, due))
        state = ITEM_MOVES.after(state, step.value)
    return marks


@given(histories(), st.dates(D(2019, 12, 1), D(2022, 1, 1)))
def test_what_is_marked_later_changes_no_earlier_day(marks: Sequence[Mark], day: date) -> None:
    """The state on a day is the same whether or not the later marks are already there (F7)."""
    known = [one for one in marks if one.on <= day]
    assert state_on(marks, DUE, day) == state_on(known, DUE, day)


@given(histories())
def test_marks_alone_never_say_overdue(marks: Sequence[Mark]) -> None:
    """Whatever was moved, the next mark is refused or taken by the stored state."""
    stored = roadmaps.stored_state(marks, 1)
    assert stored is not S.OVERDUE
    assert roadmaps.steps_from(stored)


@given(histories(), st.dates(D(2019, 12, 1), D(2022, 1, 1)))
def test_overdue_is_exactly_unfinished_past_its_term(marks: Sequence[Mark], day: date) -> None:
    found = state_on(marks, DUE, day)
    stored = roadmaps.stored_state([one for one in marks if one.on <= day], 1)
    finished = stored in (S.DONE, S.CANCELLED)
    assert (found.state is S.OVERDUE) == (not finished and found.due < day)
    assert (found.done_on is not None) == (found.state is S.DONE)


TODAY = D(2020, 7, 1)
STARTED = [mark("START", D(2020, 4, 1))]


@pytest.mark.parametrize(
    ("marks", "step", "on", "words", "due", "field"),
    [
        ([], "FINISH", TODAY, "протокол", None, None),
        (STARTED, "START", TODAY, None, None, None),
        (STARTED, "REOPEN", TODAY, "ошибка", None, None),
        (STARTED, "FINISH", TODAY + timedelta(1), "протокол", None, "on"),
        (STARTED, "FINISH", D(2020, 3, 31), "протокол", None, "on"),
        (STARTED, "FINISH", TODAY, " ", None, "evidence"),
        (STARTED, "CANCEL", TODAY, None, None, "reason"),
        (STARTED, "MOVE", TODAY, "", D(2020, 12, 31), "reason"),
        (STARTED, "MOVE", TODAY, "нет средств", D(2020, 6, 30), "due_on"),
        ([*STARTED, mark("FINISH", D(2020, 5, 1))], "CANCEL", TODAY, "нет", None, None),
    ],
)
def test_marks_that_are_refused(
    marks: list[Mark], step: str, on: date, words: str | None, due: date | None, field: str | None
) -> None:
    with pytest.raises(Refused, match="ROADMAP_ITEM") as refused:
        roadmaps.check_mark(marks, ItemStep(step), on, TODAY, 1, words=words, due=due)
    assert refused.value.field == field


def test_an_overdue_item_may_still_be_started_and_done() -> None:
    roadmaps.check_mark([], ItemStep.START, TODAY, TODAY, 1, words=None)
    roadmaps.check_mark(STARTED, ItemStep.FINISH, TODAY, TODAY, 1, words="акт")
    roadmaps.check_mark(STARTED, ItemStep.MOVE, TODAY, TODAY, 1, words="перенос", due=TODAY)


def test_i18_counts_what_is_due_and_not_cancelled() -> None:
    day = D(2020, 12, 31)
    found = roadmaps.progress(
        [
            Standing(S.DONE, D(2020, 6, 30), done_on=D(2020, 6, 1)),
            Standing(S.DONE, D(2020, 6, 30), done_on=D(2020, 7, 1)),
            Standing(S.OVERDUE, D(2020, 11, 30)),
            Standing(S.IN_PROGRESS, D(2020, 12, 31)),
            Standing(S.CANCELLED, D(2020, 1, 31), cancelled_on=D(2020, 1, 1)),
            Standing(S.DONE, D(2021, 3, 31), done_on=D(2020, 12, 1)),
            Standing(S.PLANNED, D(2021, 3, 31)),
        ],
        day,
    )
    assert (found.due, found.done, found.late) == (4, 2, 2)
    assert (found.percent, found.late_percent) == (Decimal("50.0"), Decimal("50.0"))
    nothing = roadmaps.progress([], day)
    assert (nothing.percent, nothing.late_percent) == (None, None)


def test_items_are_numbered_inside_their_sections() -> None:
    n, i, d = Section
    assert roadmaps.numbers([n, n, i, d, d]) == ["1.1", "1.2", "2.1", "3.1", "3.2"]


def line(title: str = "Пункт", due: date = DUE, responsible: str = "КНМЦ") -> Line:
    return Line(Section.NORMATIVE, title, due, P.MONTH, responsible, "")


def test_versions_are_compared_item_by_item() -> None:
    old = {"a": line(), "b": line("Убран"), "c": line("Тот же")}
    new = {"a": line(due=TODAY, responsible="ИРО"), "c": line("Тот же"), "d": line("Новый")}
    found = roadmaps.compare(old, new)
    assert (found.added, found.removed) == (["d"], ["b"])
    assert found.changed == {"a": ["due", "responsible"]}
    same = roadmaps.compare(old, old)
    assert not (same.added or same.removed or same.changed)


APPROVAL = {
    "items": 1,
    "on": D(2020, 6, 1),
    "today": TODAY,
    "previous": None,
    "bases": [D(2020, 5, 1)],
    "signed": "директор",
}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": 0}, None),
        ({"signed": "  "}, "approved_by"),
        ({"bases": []}, "act_id"),
        ({"bases": [D(2020, 1, 1), D(2020, 1, 2)]}, "act_id"),
        ({"on": D(2020, 7, 2)}, "approved_on"),
        ({"bases": [D(2020, 6, 2)]}, "approved_on"),
        ({"previous": D(2020, 6, 1)}, "approved_on"),
    ],
)
def test_an_approval_needs_items_a_name_a_ground_and_a_later_day(changes: dict, field: str | None) -> None:
    roadmaps.check_approval(**APPROVAL)
    with pytest.raises(Refused, match="ROADMAP") as refused:
        roadmaps.check_approval(**{**APPROVAL, **changes})
    assert refused.value.field == field


def test_an_approved_version_is_never_edited_nor_approved_again() -> None:
    assert roadmaps.approve(VersionState.DRAFT) is VersionState.APPROVED
    roadmaps.check_draft(VersionState.DRAFT)
    for refusing in (roadmaps.approve, roadmaps.check_draft):
        with pytest.raises(Refused, match="ROADMAP"):
            refusing(VersionState.APPROVED)
