"""Scores, stage scores and final scores: the model's vectors (3.8) and properties (BR-45…BR-51, BR-54)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.expertise.rules.policy import Policy
from services.expertise.rules.rubrics import read_rubric
from services.expertise.rules.scoring import (
    SheetFact,
    check_complete,
    final_score,
    half_up,
    passes,
    percent,
    priority_percent,
    read_scores,
    stage_score,
    total,
)
from services.expertise.rules.vocabulary import AssignmentKind, Averaging
from shared.refusal import Refused

WEIGHTS = (3, 5, 7, 5, 10, 8, 6, 6)
RUBRIC = read_rubric(
    [
        {"code": f"C{n}", "title": f"Критерий {n}", "weight": w, "priority": n == 3}
        for n, w in enumerate(WEIGHTS, 1)
    ],
    {"type": "SET", "values": [0, 1, 2]},
)
A1, A2, A3 = (2, 2, 1, 2, 2, 1, 2, 1), (2, 1, 1, 2, 2, 1, 1, 1), (2, 2, 2, 2, 1, 1, 2, 1)
B1, B2, B3 = (2,) * 8, (1,) * 8, (2, 2, 2, 1, 2, 2, 1, 2)


def scores(*values: int) -> dict[str, Decimal]:
    return read_scores(RUBRIC, {f"C{n}": value for n, value in enumerate(values, 1)})


def sheets(*rows: tuple[int, ...], extra: tuple[int, ...] | None = None) -> list[SheetFact]:
    facts = [SheetFact(percent(RUBRIC, scores(*row))) for row in rows]
    return facts + ([SheetFact(percent(RUBRIC, scores(*extra)), AssignmentKind.EXTRA)] if extra else [])


@pytest.mark.parametrize(("row", "expected"), [(A1, 79), (A2, 68), (A3, 76), (B1, 100), (B2, 50), (B3, 89)])
def test_sheet_vectors(row: tuple[int, ...], expected: int) -> None:
    assert total(RUBRIC, scores(*row)) == expected
    assert percent(RUBRIC, scores(*row)) == Decimal(expected)


def test_agreeing_experts_need_no_extra_sheet() -> None:
    result = stage_score(sheets(A1, A2, A3), Policy())
    assert (result.score, result.spread, result.lacks_extra) == (Decimal("74.33"), Decimal("11"), False)


def test_disagreeing_experts_need_an_extra_sheet() -> None:
    assert stage_score(sheets(B1, B2), Policy()).lacks_extra
    result = stage_score(sheets(B1, B2, extra=B3), Policy())
    assert (result.score, result.lacks_extra) == (Decimal("79.67"), False)
    by_median = stage_score(sheets(B1, B2, extra=B3), Policy(aggregate_with_extra=Averaging.MEDIAN))
    assert by_median.score == Decimal("89.00")


@pytest.mark.parametrize(("gap", "lacks"), [("20.00", False), ("20.01", True)])
def test_discrepancy_is_strictly_more_than_the_setting(gap: str, lacks: bool) -> None:
    pair = [SheetFact(Decimal(60)), SheetFact(Decimal(60) + Decimal(gap))]
    assert stage_score(pair, Policy()).lacks_extra is lacks


def test_no_sheets_no_score() -> None:
    result = stage_score([], Policy())
    assert (result.score, result.sheets, result.lacks_extra) == (None, 0, False)


@pytest.mark.parametrize(
    ("value", "printed"), [("74.325", "74.33"), ("74.3249", "74.32"), ("0.005", "0.01"), ("-1.005", "-1.01")]
)
def test_half_up(value: str, printed: str) -> None:
    assert str(half_up(Decimal(value))) == printed


def test_final_score_weighs_the_stages() -> None:
    fifty = Decimal(50)
    assert final_score([(fifty, Decimal("74.33")), (fifty, Decimal("80.00"))]) == Decimal("77.17")
    assert final_score([(Decimal(100), Decimal("74.33"))]) == Decimal("74.33")
    assert final_score([]) is None


@pytest.mark.parametrize(
    ("final", "place", "quota", "expected"),
    [("60.00", 1, None, True), ("59.99", 1, None, False), ("90.00", 4, 3, False), ("90.00", 3, 3, True)],
)
def test_passing_needs_threshold_and_quota(final: str, place: int, quota: int | None, expected: bool) -> None:
    assert passes(Decimal(final), place, Policy(), quota) is expected


def test_priority_criteria_have_their_own_percent() -> None:
    assert priority_percent(RUBRIC, scores(*A1)) == Decimal(50)
    plain = read_rubric(
        [{"code": "C1", "title": "Единственный", "weight": 1}], {"type": "SET", "values": [0, 1]}
    )
    assert priority_percent(plain, {"C1": Decimal(1)}) is None


@pytest.mark.parametrize(("code", "value"), [("C1", 3), ("C1", "1.5"), ("C1", "много"), ("C9", 1)])
def test_scores_outside_the_rubric_are_refused(code: str, value: object) -> None:
    with pytest.raises(Refused) as refusal:
        read_scores(RUBRIC, {code: value})
    assert refusal.value.rule == "BR-45"


def test_signing_needs_all_scores_and_comments_at_the_extremes() -> None:
    with pytest.raises(Refused) as refusal:
        check_complete(RUBRIC, read_scores(RUBRIC, {"C1": 1, "C2": ""}), {}, Policy())
    assert (refusal.value.rule, refusal.value.field) == ("BR-45", "scores")
    with pytest.raises(Refused) as refusal:
        check_complete(RUBRIC, scores(2, *(1,) * 7), {"C1": "коротко"}, Policy())
    assert refusal.value.field == "comments"
    check_complete(RUBRIC, scores(2, *(1,) * 7), {"C1": "обоснование " * 3}, Policy())
    check_complete(RUBRIC, scores(*B1), {}, Policy(comment_top=False))


rows = st.tuples(*[st.integers(0, 2)] * 8)


@given(rows)
def test_percent_lies_between_0_and_100_and_rises_with_every_score(row: tuple[int, ...]) -> None:
    here = percent(RUBRIC, scores(*row))
    assert 0 <= here <= 100
    for position, value in enumerate(row):
        if value < 2:
            assert percent(RUBRIC, scores(*row[:position], value + 1, *row[position + 1 :])) > here


@given(st.lists(rows, min_size=1, max_size=5))
def test_stage_score_ignores_the_order_of_sheets_and_stays_in_range(many: list[tuple[int, ...]]) -> None:
    facts = sheets(*many)
    result = stage_score(facts, Policy())
    assert result == stage_score(facts[::-1], Policy())
    assert result.score is not None
    assert min(f.percent for f in facts) <= result.score <= max(f.percent for f in facts)
