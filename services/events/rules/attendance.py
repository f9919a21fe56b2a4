"""Who was there: a union of time intervals, clipped to the real session (BR-31, BR-32, F9).

Whole seconds only, so that 60 % is 60 % and not 59.999…
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from services.events.rules.kinds import ParticipationRole
from services.events.rules.states import OVER, EventState, RegistrationState
from shared.refusal import N_, Refused

THRESHOLD_PERCENT = 60

#: Experts, speakers and the organisers' own people are present by the organiser's mark (BR-32).
BY_MARK = frozenset(
    {
        ParticipationRole.EXPERT,
        ParticipationRole.SPEAKER,
        ParticipationRole.ORGANISER,
        ParticipationRole.MODERATOR,
    }
)


@dataclass(frozen=True)
class Interval:
    """One stay in the meeting, from joining to leaving."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Presence:
    """How long a person was there, out of how long the event really lasted."""

    seconds: int
    session_seconds: int

    @property
    def minutes(self) -> int:
        """Full minutes, as they are printed and told to the other services."""
        return self.seconds // 60

    @property
    def share(self) -> Decimal:
        """The part of the session, rounded half-up to three decimals for people to read."""
        if not self.session_seconds:
            return Decimal("0.000")
        exact = Decimal(self.seconds) / Decimal(self.session_seconds)
        return exact.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)

    def reaches(self, percent: int = THRESHOLD_PERCENT) -> bool:
        """Whether the person was present: at least ``percent`` of the real duration (BR-32)."""
        return bool(self.session_seconds) and self.seconds * 100 >= percent * self.session_seconds


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Stays of one person merged, so that re-joining or a second device does not double (BR-31)."""
    merged: list[Interval] = []
    for interval in sorted(intervals, key=lambda i: (i.start, i.end)):
        if merged and interval.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, interval.end))
        else:
            merged.append(interval)
    return merged


def clip(interval: Interval, session: Interval) -> Interval | None:
    """The part of a stay inside the real session; nothing when it lies outside."""
    start, end = max(interval.start, session.start), min(interval.end, session.end)
    return Interval(start, end) if start < end else None


def presence(rows: Iterable[Interval], session: Interval) -> Presence:
    """Time of one person at one event: union of the stays, clipped to the session (BR-31, F9)."""
    inside = [part for row in rows if (part := clip(row, session))]
    total = sum((part.end - part.start for part in union(inside)), timedelta())
    return Presence(total // timedelta(seconds=1), (session.end - session.start) // timedelta(seconds=1))


def may_be_taken(state: EventState) -> None:
    """Attendance is taken at an event that has begun."""
    if state is not EventState.RUNNING and state not in OVER:
        raise Refused("BR-31", N_("Посещаемость отмечают после начала мероприятия"))


def may_be_settled(state: EventState, anything_known: bool) -> None:
    """Attendance is settled after the event, and only when something is known of it (BR-32)."""
    if state not in OVER:
        raise Refused("BR-32", N_("Посещаемость подводят после завершения мероприятия"))
    if not anything_known:
        raise Refused("BR-32", N_("Нет ни одной строки посещаемости и ни одной отметки организатора"))


def session_known(session: Interval | None) -> Interval:
    """A share needs the real beginning and end of the event (BR-32)."""
    if session is None:
        raise Refused("BR-32", N_("Укажите время начала и окончания мероприятия"), field="started_at")
    return session


def verdict(
    state: RegistrationState, role: ParticipationRole, *, marked: bool, there: Presence | None
) -> str | None:
    """What settling does with a registration: "attend", "miss" or nothing (BR-32).

    Marked people stay present; experts, speakers and organisers wait for the organiser's mark.
    """
    if state not in (RegistrationState.CONFIRMED, RegistrationState.ATTENDED, RegistrationState.NO_SHOW):
        return None
    if marked or role in BY_MARK:
        return None
    return "attend" if there is not None and there.reaches() else "miss"
