"""The attendance truth engine: golden vectors and properties (BR-31, BR-32, F9)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.rules.attendance import Interval, Presence, presence, union, verdict
from services.events.rules.kinds import ParticipationRole
from services.events.rules.states import RegistrationState

DAY = datetime(2020, 4, 16, tzinfo=UTC)


def at(text: str) -> datetime:
    hour, minute = text.split(":")
    return DAY.replace(hour=int(hour), minute=int(minute))


def stay(start: str, end: str) -> Interval:
    return Interval(at(start), at(end))


@pytest.mark.parametrize(
    ("session", "rows", "minutes", "share"),
    [
        pytest.param(
            ("10:05", "11:20"),
            [("10:00", "10:20"), ("10:15", "10:40"), ("10:50", "11:30")],
            65,
            "0.867",
            id="golden-second-device-and-clipping",
        ),
        pytest.param(
            ("10:00", "11:30"),
            [("10:05", "10:30"), ("10:25", "10:50"), ("11:00", "11:20")],
            65,
            "0.722",
            id="golden-model-3.8",
        ),
        pytest.param(("10:00", "11:30"), [], 0, "0.000", id="nobody"),
        pytest.param(
            ("10:00", "11:00"), [("09:00", "10:00"), ("11:00", "12:00")], 0, "0.000", id="touching-outside"
        ),
        pytest.param(("10:00", "11:00"), [("09:00", "12:00")], 60, "1.000", id="longer-than-the-session"),
        pytest.param(
            ("10:00", "11:00"), [("10:00", "10:30"), ("10:30", "11:00")], 60, "1.000", id="end-to-end"
        ),
    ],
)
def test_vectors(session: tuple[str, str], rows: list[tuple[str, str]], minutes: int, share: str) -> None:
    result = presence([stay(*row) for row in rows], stay(*session))
    assert (result.minutes, result.share) == (minutes, Decimal(share))
    assert result.reaches() == (Decimal(share) >= Decimal("0.6"))


def test_exactly_sixty_percent_is_present_and_a_second_less_is_not() -> None:
    session = stay("10:00", "11:30")
    edge = Interval(at("10:00"), at("10:54"))
    assert presence([edge], session).reaches()
    assert not presence([Interval(edge.start, edge.end - timedelta(seconds=1))], session).reaches()


seconds = st.integers(0, 10_000)
stays = st.lists(
    st.tuples(seconds, seconds).map(
        lambda pair: Interval(DAY + timedelta(seconds=min(pair)), DAY + timedelta(seconds=max(pair)))
    ),
    max_size=12,
)


@given(stays)
def test_union_counts_each_second_once(rows: list[Interval]) -> None:
    brute = {
        second
        for row in rows
        for second in range(int((row.start - DAY).total_seconds()), int((row.end - DAY).total_seconds()))
    }
    merged = union(rows)
    assert sum((i.end - i.start).total_seconds() for i in merged) == len(brute)
    assert all(a.end < b.start for a, b in pairwise(merged))


@given(stays, st.tuples(seconds, seconds).filter(lambda pair: pair[0] != pair[1]))
def test_presence_is_bounded_and_blind_to_order_and_repetition(
    rows: list[Interval], bounds: tuple[int, int]
) -> None:
    session = Interval(DAY + timedelta(seconds=min(bounds)), DAY + timedelta(seconds=max(bounds)))
    result = presence(rows, session)
    assert 0 <= result.seconds <= result.session_seconds
    assert presence([*reversed(rows), *rows], session) == result


ENOUGH, TOO_LITTLE = Presence(3600, 6000), Presence(3599, 6000)
R, P = RegistrationState, ParticipationRole


@pytest.mark.parametrize(
    ("state", "role", "marked", "there", "decision"),
    [
        (R.CONFIRMED, P.ATTENDEE, False, ENOUGH, "attend"),
        (R.NO_SHOW, P.ATTENDEE, False, ENOUGH, "attend"),
        (R.ATTENDED, P.ATTENDEE, False, TOO_LITTLE, "miss"),
        (R.CONFIRMED, P.OBSERVER, False, None, "miss"),
        (R.CONFIRMED, P.SPEAKER, False, ENOUGH, None),
        (R.CONFIRMED, P.EXPERT, False, None, None),
        (R.ATTENDED, P.ATTENDEE, True, TOO_LITTLE, None),
        (R.CERTIFIED, P.ATTENDEE, False, TOO_LITTLE, None),
        (R.WAITLIST, P.ATTENDEE, False, ENOUGH, None),
        (R.CANCELLED, P.ATTENDEE, False, ENOUGH, None),
    ],
)
def test_what_settling_decides(
    state: RegistrationState,
    role: ParticipationRole,
    marked: bool,
    there: Presence | None,
    decision: str | None,
) -> None:
    assert verdict(state, role, marked=marked, there=there) == decision
