"""Questions about dates."""

from datetime import date

import pytest

from services.reports.rules.periods import (
    Period,
    Term,
    active_on,
    asked_period,
    checked_period,
    in_force_on,
    last_closed_year,
    years_back,
)
from shared.refusal import Refused

D = date


@pytest.mark.parametrize(
    ("day", "covered"),
    [(D(2018, 12, 31), False), (D(2019, 1, 1), True), (D(2019, 12, 31), True), (D(2020, 1, 1), False)],
)
def test_both_days_of_a_term_belong_to_it(day: date, covered: bool) -> None:
    assert Term(D(2019, 1, 1), D(2019, 12, 31)).covers(day) is covered
    assert (
        active_on([Term(D(2017, 1, 1), D(2017, 2, 1)), Term(D(2019, 1, 1), D(2019, 12, 31))], day) is covered
    )


def test_an_open_term() -> None:
    assert Term(D(2019, 1, 1)).covers(D(2099, 1, 1))


@pytest.mark.parametrize(
    ("day", "start", "ended", "in_force"),
    [
        (D(2019, 3, 11), D(2019, 3, 12), None, False),
        (D(2019, 3, 12), D(2019, 3, 12), None, True),
        (D(2021, 12, 31), D(2019, 3, 12), None, True),
        (D(2022, 1, 1), D(2019, 3, 12), None, False),
        (D(2020, 5, 31), D(2019, 3, 12), D(2020, 6, 1), True),
        (D(2020, 6, 1), D(2019, 3, 12), D(2020, 6, 1), False),
        (D(2021, 12, 31), D(2019, 3, 12), D(2022, 1, 1), True),
        (D(2020, 6, 1), None, None, False),
    ],
)
def test_in_force(day: date, start: date | None, ended: date | None, in_force: bool) -> None:
    assert in_force_on(day, start, D(2021, 12, 31), ended) is in_force


@pytest.mark.parametrize(
    ("as_of", "first", "last", "field"),
    [
        (D(2021, 1, 2), D(2020, 1, 1), D(2020, 12, 31), "as_of"),
        (D(2020, 12, 31), D(2021, 1, 1), D(2020, 12, 31), "period_from"),
        (D(2020, 12, 30), D(2020, 1, 1), D(2020, 12, 31), "period_to"),
    ],
)
def test_a_report_is_about_what_has_happened(as_of: date, first: date, last: date, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        checked_period(as_of, first, last, today=D(2021, 1, 1))
    assert (refusal.value.rule, refusal.value.field) == ("BR-64", field)


def test_a_closed_year_may_be_reported() -> None:
    period = checked_period(D(2020, 12, 31), D(2020, 1, 1), D(2020, 12, 31), today=D(2021, 1, 1))
    assert period == Period(D(2020, 1, 1), D(2020, 12, 31))
    assert last_closed_year(D(2021, 1, 1)) == 2020


def test_the_usual_period_is_the_year_up_to_the_date() -> None:
    assert asked_period(D(2020, 5, 5), None, None) == Period(D(2020, 1, 1), D(2020, 5, 5))
    with pytest.raises(Refused):
        asked_period(D(2020, 5, 5), D(2020, 6, 1), None)


def test_years_back() -> None:
    assert years_back(D(2020, 12, 31), 1) == D(2019, 12, 31)
    assert years_back(D(2020, 2, 29), 1) == D(2019, 2, 28)


def test_nothing_is_in_no_period() -> None:
    assert None not in Period(D(2020, 1, 1), D(2020, 12, 31))
