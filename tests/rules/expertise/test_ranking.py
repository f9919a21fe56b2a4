"""Places and tie-breakers (BR-52, BR-53); SC-02 and SC-03 of the demo."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.expertise.rules.policy import DEFAULT_TIE
from services.expertise.rules.ranking import Contender, Place, rank
from services.expertise.rules.vocabulary import TieBreaker

START = datetime(2020, 9, 7, 9, tzinfo=UTC)


def one(number: int, final: str, *, hour: int = 0, **known: Any) -> Contender:
    return Contender(UUID(int=number), Decimal(final), START + timedelta(hours=hour), **known)


def places(*contenders: Contender, tie: tuple[TieBreaker, ...] = DEFAULT_TIE) -> list[tuple[int, int, str]]:
    return [
        (place.entry_id.int, place.place, "+".join(breaker.value for breaker in place.tie_breakers))
        for place in rank(contenders, tie)
    ]


def test_standard_competition_places() -> None:
    assert places(one(1, "90"), one(2, "80"), one(3, "80"), one(4, "70"), tie=()) == [
        (1, 1, ""),
        (2, 2, ""),
        (3, 2, ""),
        (4, 4, ""),
    ]


def test_priority_criterion_separates_equals() -> None:
    better = one(2, "80", hour=5, priority=Decimal(100))
    assert places(one(1, "80", priority=Decimal(50)), better) == [(2, 1, "PRIORITY"), (1, 2, "PRIORITY")]


def test_earlier_submission_separates_when_scores_cannot() -> None:
    equal = {"priority": Decimal(50), "in_person": Decimal(80), "votes": 9}
    assert places(one(1, "80", hour=2, **equal), one(2, "80", hour=1, **equal)) == [
        (2, 1, "EARLIER"),
        (1, 2, "EARLIER"),
    ]


def test_several_tie_breakers_are_recorded_in_the_order_of_use() -> None:
    first = one(1, "80", priority=Decimal(100), votes=5)
    second = one(2, "80", priority=Decimal(50), votes=7)
    third = one(3, "80", priority=Decimal(50), votes=6)
    assert places(first, second, third) == [
        (1, 1, "PRIORITY"),
        (2, 2, "PRIORITY+VOTE"),
        (3, 3, "PRIORITY+VOTE"),
    ]


def test_unknown_value_of_one_keeps_the_breaker_away() -> None:
    assert places(one(1, "80", votes=5, hour=3), one(2, "80", hour=1)) == [
        (2, 1, "EARLIER"),
        (1, 2, "EARLIER"),
    ]


def test_finalists_stand_above_the_others() -> None:
    assert [number for number, _, _ in places(one(1, "59"), one(2, "50", stages_passed=2))] == [2, 1]


@given(
    st.lists(
        st.tuples(st.sampled_from(["60", "70", "80"]), st.sampled_from([None, 1, 2]), st.integers(0, 3)),
        max_size=9,
    )
)
def test_places_are_a_competition_ranking_whatever_the_order(rows: list[tuple[str, int | None, int]]) -> None:
    contenders = [one(n, final, votes=votes, hour=hour) for n, (final, votes, hour) in enumerate(rows)]
    ranked: list[Place] = rank(contenders, DEFAULT_TIE)
    assert rank(contenders[::-1], DEFAULT_TIE) == ranked
    assert sorted(place.entry_id.int for place in ranked) == list(range(len(rows)))
    for position, place in enumerate(ranked, 1):
        assert place.place <= position
        assert place.place == sum(other.place < place.place for other in ranked) + 1
