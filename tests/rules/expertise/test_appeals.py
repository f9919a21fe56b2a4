"""Appeals: term, hearing, recount, what is decided anew (BR-57, BR-59, BR-60, F-23, F-24)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.expertise.rules import appeals as rules
from services.expertise.rules.policy import Policy
from services.expertise.rules.rubrics import Rubric, read_rubric
from services.expertise.rules.scoring import percent
from services.expertise.rules.states import APPEAL, APPEAL_IS_DECIDED, APPEAL_IS_OPEN
from services.expertise.rules.vocabulary import (
    AppealBar,
    AppealState,
    EditionState,
    Presence,
    StageKind,
    VoteChoice,
)
from shared.refusal import Refused
from shared.working_days import is_working_day, working_days_later

MOSCOW = ZoneInfo("Europe/Moscow")
PAPERS, FACE = StageKind.CORRESPONDENCE, StageKind.IN_PERSON
WEIGHTS = (3, 5, 7, 5, 10, 8, 6, 6)
RUBRIC = read_rubric(
    [{"code": f"C{n}", "title": f"Критерий {n}", "weight": w} for n, w in enumerate(WEIGHTS, 1)],
    {"type": "SET", "values": [0, 1, 2]},
)
codes = st.sampled_from([one.code for one in RUBRIC.criteria])
marks = st.sampled_from([Decimal(0), Decimal(1), Decimal(2)])
sheets = st.fixed_dictionaries({one.code: marks for one in RUBRIC.criteria})


@pytest.mark.parametrize(
    ("published", "days", "until"),
    [
        # Friday; Saturday, Sunday and the holiday of 4 November do not count.
        (datetime(2020, 10, 30, 18, tzinfo=MOSCOW), 3, datetime(2020, 11, 5, 23, 59, tzinfo=MOSCOW)),
        (datetime(2020, 10, 30, 18, tzinfo=MOSCOW), 1, datetime(2020, 11, 2, 23, 59, tzinfo=MOSCOW)),
        # A Saturday; New Year's holidays.
        (datetime(2022, 12, 31, 9, tzinfo=MOSCOW), 3, datetime(2023, 1, 11, 23, 59, tzinfo=MOSCOW)),
        (datetime(2020, 10, 30, 18, tzinfo=MOSCOW), 0, datetime(2020, 10, 30, 23, 59, tzinfo=MOSCOW)),
    ],
)
def test_term_in_working_days(published: datetime, days: int, until: datetime) -> None:
    """BR-59: three working days after publication, to the last minute of the last."""
    assert rules.deadline(published, days) == until


@given(st.dates(date(2019, 1, 1), date(2030, 1, 1)), st.integers(1, 20))
def test_term_counts_working_days_only(day: date, count: int) -> None:
    end = working_days_later(day, count)
    assert is_working_day(end)
    between = [day + timedelta(days=number) for number in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, between)) == count


UNTIL = datetime(2020, 11, 5, 23, 59, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("now", "state", "until", "words"),
    [
        (datetime(2020, 11, 5, 23, 59, 59, tzinfo=MOSCOW), EditionState.APPEALS, UNTIL, None),
        (datetime(2020, 11, 5, 20, 59, 30, tzinfo=UTC), EditionState.APPEALS, UNTIL, None),
        (datetime(2020, 11, 6, 0, 0, tzinfo=MOSCOW), EditionState.APPEALS, UNTIL, "05.11.2020 в 23:59"),
        (datetime(2020, 11, 2, tzinfo=MOSCOW), EditionState.COMPLETED, UNTIL, "не принимаются"),
        (datetime(2020, 11, 2, tzinfo=MOSCOW), EditionState.DECISION, None, "после публикации"),
    ],
)
def test_filing_in_term(now: datetime, state: EditionState, until: datetime | None, words: str | None) -> None:
    """BR-59: a late appeal is told the deadline to the minute."""
    if words is None:
        rules.check_filing(state, until, now)
        return
    with pytest.raises(Refused, match=f"BR-59.*{words}"):
        rules.check_filing(state, until, now)


@pytest.mark.parametrize(
    ("grounds", "criteria", "field"),
    [
        ("мало", ["C1"], "grounds"),
        (" " * 40, ["C1"], "grounds"),
        ("Оценка по критерию не учитывает приложение", [], "criteria"),
        ("Оценка по критерию не учитывает приложение", ["C9"], "criteria"),
    ],
)
def test_grounds(grounds: str, criteria: list[str], field: str) -> None:
    with pytest.raises(Refused, match="BR-59") as refusal:
        rules.check_grounds(grounds, criteria, RUBRIC)
    assert refusal.value.field == field


def test_contested_criteria_stand_in_the_rubrics_order_once() -> None:
    words = "Оценка по критерию не учитывает приложение"
    assert rules.check_grounds(words, ["C5", "C2", "C5"], RUBRIC) == ["C2", "C5"]


def hearer(number: int, **more: Any) -> rules.Hearer:
    return rules.Hearer(
        UUID(int=number), **{"presence": Presence.PRESENT, "choice": VoteChoice.FOR, **more}
    )


ABSENT = {"presence": Presence.ABSENT, "choice": None}
BARRED = {"bar": AppealBar.SCORED, "choice": None}


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ([{}, {}, {}], None),
        ([{}, {}, {"presence": Presence.REMOTE}, ABSENT, ABSENT], None),
        ([{}, {}, {"choice": VoteChoice.AGAINST}], None),
        ([{}, {}, ABSENT], "BR-59"),
        # Whoever scored the entry does not count, however present.
        ([{}, {}, BARRED], "BR-59"),
        ([{}, {}, {}, BARRED, BARRED, ABSENT], "BR-57"),
        ([{}, {}, {"choice": None}], "BR-57"),
        ([{}, {"choice": VoteChoice.AGAINST}, {"choice": VoteChoice.ABSTAIN}], "BR-57"),
        ([{}, {}, {"choice": VoteChoice.AGAINST}, {"choice": VoteChoice.ABSTAIN}], "BR-57"),
    ],
)
def test_hearing(members: list[dict[str, Any]], rule: str | None) -> None:
    """F-24, BR-57: at least three without a bar, more than half of all, a majority of those who hear."""
    seats = [hearer(number, **one) for number, one in enumerate(members, 1)]
    if rule is None:
        votes = rules.check_hearing(seats)
        assert votes.votes_for * 2 > votes.cast == sum(seat.hears for seat in seats)
        return
    with pytest.raises(Refused, match=rule) as refusal:
        rules.check_hearing(seats)
    assert refusal.value.field == "members"


def test_nobody_is_named_twice() -> None:
    with pytest.raises(Refused, match="дважды"):
        rules.check_hearing([hearer(1), hearer(1), hearer(2)])


def test_golden_recount() -> None:
    """The commission's value replaces the criterion in every sheet of its stage, and nothing else (BR-47, BR-59)."""
    full = {f"C{n}": Decimal(2) for n in range(1, 9)}
    low = {**full, "C5": Decimal(0)}
    found = rules.recount([(PAPERS, full), (PAPERS, low), (FACE, full)], RUBRIC, {PAPERS: {"C5": Decimal(1)}})
    assert found == [Decimal("90.00"), Decimal("90.00"), Decimal("100.00")]


@given(st.lists(st.tuples(st.sampled_from([PAPERS, FACE]), sheets), max_size=6), codes, marks)
def test_recount_properties(given_sheets: list[Any], code: str, value: Decimal) -> None:
    """Without corrections nothing changes; with one, only its stage, and towards its value; twice is once."""
    before = rules.recount(given_sheets, RUBRIC, {})
    assert before == [percent(RUBRIC, scores) for _, scores in given_sheets]
    after = rules.recount(given_sheets, RUBRIC, {PAPERS: {code: value}})
    for (stage, scores), old, new in zip(given_sheets, before, after, strict=True):
        if stage is FACE or scores[code] == value:
            assert new == old
        else:
            assert (new > old) is (value > scores[code])
    once = [(stage, rules.corrected(scores, {code: value})) for stage, scores in given_sheets]
    assert [rules.corrected(scores, {code: value}) for _, scores in once] == [scores for _, scores in once]
    assert all(scores[code] == value for _, scores in once)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([(PAPERS, "C5", "3")], "не входит в шкалу"),
        ([(PAPERS, "C5", "много")], "не входит в шкалу"),
        ([(PAPERS, "C1", "1")], "не оспаривается"),
        ([(PAPERS, "C5", "1"), (PAPERS, "C5", "2")], "дважды"),
    ],
)
def test_refused_corrections(values: list[Any], words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        rules.read_corrections(RUBRIC, values, ["C5"])
    assert refusal.value.field == "corrections"


def test_corrections_by_stage_and_empty_ones_left_out() -> None:
    read = rules.read_corrections(RUBRIC, [(PAPERS, "C5", "1.0"), (FACE, "C5", None)], ["C5"])
    assert read == {PAPERS: {"C5": Decimal(1)}}


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ("79.66", "79.67", AppealState.UPHELD_UP),
        ("79.67", "79.66", AppealState.UPHELD_DOWN),
        ("79.67", "79.67", AppealState.UNCHANGED),
    ],
)
def test_outcome_follows_from_the_score(before: str, after: str, outcome: AppealState) -> None:
    """F-23: three outcomes; a declared one that the recount does not give is refused with both numbers."""
    old, new = Decimal(before), Decimal(after)
    for declared in APPEAL_IS_DECIDED:
        if declared is outcome:
            rules.check_outcome(declared, old, new)
            continue
        with pytest.raises(Refused, match=f"было {before}, стало {after}") as refusal:
            rules.check_outcome(declared, old, new)
        assert refusal.value.field == "outcome"


@pytest.mark.parametrize(
    ("decided", "now", "quota", "again"),
    [
        (("61.00", 3), ("59.99", 3), None, True),
        (("59.99", 3), ("60.00", 3), None, True),
        (("61.00", 3), ("90.00", 1), None, False),
        (("80.00", 2), ("70.00", 3), 2, True),
        (("80.00", 3), ("80.00", 2), 2, True),
        (("80.00", 3), ("80.00", 4), 2, False),
    ],
)
def test_what_the_council_decides_anew(decided: Any, now: Any, quota: int | None, again: bool) -> None:
    """BR-54: threshold and quota are crossed, in either direction."""
    stands = [rules.Stand(Decimal(score), place) for score, place in (decided, now)]
    assert rules.needs_new_decision(stands[0], stands[1], Policy(), quota) is again


def test_before_closing() -> None:
    """BR-60: each obstacle is named."""
    early, late = UNTIL - timedelta(days=1), UNTIL + timedelta(minutes=1)
    assert rules.before_closing(UNTIL, late, [], []) == []
    texts = [str(one) for one in rules.before_closing(UNTIL, early, ["N1-2", "N1-1"], ["N1-3"])]
    assert [("05.11.2020" in texts[0]), ("N1-1, N1-2" in texts[1]), ("N1-3" in texts[2])] == [True] * 3


def test_states() -> None:
    """Model 3.3: a decided, refused or withdrawn appeal goes nowhere."""
    assert APPEAL.after(AppealState.FILED, "accept") is AppealState.IN_REVIEW
    over = set(AppealState) - APPEAL_IS_OPEN
    assert not [move for move in APPEAL.moves if move[0] in over]
    for action in ("accept", "refuse", "withdraw", "decide:UNCHANGED"):
        for state in over:
            with pytest.raises(Refused, match=r"3\.3 Appeal"):
                APPEAL.after(state, action)


def test_the_rubric_decides_the_scale() -> None:
    ranged: Rubric = read_rubric(
        [{"code": "A", "title": "А", "weight": 1}], {"type": "RANGE", "min": 0, "max": 10, "step": 1}
    )
    assert rules.read_corrections(ranged, [(PAPERS, "A", 10)], ["A"]) == {PAPERS: {"A": Decimal(10)}}
