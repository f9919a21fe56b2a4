"""Longer terms and corrected days of agreements (model 3.3, F7)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import agreements, prolongation
from services.registry.rules.agreements import Term
from services.registry.rules.facts import FOREVER, Basis, Statement, on_day
from services.registry.rules.kinds import AgreementState, BasisKind
from shared.ids import new_id
from shared.refusal import Refused

D = date
S = AgreementState
RIGHT = Basis(BasisKind.CORRECTION, correction_id=new_id(), note="описка")


def line(*said: tuple[AgreementState, date]) -> list[Statement]:
    """States that follow one another, the last until further notice."""
    ends = [day for _, day in said[1:]] + [FOREVER]
    return [Statement(state, day, end) for (state, day), end in zip(said, ends, strict=True)]


TERMINATED = line((S.SIGNED, D(2020, 1, 1)), (S.IN_FORCE, D(2020, 1, 10)), (S.TERMINATED, D(2020, 6, 1)))


@pytest.mark.parametrize(
    ("dated", "until", "field"),
    [
        (D(2019, 12, 31), D(2021, 12, 31), "date"),
        (D(2021, 1, 1), D(2021, 12, 31), "date"),
        (D(2020, 11, 1), D(2021, 12, 31), "date"),
        (D(2020, 5, 1), D(2020, 12, 31), "valid_to"),
        (D(2020, 5, 1), D(2021, 1, 1), None),
    ],
)
def test_a_supplement_is_made_in_force_and_makes_the_term_longer(
    dated: date, until: date, field: str | None
) -> None:
    given = (D(2020, 1, 1), D(2020, 12, 31), dated, until, D(2020, 10, 1))
    if field is None:
        prolongation.check_supplement(*given)
        return
    with pytest.raises(Refused, match="TERM") as refused:
        prolongation.check_supplement(*given)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("months", "refused"), [(None, False), (1, False), (120, False), (0, True), (121, True)]
)
def test_the_length_of_an_automatic_prolongation(months: int | None, refused: bool) -> None:
    if refused:
        with pytest.raises(Refused, match="TERM"):
            prolongation.check_auto(months)
    else:
        prolongation.check_auto(months)


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        (D(2020, 12, 30), []),
        (D(2020, 12, 31), [D(2021, 12, 31)]),
        (D(2022, 12, 31), [D(2021, 12, 31), D(2022, 12, 31), D(2023, 12, 31)]),
    ],
)
def test_terms_follow_one_another_on_their_last_day(today: date, ends: list[date]) -> None:
    assert prolongation.auto_ends(D(2020, 12, 31), 12, today) == ends


@given(st.dates(D(2018, 1, 1), D(2022, 1, 1)), st.integers(1, 120), st.integers(0, 2000))
def test_the_last_term_by_itself_ends_after_today(last: date, months: int, later: int) -> None:
    today = last + timedelta(later)
    ends = [last, *prolongation.auto_ends(last, months, today)]
    assert ends[-1] > today
    assert all(one < two for one, two in pairwise(ends))


def test_an_agreement_that_ran_out_may_get_a_late_paper_of_its_term() -> None:
    assert agreements.state_at(S.EXPIRED, D(2020, 12, 31), D(2020, 12, 31)) is S.IN_FORCE
    assert agreements.state_at(S.EXPIRED, D(2020, 12, 31), D(2021, 1, 1)) is S.EXPIRED
    assert agreements.state_at(S.TERMINATED, D(2020, 12, 31), D(2020, 1, 1)) is S.TERMINATED


@pytest.mark.parametrize(
    ("reason", "has_act", "refused"),
    [(None, True, False), ("решение", False, False), (" ", False, True), (None, False, True)],
)
def test_a_termination_has_an_act_or_a_reason(reason: str | None, has_act: bool, refused: bool) -> None:
    if refused:
        with pytest.raises(Refused, match="TERM"):
            agreements.check_ground(reason, has_act=has_act)
    else:
        agreements.check_ground(reason, has_act=has_act)


@pytest.mark.parametrize(
    ("on", "rule"),
    [(D(2020, 1, 10), "F7"), (D(2020, 6, 1), "F7"), (D(2020, 1, 20), None), (D(2020, 1, 2), None)],
)
def test_the_right_day_of_entry(on: date, rule: str | None) -> None:
    if rule:
        with pytest.raises(Refused, match=rule):
            prolongation.entered(TERMINATED, on, RIGHT)
        return
    after = prolongation.entered(TERMINATED, on, RIGHT)
    assert _at(after, on) is S.IN_FORCE
    assert _at(after, on - timedelta(1)) is S.SIGNED
    assert _tiles(after)


@pytest.mark.parametrize(
    ("on", "rule"),
    [
        (D(2020, 6, 1), "F7"),
        (D(2020, 1, 10), "TERM"),
        (D(2021, 1, 1), "TERM"),
        (D(2020, 12, 31), None),
        (D(2020, 2, 1), None),
    ],
)
def test_the_right_day_of_termination(on: date, rule: str | None) -> None:
    given = (TERMINATED, on, D(2020, 1, 10), Term(D(2020, 1, 1), D(2020, 12, 31)), RIGHT)
    if rule:
        with pytest.raises(Refused, match=rule):
            prolongation.ended(*given)
        return
    after = prolongation.ended(*given)
    assert (_at(after, on - timedelta(1)), _at(after, on)) == (S.IN_FORCE, S.TERMINATED)
    assert _tiles(after)


def test_what_never_began_has_no_day_to_correct() -> None:
    with pytest.raises(Refused, match="AGREEMENT_STATE"):
        prolongation.entered(line((S.DRAFT, D(2020, 1, 1))), D(2020, 2, 1), RIGHT)


def _at(held: list[Statement], on: date) -> AgreementState:
    said = on_day(held, on)
    assert said is not None
    return AgreementState(said.key)


def _tiles(held: list[Statement]) -> bool:
    """Whether every day from the first on has exactly one statement."""
    rows = sorted(held, key=lambda one: one.valid_from)
    return rows[-1].valid_to == FOREVER and all(one.valid_to == two.valid_from for one, two in pairwise(rows))
