"""BR-19…BR-26: composition, basis, terms, and the immutable history of a status."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import platforms
from services.registry.rules.kinds import ActKind, PlatformKind, PlatformState, StatusStep
from services.registry.rules.platforms import PLATFORM_MOVES, Period, Step
from shared.refusal import Refused

D = date
A, B, C, E = (uuid4() for _ in range(4))
NETWORK, MUNICIPAL, PARTNER = PlatformKind.MUNICIPAL_NETWORK, PlatformKind.MUNICIPAL, PlatformKind.PARTNER
ACT = uuid4()


@pytest.mark.parametrize(
    ("kind", "holders", "hub", "members", "field"),
    [
        (MUNICIPAL, [A], None, [], None),
        (MUNICIPAL, [], None, [], "holder_ids"),
        (MUNICIPAL, [A, A], None, [], "member_ids"),
        (MUNICIPAL, [A], A, [], "hub_id"),
        (MUNICIPAL, [A], None, [B, C], "hub_id"),
        (NETWORK, [A], A, [B, C], None),
        (NETWORK, [A], None, [B, C], "hub_id"),
        (NETWORK, [A], B, [C, E], "hub_id"),
        (NETWORK, [A], A, [B], "member_ids"),
        (NETWORK, [A], A, [A, B], "member_ids"),
        (NETWORK, [A], A, [B, B], "member_ids"),
    ],
)
def test_composition(
    kind: PlatformKind, holders: list, hub: object, members: list, field: str | None
) -> None:
    if field is None:
        platforms.check_composition(kind, holders, hub, members)
        return
    with pytest.raises(Refused, match="BR-21") as refused:
        platforms.check_composition(kind, holders, hub, members)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("kind", "act", "agreement", "allowed"),
    [
        (MUNICIPAL, ActKind.ORDER, None, True),
        (MUNICIPAL, None, "договор", False),
        (PlatformKind.FEDERAL, None, None, False),
        (PARTNER, None, "договор № 1", True),
        (PARTNER, None, None, False),
        (PlatformKind.FGOS_PILOT, ActKind.LETTER, None, True),
        (PlatformKind.FGOS_PILOT, ActKind.LAW, None, False),
    ],
)
def test_basis(kind: PlatformKind, act: ActKind | None, agreement: str | None, allowed: bool) -> None:
    if allowed:
        platforms.check_basis(kind, act, agreement)
    else:
        with pytest.raises(Refused, match="BR-19"):
            platforms.check_basis(kind, act, agreement)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (D(2019, 1, 1), 36, D(2021, 12, 31)),
        (D(2020, 12, 1), 36, D(2023, 11, 30)),
        (D(2020, 12, 31), 2, D(2021, 2, 28)),
        (D(2020, 2, 29), 12, D(2021, 2, 28)),
        (D(2019, 3, 15), 1, D(2019, 4, 14)),
    ],
)
def test_last_day(first: date, months: int, last: date) -> None:
    assert platforms.last_day(first, months) == last


def test_term_is_36_months_unless_the_act_says_otherwise() -> None:
    start = D(2019, 1, 1)
    assert platforms.end_of_term(MUNICIPAL, start, None) == D(2021, 12, 31)
    assert platforms.end_of_term(PARTNER, start, None) is None
    assert platforms.end_of_term(MUNICIPAL, start, D(2019, 6, 1)) == D(2019, 6, 1)
    with pytest.raises(Refused, match="BR-23"):
        platforms.end_of_term(MUNICIPAL, start, start)


def test_a_status_does_not_start_before_its_act() -> None:
    platforms.check_start(D(2019, 1, 1), D(2019, 1, 1))
    with pytest.raises(Refused, match="BR-56"):
        platforms.check_start(D(2019, 1, 2), D(2019, 1, 1))


AWARD = Step(StatusStep.AWARD, D(2019, 1, 1), D(2021, 12, 31), ACT)


def test_periods_of_a_whole_life() -> None:
    other = uuid4()
    history = [
        AWARD,
        Step(StatusStep.EXTEND, D(2020, 11, 1), D(2024, 12, 31), other),
        Step(StatusStep.SUSPEND, D(2022, 3, 1)),
        Step(StatusStep.RESUME, D(2022, 6, 1)),
        Step(StatusStep.TERMINATE, D(2023, 1, 1), None, uuid4()),
    ]
    assert platforms.periods(history) == [
        Period(D(2019, 1, 1), D(2021, 12, 31), ACT),
        Period(D(2022, 1, 1), D(2022, 2, 28), other),
        Period(D(2022, 6, 1), D(2022, 12, 31), other),
    ]
    states = {
        D(2018, 12, 31): PlatformState.APPLIED,
        D(2020, 1, 1): PlatformState.ACTIVE,
        D(2022, 3, 1): PlatformState.SUSPENDED,
        D(2022, 6, 1): PlatformState.ACTIVE,
        D(2023, 1, 1): PlatformState.TERMINATED,
    }
    assert {day: platforms.state_on(history, day) for day in states} == states


def test_a_status_runs_out_by_itself() -> None:
    assert platforms.state_on([AWARD], D(2021, 12, 31)) is PlatformState.ACTIVE
    assert platforms.state_on([AWARD], D(2022, 1, 1)) is PlatformState.EXPIRED


@pytest.mark.parametrize(
    ("step", "rule"),
    [
        (Step(StatusStep.SUSPEND, D(2018, 1, 1)), "BR-26"),
        (Step(StatusStep.EXTEND, D(2020, 1, 1), D(2021, 12, 31)), "BR-23"),
        (Step(StatusStep.EXTEND, D(2022, 1, 1), D(2024, 12, 31)), "BR-23"),
        (Step(StatusStep.SUSPEND, D(2022, 1, 1)), "BR-23"),
        (Step(StatusStep.EXPIRE, D(2021, 12, 31)), "BR-23"),
    ],
)
def test_wrong_steps(step: Step, rule: str) -> None:
    with pytest.raises(Refused, match=rule):
        platforms.check_step([AWARD], step)


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    """A history that the rules accept, step by step."""
    history, state = [AWARD], PlatformState.ACTIVE
    day = AWARD.on
    for _ in range(draw(st.integers(0, 6))):
        day += timedelta(days=draw(st.integers(0, 300)))
        kind = draw(st.sampled_from(list(StatusStep)))
        to = day + timedelta(days=draw(st.integers(1, 1000))) if kind is StatusStep.EXTEND else None
        step = Step(kind, day, to, ACT)
        if not PLATFORM_MOVES.allows(state, kind):
            continue
        try:
            platforms.check_step(history, step)
        except Refused:
            continue
        state = PLATFORM_MOVES.after(state, kind)
        history.append(step)
    return history


@given(histories(), st.dates(D(2018, 6, 1), D(2030, 1, 1)))
def test_a_day_is_active_exactly_when_a_period_covers_it(history: list[Step], day: date) -> None:
    covered = any(period.covers(day) for period in platforms.periods(history))
    assert covered == (platforms.state_on(history, day) is PlatformState.ACTIVE)


@given(histories(), st.integers(1, 7))
def test_later_records_do_not_change_the_past(history: list[Step], kept: int) -> None:
    eve = history[kept].on - timedelta(days=1) if kept < len(history) else D(2019, 1, 1)
    assert platforms.state_on(history[:kept], eve) is platforms.state_on(history, eve)


@given(histories())
def test_periods_do_not_overlap(history: list[Step]) -> None:
    found = platforms.periods(history)
    assert not any(a.overlaps(b) for i, a in enumerate(found) for b in found[i + 1 :])


def test_after_the_term_a_status_is_only_closed() -> None:
    active = PlatformState.ACTIVE
    assert platforms.possible(active, [AWARD], D(2021, 12, 31)) == [
        StatusStep.EXTEND,
        StatusStep.SUSPEND,
        StatusStep.COMPLETE,
        StatusStep.TERMINATE,
    ]
    assert platforms.possible(active, [AWARD], D(2022, 1, 1)) == [StatusStep.COMPLETE, StatusStep.TERMINATE]
