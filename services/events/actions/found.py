"""Rows that actions work on; what does not exist is named in the user's words."""

from typing import TypeVar
from uuid import UUID

from services.events.model import Attendance, Certificate, Event, EventSeries, Registration
from services.events.rules.schedule import Schedule
from shared.refusal import N_, NotFound
from shared.unit import Unit

T = TypeVar("T")

_CALLED = {
    Event: N_("мероприятие"),
    EventSeries: N_("серия мероприятий"),
    Registration: N_("регистрация"),
    Attendance: N_("строка посещаемости"),
    Certificate: N_("сертификат"),
}


def found(u: Unit, kind: type[T], key: UUID) -> T:
    """The row with this key, or NotFound in the user's words."""
    thing = u.session.get(kind, key)
    if thing is None:
        raise NotFound(_CALLED[kind])
    return thing


def locked_event(u: Unit, event_id: UUID) -> Event:
    """An event whose places or rows are about to be counted: others wait until this is done."""
    event = u.session.get(Event, event_id, with_for_update={"of": Event}, populate_existing=True)
    if event is None:
        raise NotFound(_CALLED[Event])
    return event


def schedule_of(event: Event) -> Schedule:
    """The dates of an event as its rules see them."""
    return Schedule(event.date_precision, event.starts_on, event.ends_on, event.starts_at, event.ends_at)
