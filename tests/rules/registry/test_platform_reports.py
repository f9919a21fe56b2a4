"""BR-24, BR-25: which reports are asked, what missing them leads to, what an extension asks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import platform_reports as rules
from services.registry.rules.kinds import ReportState, Warned
from services.registry.rules.platform_reports import REPORT_MOVES, Due, Standing
from services.registry.rules.platforms import Period
from shared.refusal import Refused

D, S = date, ReportState
TERM = [Period(D(2019, 1, 1), D(2021, 12, 31), None)]


def due(year: int) -> Due:
    return Due(year, D(year, 12, 1))


@pytest.mark.parametrize(
    ("periods", "known_from", "until", "years"),
    [
        (TERM, D(2018, 12, 1), D(2022, 12, 31), [2019, 2020, 2021]),
        (TERM, D(2018, 12, 1), D(2020, 11, 30), [2019]),
        (TERM, D(2018, 12, 1), D(2020, 12, 1), [2019, 2020]),
        (TERM, D(2020, 12, 1), D(2022, 12, 31), [2021]),
        ([Period(D(2019, 7, 1), None, None)], D(2019, 1, 1), D(2020, 12, 31), [2020]),
        ([Period(D(2019, 6, 1), None, None)], D(2019, 1, 1), D(2020, 12, 31), [2019, 2020]),
        ([Period(D(2019, 1, 1), D(2019, 11, 30), None)], D(2018, 1, 1), D(2020, 12, 31), []),
        (
            [Period(D(2019, 1, 1), D(2020, 6, 1), None), Period(D(2021, 2, 1), D(2021, 12, 31), None)],
            D(2018, 1, 1),
            D(2022, 1, 1),
            [2019, 2021],
        ),
        ([], D(2018, 1, 1), D(2022, 1, 1), []),
    ],
)
def test_yearly_reports(periods: list[Period], known_from: date, until: date, years: list[int]) -> None:
    assert rules.due_reports(periods, known_from, until) == [due(year) for year in years]


@given(st.dates(D(2018, 1, 1), D(2024, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_what_was_asked_stays_asked_as_days_go_by(first: date, length: int, later: int) -> None:
    periods = [Period(first, first + timedelta(days=length), None)]
    until = first + timedelta(days=length)
    asked = rules.due_reports(periods, D(2018, 1, 1), until)
    more = rules.due_reports(periods, D(2018, 1, 1), until + timedelta(days=later))
    assert more == asked, "after the term nothing more is asked, and nothing is forgotten"
    assert all(periods[0].covers(one.on) for one in asked)


@pytest.mark.parametrize(
    ("standing", "day", "state", "missed"),
    [
        (Standing(due(2020)), D(2020, 12, 1), S.OPEN, False),
        (Standing(due(2020)), D(2020, 12, 2), S.OVERDUE, False),
        (Standing(due(2020)), D(2020, 12, 31), S.OVERDUE, False),
        (Standing(due(2020)), D(2021, 1, 1), S.OVERDUE, True),
        (Standing(due(2020), S.SUBMITTED, D(2021, 1, 5)), D(2021, 2, 1), S.SUBMITTED, False),
        (Standing(due(2020), S.SUBMITTED, D(2021, 1, 5)), D(2021, 1, 4), S.SUBMITTED, True),
        (Standing(due(2020), S.RETURNED, D(2020, 11, 1), D(2021, 1, 15)), D(2021, 1, 15), S.RETURNED, False),
        (Standing(due(2020), S.RETURNED, D(2020, 11, 1), D(2021, 1, 15)), D(2021, 1, 16), S.OVERDUE, False),
        (Standing(due(2020), S.NOT_ACCEPTED, D(2020, 11, 1)), D(2022, 1, 1), S.NOT_ACCEPTED, False),
    ],
)
def test_standings(standing: Standing, day: date, state: ReportState, missed: bool) -> None:
    assert standing.on(day) is state
    assert standing.missed(day) is missed


def test_one_missed_suspends_two_terminate_and_nothing_else_is_proposed() -> None:
    handed_in = Standing(due(2018), S.ACCEPTED, D(2018, 11, 1))
    one, two = Standing(due(2019)), Standing(due(2020))
    assert rules.proposed([handed_in], D(2022, 1, 1)) is None
    assert rules.proposed([handed_in, one], D(2019, 12, 31)) is None
    assert rules.proposed([handed_in, one], D(2020, 1, 1)) is Warned.SUSPEND
    assert rules.proposed([one, two], D(2020, 12, 31)) is Warned.SUSPEND
    assert rules.proposed([one, two], D(2021, 1, 1)) is Warned.TERMINATE


@pytest.mark.parametrize(
    ("state", "decided", "allowed"),
    [
        (S.ACCEPTED, [], True),
        (S.SUBMITTED, [], False),
        (S.NOT_ACCEPTED, [], False),
        (S.OPEN, [D(2020, 10, 30)], True),
        (S.NOT_ACCEPTED, [D(2020, 10, 30)], True),
        (S.OPEN, [D(2019, 12, 1)], False),
        (S.OPEN, [D(2018, 10, 30)], False),
    ],
)
def test_an_extension_asks_for_the_last_report(state: ReportState, decided: list, allowed: bool) -> None:
    reports = [Standing(due(2019), S.ACCEPTED), Standing(due(2020), state)]
    if allowed:
        rules.check_extension(reports, D(2020, 12, 2), decided)
    else:
        with pytest.raises(Refused, match="BR-25"):
            rules.check_extension(reports, D(2020, 12, 2), decided)
    rules.check_extension(reports, D(2020, 11, 30), [])  # the one of 2020 is not due yet


def test_nothing_due_asks_for_nothing() -> None:
    rules.check_extension([], D(2020, 1, 1), [])


@pytest.mark.parametrize(
    ("year", "text", "link", "file", "field"),
    [
        (2019, "сделано", "https://example.org/a", False, None),
        (2019, "сделано", None, True, None),
        (2021, "сделано", None, True, "year"),
        (2019, "  ", None, True, "text"),
        (2019, "сделано", None, False, "link"),
    ],
)
def test_what_is_handed_in(year: int, text: str, link: str | None, file: bool, field: str | None) -> None:
    if field is None:
        assert rules.check_submission([due(2019), due(2020)], year, text, link, file) == due(2019)
        return
    with pytest.raises(Refused, match="BR-24") as refused:
        rules.check_submission([due(2019)], year, text, link, file)
    assert refused.value.field == field


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("action", ["submit", "return", "accept", "reject"])
def test_every_refused_move_names_the_rule(state: ReportState, action: str) -> None:
    if REPORT_MOVES.allows(state, action):
        assert rules.move(state, action) is not state
    else:
        with pytest.raises(Refused, match="REPORT_STATE"):
            rules.move(state, action)


def test_overdue_is_a_day_and_not_a_kept_state() -> None:
    assert replace(Standing(due(2020)), state=S.ACCEPTED).on(D(2030, 1, 1)) is S.ACCEPTED
