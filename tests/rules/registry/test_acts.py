"""BR-01…BR-05: numbers, force on a date, cycles, chains."""

import itertools
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import acts
from services.registry.rules.kinds import ActState, RelationType
from shared.refusal import Refused

D = date


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("№ 47/1", "47/1"),
        (" 47-21042/15-14 ", "47-21042/15-14"),
        ("273 - ФЗ", "273—фз"),
        (None, ""),
        ("№21Н", "21н"),
    ],
)
def test_number_key(typed: str | None, key: str) -> None:
    assert acts.number_key(typed) == key


def test_number_is_at_most_64_characters() -> None:
    assert acts.number_key("1" * 64)
    with pytest.raises(Refused, match="BR-02"):
        acts.number_key("1" * 65)


def test_acts_without_number_are_told_by_title() -> None:
    assert acts.identity_number(None, "Резолюция") != acts.identity_number(None, "Другая резолюция")
    assert acts.identity_number("5", "Один") == acts.identity_number("№ 5", "Другой")


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (D(2013, 8, 31), ActState.NOT_YET),
        (D(2013, 9, 1), ActState.IN_FORCE),
        (D(2019, 3, 21), ActState.IN_FORCE),
        (D(2019, 3, 22), ActState.REPEALED),
    ],
)
def test_force_on_a_date(on: date, state: ActState) -> None:
    assert acts.state_on(D(2013, 9, 1), D(2019, 3, 22), on) is state


def test_a_citation_after_the_end_is_stale_and_before_it_is_not() -> None:
    assert acts.is_citation_stale(D(2019, 3, 22), D(2020, 11, 1))
    assert not acts.is_citation_stale(D(2019, 3, 22), D(2019, 3, 21))
    assert not acts.is_citation_stale(None, D(2020, 11, 1))


def test_an_act_does_not_enter_into_force_before_its_date() -> None:
    assert acts.entry_into_force(D(2013, 7, 23), None) == D(2013, 7, 23)
    with pytest.raises(Refused, match="BR-04"):
        acts.entry_into_force(D(2013, 7, 23), D(2013, 7, 22))


def test_the_earlier_end_stands() -> None:
    assert acts.end_of_target(None, D(2019, 1, 1)) == D(2019, 1, 1)
    assert acts.end_of_target(D(2018, 1, 1), D(2019, 1, 1)) == D(2018, 1, 1)


def test_only_younger_acts_change_older_ones() -> None:
    old, new = (uuid4(), D(2015, 2, 13)), (uuid4(), D(2015, 6, 3))
    acts.check_relation(RelationType.AMENDS, new, old, {})
    with pytest.raises(Refused, match="BR-03"):
        acts.check_relation(RelationType.AMENDS, old, new, {})
    acts.check_relation(RelationType.BASED_ON, old, new, {})


@given(st.integers(1, 12))
def test_a_circle_is_refused_at_any_depth(depth: int) -> None:
    chain = [UUID(int=number) for number in range(depth + 1)]
    changes = {one: {other} for one, other in itertools.pairwise(chain)}
    with pytest.raises(Refused, match="BR-03"):
        acts.check_relation(
            RelationType.REPEALS, (chain[-1], D(2020, 1, 1)), (chain[0], D(2020, 1, 1)), changes
        )


def test_the_seeds_chain_and_its_branch() -> None:
    amends = {"A11": ["A10"], "A10": ["A07", "A06"]}
    assert acts.amend_paths("A11", amends) == [["A11", "A10", "A07"], ["A11", "A10", "A06"]]
    assert acts.amend_paths("A07", amends) == [["A07"]]
