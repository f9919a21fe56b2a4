"""BR-14…BR-17: the life of an agreement."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import agreements
from services.registry.rules.agreements import AGREEMENT_MOVES, Term
from services.registry.rules.kinds import AgreementState
from services.registry.rules.labels import LABELS
from shared.refusal import Refused

D = date
YEAR = Term(D(2020, 1, 1), D(2020, 12, 31))
days = st.dates(D(2019, 1, 1), D(2022, 1, 1))


def test_every_forbidden_move_is_refused_in_words() -> None:
    actions = {action for _, action in AGREEMENT_MOVES.moves}
    for state in AgreementState:
        for action in actions:
            if AGREEMENT_MOVES.allows(state, action):
                assert agreements.move(state, action) is AGREEMENT_MOVES.after(state, action)
            else:
                with pytest.raises(Refused, match="AGREEMENT_STATE") as refused:
                    agreements.move(state, action)
                assert refused.value.params["state"] == LABELS[AgreementState][state.value]


@pytest.mark.parametrize(
    ("dated", "first", "last"),
    [(D(2020, 1, 2), D(2020, 1, 1), D(2021, 1, 1)), (D(2020, 1, 1), D(2020, 1, 1), D(2020, 1, 1))],
)
def test_wrong_terms(dated: date, first: date, last: date) -> None:
    with pytest.raises(Refused, match="TERM"):
        agreements.check_terms(dated, first, last)


@pytest.mark.parametrize("signed", [D(2019, 12, 31), D(2020, 6, 2)])
def test_wrong_signature_days(signed: date) -> None:
    with pytest.raises(Refused, match="BR-16"):
        agreements.check_signature(D(2020, 1, 1), signed, D(2020, 6, 1))


@pytest.mark.parametrize(
    ("on", "has_scan", "waiver", "field"),
    [
        (D(2019, 12, 31), True, None, "on"),
        (D(2021, 1, 1), True, None, "on"),
        (D(2020, 1, 9), True, None, "on"),
        (D(2020, 8, 1), True, None, "on"),
        (D(2020, 2, 1), False, None, "scan_waiver"),
        (D(2020, 2, 1), False, "  ", "scan_waiver"),
        (D(2020, 2, 1), False, "утрачен", None),
        (D(2020, 1, 10), True, None, None),
    ],
)
def test_entry_into_force(on: date, has_scan: bool, waiver: str | None, field: str | None) -> None:
    def check() -> None:
        agreements.check_entry_into_force(
            YEAR, on, D(2020, 1, 10), D(2020, 7, 1), has_scan=has_scan, waiver=waiver
        )

    if field is None:
        check()
        return
    with pytest.raises(Refused, match="BR-16") as refused:
        check()
    assert refused.value.field == field


@given(days, days, days, days)
def test_overlap_is_a_common_day(a: date, b: date, c: date, d: date) -> None:
    one, other = Term(min(a, b), max(a, b)), Term(min(c, d), max(c, d))
    common = any(
        one.first <= other.first + timedelta(n) <= one.last
        for n in range((other.last - other.first).days + 1)
    )
    assert one.overlaps(other) == other.overlaps(one) == common


def test_overlapping_agreements_of_the_same_parties_are_refused() -> None:
    agreements.check_overlap(YEAR, [("1", Term(D(2019, 1, 1), D(2019, 12, 31)))])
    with pytest.raises(Refused, match="BR-14"):
        agreements.check_overlap(YEAR, [("1", Term(D(2019, 1, 1), D(2020, 1, 1)))])


@pytest.mark.parametrize(
    ("taken", "capacity", "confirmed", "refused"),
    [(10, 11, False, False), (11, 11, False, True), (11, 11, True, False), (99, None, False, False)],
)
def test_capacity(taken: int, capacity: int | None, confirmed: bool, refused: bool) -> None:
    if refused:
        with pytest.raises(Refused, match="BR-17"):
            agreements.check_capacity(taken, capacity, confirmed=confirmed)
    else:
        agreements.check_capacity(taken, capacity, confirmed=confirmed)


@pytest.mark.parametrize(
    ("left", "due"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_reminders(left: int, due: int | None) -> None:
    today = D(2020, 1, 1)
    assert agreements.reminder(today + timedelta(left), today) == due


@pytest.mark.parametrize("on", [D(2020, 1, 1), D(2021, 1, 1)])
def test_termination_lies_within_the_term(on: date) -> None:
    with pytest.raises(Refused, match="TERM"):
        agreements.check_termination(D(2020, 1, 1), YEAR, on)
