"""The life of an event from opened registration to its end (model 3.3)."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from services.events import access
from services.events.actions.found import found, locked_event, schedule_of
from services.events.model import Event, Registration
from services.events.rules import registration, schedule
from services.events.rules.kinds import DatePrecision, pick
from services.events.rules.states import REGISTRATION_MOVES, event_after
from shared.person import Person
from shared.unit import Unit, work


def open_registration(who: Person, *, event_id: UUID) -> None:
    """Let people register; the day of the event must be set (BR-27)."""
    with work(who) as u:
        event = _led(u, event_id)
        schedule.day_needed(event.date_precision)
        _go(u, event, "open_registration")


def close_registration(who: Person, *, event_id: UUID) -> None:
    """Take no more registrations."""
    with work(who) as u:
        _go(u, _led(u, event_id), "close_registration")


def start_event(who: Person, *, event_id: UUID) -> None:
    """Begin the event."""
    with work(who) as u:
        _go(u, _led(u, event_id), "start")


def finish_event(
    who: Person, *, event_id: UUID, started_at: datetime | None = None, ended_at: datetime | None = None
) -> None:
    """End the event and say when it really began and ended; as planned when not told (BR-32)."""
    with work(who) as u:
        event = _led(u, event_id)
        event.state = event_after(event.state, "finish")
        real = schedule.real_times(schedule_of(event), started_at, ended_at)
        if real is not None:
            event.started_at, event.ended_at = real
        _tell(u, event, "finish")


def postpone_event(
    who: Person,
    *,
    event_id: UUID,
    reason: str,
    date_precision: str = DatePrecision.DAY,
    starts_at: datetime | None = None,
    starts_on: date | None = None,
    ends_at: datetime | None = None,
    ends_on: date | None = None,
) -> None:
    """Move an event that has not begun to new dates; those who registered stay registered."""
    with work(who) as u:
        event = _led(u, event_id)
        event.state = event_after(event.state, "postpone")
        event.reason = registration.checked_reason(reason, "EVENT_STATE")
        dates = schedule.schedule(
            pick(DatePrecision, date_precision, "date_precision"),
            starts_at=starts_at,
            starts_on=starts_on,
            ends_at=ends_at,
            ends_on=ends_on,
        )
        event.take(
            date_precision=dates.precision,
            starts_on=dates.starts_on,
            ends_on=dates.ends_on,
            starts_at=dates.starts_at,
            ends_at=dates.ends_at,
        )
        _tell(u, event, "postpone")


def cancel_event(who: Person, *, event_id: UUID, reason: str) -> None:
    """Call an event off before it begins; all its registrations are cancelled with it."""
    with work(who) as u:
        access.must_manage(who, found(u, Event, event_id).organiser_ids)
        event = locked_event(u, event_id)
        event.state = event_after(event.state, "cancel")
        event.reason = registration.checked_reason(reason, "EVENT_STATE")
        for one in u.session.scalars(sa.select(Registration).where(Registration.event_id == event.id)):
            if REGISTRATION_MOVES.allows(one.state, "cancel"):
                one.state = REGISTRATION_MOVES.after(one.state, "cancel")
                u.announce(one)
        _tell(u, event, "cancel")


def _led(u: Unit, event_id: UUID) -> Event:
    event = found(u, Event, event_id)
    access.must_manage(u.who, event.organiser_ids)
    return event


def _go(u: Unit, event: Event, action: str) -> None:
    event.state = event_after(event.state, action)
    _tell(u, event, action)


def _tell(u: Unit, event: Event, action: str) -> None:
    u.announce(event)
    u.journal(f"event.{action}", event)
