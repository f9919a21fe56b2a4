"""Criteria with scales, anchors and comments of their own; titles; deadlines; amendments (BR-36, BR-45, BR-54)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.expertise.rules import frozen
from services.expertise.rules.deadlines import Unit, left
from services.expertise.rules.policy import Policy, read_policy
from services.expertise.rules.rubrics import as_data, read_rubric
from services.expertise.rules.scoring import (
    CommentReason,
    SheetFact,
    comment_reason,
    final_score,
    incomplete,
    lacks,
    percent,
    qualifies,
    read_draft,
    stage_score,
    title_for,
    total,
)
from services.expertise.rules.tally import MEDIAN_KNOWN, Tally, decimal_of, final_by, stage_points, window
from services.expertise.rules.vocabulary import AssignmentKind, Averaging, ResultTitle
from shared.refusal import Refused

SET = {"type": "SET", "values": [0, 1, 2]}
MIXED = read_rubric(
    [
        {"code": "C1", "title": "Новизна", "weight": 3, "anchors": {"0": "нет", "2": "впервые"}},
        {
            "code": "C2",
            "title": "Польза",
            "weight": "2.5",
            "scale": {"type": "RANGE", "min": 0, "max": 10, "step": "0.5"},
            "comment_below": "4",
            "priority": True,
        },
    ],
    SET,
)


def test_each_criterion_may_have_its_own_scale() -> None:
    assert MIXED.maximum == 3 * 2 + Decimal("2.5") * 10
    scores, typed = read_draft(MIXED, {"C1": "2", "C2": "7,5"})
    assert (scores, typed) == ({"C1": Decimal(2), "C2": Decimal("7.5")}, {})
    assert total(MIXED, scores) == Decimal("24.75")
    assert percent(MIXED, scores) == Decimal("79.84")
    assert MIXED.criteria[0].anchor(Decimal(2)) == "впервые"
    assert MIXED.criteria[0].anchor(Decimal(1)) == ""


def test_a_rubric_is_read_from_its_own_data() -> None:
    assert read_rubric(*as_data(MIXED)) == MIXED


@pytest.mark.parametrize(
    "wrong",
    [
        {"anchors": {"3": "нет такой"}},
        {"anchors": {"много": "не число"}},
        {"comment_below": "0"},
        {"comment_below": "3"},
        {"comment_below": "sNaN"},
        {"scale": {"type": "SET", "values": [1]}},
    ],
)
def test_wrong_criteria_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        read_rubric([{"code": "C1", "title": "Критерий", "weight": 1, **wrong}], SET)


@pytest.mark.parametrize(
    ("code", "score", "reason"),
    [
        ("C1", "0", CommentReason.LOWEST),
        ("C1", "1", None),
        ("C1", "2", CommentReason.TOP),
        ("C2", "3.5", CommentReason.BELOW),
        ("C2", "4.0", None),
        ("C2", "10.0", CommentReason.TOP),
    ],
)
def test_why_a_comment_is_obligatory(code: str, score: str, reason: CommentReason | None) -> None:
    criterion = MIXED.criterion(code)
    assert criterion is not None
    assert comment_reason(MIXED, criterion, Decimal(score), Policy()) is reason
    assert comment_reason(MIXED, criterion, Decimal(score), Policy(comment_lowest=False, comment_top=False)) in (
        reason if reason is CommentReason.BELOW else None,
    )


def test_everything_that_a_sheet_lacks_is_named() -> None:
    scores = {"C2": Decimal("3.5")}
    assert {code: fault.field for code, fault in incomplete(MIXED, scores, {}, Policy()).items()} == {
        "C1": "scores",
        "C2": "comments",
    }
    policy = Policy(recommendation_required=True)
    found = lacks(MIXED, scores, {"C1": "7"}, {"C2": "о" * 30}, None, policy)
    assert found["C1"].params == {"value": "7", "code": "C1"}
    assert found[""].field == "recommendation"


@given(st.dictionaries(st.sampled_from(["C1", "C2"]), st.text(max_size=40)))
def test_whatever_is_typed_into_a_draft_is_kept(typed: dict[str, str]) -> None:
    valid, rest = read_draft(MIXED, typed)
    assert set(valid) | set(rest) == {code for code, text in typed.items() if text.strip()}
    assert all(value in MIXED.scale(MIXED.criteria[int(code[1]) - 1]) for code, value in valid.items())
    assert all(rest[code] == typed[code].strip() for code in rest)


@pytest.mark.parametrize(
    ("place", "final", "passing", "title"),
    [
        (1, "90", True, ResultTitle.WINNER),
        (2, "90", True, ResultTitle.PRIZE_WINNER),
        (3, "90", True, ResultTitle.PRIZE_WINNER),
        (4, "90", True, ResultTitle.LAUREATE),
        (4, "75", True, ResultTitle.DIPLOMA),
        (1, "59", False, ResultTitle.PARTICIPANT),
        (None, None, False, None),
    ],
)
def test_titles_follow_places_and_scores(
    place: int | None, final: str | None, passing: bool, title: ResultTitle | None
) -> None:
    policy = read_policy({"laureate_score": 80, "diploma_score": 70})
    assert title_for(place, final and Decimal(final), passing, policy) is title  # type: ignore[arg-type]  # None stays


def test_finalists_reach_the_threshold_and_their_number() -> None:
    policy = read_policy({"finalists": 2})
    assert qualifies(Decimal(60), 2, policy)
    assert not qualifies(Decimal(90), 3, policy)
    assert not qualifies(Decimal("59.99"), 1, policy)
    assert qualifies(Decimal(90), 300, Policy())


def test_an_old_policy_keeps_its_meaning() -> None:
    """A setting that did not exist when the rules were frozen does not change them (BR-36)."""
    assert read_policy({"threshold": "60.00"}).recommendation_required is False
    assert read_policy({}).finalists is None


cents = st.integers(0, 10_000).map(lambda number: Decimal(number).scaleb(-2))
facts = st.lists(
    st.builds(SheetFact, cents, st.sampled_from(list(AssignmentKind))), min_size=0, max_size=MEDIAN_KNOWN
)
policies = st.builds(Policy, aggregate=st.sampled_from(Averaging), aggregate_with_extra=st.sampled_from(Averaging))


@given(facts, policies)
def test_whole_hundredths_give_the_same_stage_score(sheets: list[SheetFact], policy: Policy) -> None:
    """What a page of the rating counts in whole numbers is what the rules count in fractions (BR-48, BR-51)."""
    percents = [int(one.percent.scaleb(2)) for one in sheets]
    tally = Tally(
        len(sheets),
        sum(percents),
        min(percents, default=0),
        max(percents, default=0),
        any(one.kind is AssignmentKind.EXTRA for one in sheets),
    )
    assert decimal_of(stage_points(tally, policy)) == stage_score(sheets, policy).score


@given(st.lists(st.tuples(st.decimals("1", "100", places=1), st.none() | st.integers(0, 10_000)), max_size=2))
def test_whole_hundredths_give_the_same_final_score(stages: list[tuple[Decimal, int | None]]) -> None:
    final = final_by([weight for weight, _ in stages])([score for _, score in stages])
    held = [(weight, Decimal(score).scaleb(-2)) for weight, score in stages if score is not None]
    assert decimal_of(final) == final_score(held)


def test_many_sheets_with_a_median_are_counted_the_long_way() -> None:
    with pytest.raises(ValueError, match="median"):
        stage_points(Tally(5, 100, 0, 50, False), Policy(aggregate=Averaging.MEDIAN))


@given(st.lists(st.integers(0, 5), max_size=30), st.integers(0, 30), st.integers(1, 10))
def test_a_window_meets_the_groups_that_are_shown(values: list[int], first: int, size: int) -> None:
    ranked = sorted(values)
    shown = []
    for place, group in window(ranked, lambda value: value, first, size):
        shown += group[max(0, first + 1 - place) : first + size + 1 - place]
        assert ranked.index(group[0]) + 1 == place
    assert shown == ranked[first : first + size]


@pytest.mark.parametrize(
    ("hours", "number", "unit", "over"),
    [(72, 3, Unit.DAYS, False), (47, 47, Unit.HOURS, False), (0.5, 0, Unit.HOURS, False), (-49, 2, Unit.DAYS, True)],
)
def test_time_is_told_in_the_unit_that_people_use(hours: float, number: int, unit: Unit, over: bool) -> None:
    now = datetime(2020, 10, 1, tzinfo=UTC)
    one = left(now + timedelta(hours=hours), now)
    assert (one.number, one.unit, one.over) == (number, unit, over)


def test_changes_are_found_by_place_and_rubrics_compared_whole() -> None:
    before = {"stages": {"A": {"weight": "50"}}, "nominations": {"N": {"rubric": {"number": 1}, "quota": None}}}
    after = {"stages": {"A": {"weight": "60"}}, "nominations": {"N": {"rubric": {"number": 2}, "quota": None}}}
    found = frozen.changes(before, after)
    assert [one.path for one in found] == [("nominations", "N", "rubric"), ("stages", "A", "weight")]
    assert frozen.changes(before, before) == []
    assert frozen.content_hash(before) == frozen.content_hash({**before})
    with pytest.raises(Refused, match="BR-36"):
        frozen.check_amendment(found, signed={"N"}, now=datetime(2020, 10, 1, tzinfo=UTC))
    frozen.check_amendment(found, signed=set(), now=datetime(2020, 10, 1, tzinfo=UTC))
