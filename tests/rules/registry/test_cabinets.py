"""What a cabinet counts as due, and how much it shows (model 3.6)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry import access
from services.registry.rules.cabinets import (
    DETAILS,
    SHOWN,
    awaited_reports,
    comes_up,
    first,
    missing_details,
    share,
)
from services.registry.rules.kinds import ReportState, Stage
from services.registry.rules.transformation import following, reached
from shared.person import Grant, Person, Role

TODAY = date(2020, 12, 31)
_R = ReportState


@given(st.lists(st.integers(), max_size=3 * SHOWN))
def test_a_list_is_cut_and_counted(rows: list[int]) -> None:
    short = first(rows)
    assert list(short) == rows[:SHOWN]
    assert len(short) + short.more == short.total == len(rows)
    assert bool(short) == bool(rows)


def test_a_list_that_was_cut_before_knows_its_total() -> None:
    assert first([1, 2], 40).more == 38


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (None, False),
        (date(2020, 12, 30), False),
        (date(2020, 12, 31), True),
        (date(2021, 1, 30), True),
        (date(2021, 1, 31), False),
    ],
)
def test_a_term_comes_up_within_thirty_days(day: date | None, due: bool) -> None:
    assert comes_up(day, TODAY) is due


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([], set()),
        ([Role.EXPERT], set()),
        ([Role.OPERATOR], {_R.OVERDUE, _R.SUBMITTED}),
        ([Role.ORGANISATION], {_R.OPEN, _R.OVERDUE, _R.RETURNED}),
        ([Role.TMS, Role.EDU_AUTHORITY], {_R.OPEN, _R.OVERDUE, _R.RETURNED}),
        ([Role.OPERATOR, Role.TMS], {_R.OPEN, _R.OVERDUE, _R.RETURNED, _R.SUBMITTED}),
    ],
)
def test_whose_turn_a_report_is(roles: list[Role], expected: set[ReportState]) -> None:
    assert awaited_reports(roles) == expected


def test_a_card_names_what_it_lacks_in_the_order_of_the_card() -> None:
    assert missing_details({}) == list(DETAILS.values())
    assert missing_details({name: "x" for name in DETAILS if name not in ("phone", "inn")}) == [
        "ИНН",
        "телефон",
    ]
    assert missing_details(dict.fromkeys(DETAILS, "x")) == []


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, Decimal("33.3")), (0, 8, Decimal("0.0")), (1, 0, None), (2, None, None), (1, 16, Decimal("6.3"))],
)
def test_a_share_needs_a_count(part: int, whole: int | None, expected: Decimal | None) -> None:
    assert share(part, whole) == expected


@pytest.mark.parametrize(
    ("stages", "so_far", "after"),
    [
        ([], Stage.NOT_STARTED, Stage.ANALYSIS),
        ([Stage.ANALYSIS], Stage.ANALYSIS, Stage.AGREEMENT_SIGNED),
        ([Stage.ANALYSIS, Stage.PAUSED], Stage.ANALYSIS, Stage.AGREEMENT_SIGNED),
        ([Stage.FIRST_PLATFORM, Stage.TRANSFORMED], Stage.TRANSFORMED, None),
    ],
)
def test_the_next_stage_follows_the_one_reached(
    stages: list[Stage], so_far: Stage, after: Stage | None
) -> None:
    assert (reached(stages), following(so_far)) == (so_far, after)


def test_somebody_acting_in_one_role_has_no_reach_of_the_others() -> None:
    who = Person(None, None, "П", (Grant(Role.SYSTEM_ADMIN), Grant(Role.TMS, None, "03643000")))
    seen = access.acting(who, Role.TMS)
    assert seen.municipalities() == {"03643000"}
    assert not access.reads_all_agreements(seen)
    assert access.reads_all_agreements(who)
