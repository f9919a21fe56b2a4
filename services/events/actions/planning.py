"""Planning events: series, new events, events from history, their day and their meeting."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.events import access
from services.events.actions.found import found, schedule_of
from services.events.model import Event, EventOrganiser, EventSeries
from services.events.queries import network
from services.events.rules import registration, schedule, states, titles
from services.events.rules.kinds import (
    Audience,
    DatePrecision,
    EventKind,
    EventMode,
    OrdinalStyle,
    Provider,
    pick,
)
from services.events.rules.meeting import checked_link
from services.events.rules.schedule import Schedule
from services.events.rules.states import EventState
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def add_series(
    who: Person,
    *,
    name: str,
    organiser_id: UUID,
    ordinal_style: str = OrdinalStyle.ROMAN,
    aliases: Sequence[str] = (),
) -> UUID:
    """Open a series of events under one name, counted in Roman or Arabic numbers."""
    with work(who) as u:
        access.must_keep_series(who)
        name = _called(name, field="name", limit=300)
        if u.session.scalar(sa.select(EventSeries.id).where(EventSeries.name == name)):
            raise Refused("3.2", N_("Серия с таким названием уже есть"), field="name")
        _known([organiser_id], field="organiser_id")
        series = u.add(
            EventSeries(
                name=name,
                aliases=list(aliases),
                ordinal_style=pick(OrdinalStyle, ordinal_style, "ordinal_style"),
                organiser_id=organiser_id,
            )
        )
        u.journal("event_series.added", series)
        return series.id


@dataclass(frozen=True, kw_only=True)
class EventPlan:
    """What is asked of a new event; ``audience`` None means that anybody may register."""

    kind: str
    title: str | None = None
    mode: str = EventMode.OFFLINE
    date_precision: str = DatePrecision.DAY
    starts_at: datetime | None = None
    starts_on: date | None = None
    ends_at: datetime | None = None
    ends_on: date | None = None
    organiser_ids: Sequence[UUID] = ()
    series_id: UUID | None = None
    ordinal: int | None = None
    jubilee: bool = False
    audience: str | None = None
    capacity: int | None = None
    place: str | None = None
    provider: str | None = None
    join_url: str | None = None


def plan_event(who: Person, **plan: Any) -> UUID:
    """Announce an event; the keywords are those of :class:`EventPlan`.

    Without a title the event is called after its series: «X юбилейный …» (BR-27, D-08).
    """
    with work(who) as u:
        event, _ = _new_event(u, EventPlan(**plan), EventState.PLANNED)
        u.journal("event.planned", event)
        return event.id


def record_past_event(who: Person, **plan: Any) -> UUID:
    """Enter an event from history: held already, its date known to a day, a month or a year (BR-27)."""
    with work(who) as u:
        event, dates = _new_event(u, EventPlan(**plan), EventState.HELD)
        schedule.lies_in_the_past(dates, clock.today())
        event.take(started_at=dates.starts_at, ended_at=dates.ends_at)
        u.journal("event.recorded", event)
        return event.id


def set_day(who: Person, *, event_id: UUID, starts_at: datetime, ends_at: datetime | None = None) -> None:
    """Set the day and hour of an event that had only a month or a year (BR-27)."""
    with work(who) as u:
        event = found(u, Event, event_id)
        access.must_manage(who, event.organiser_ids)
        states.day_may_be_set(event.state)
        _move(event, schedule.schedule(DatePrecision.DAY, starts_at=starts_at, ends_at=ends_at))
        if event.state is EventState.HELD:
            schedule.lies_in_the_past(schedule_of(event), clock.today())
            event.take(started_at=starts_at, ended_at=ends_at)
        u.announce(event)
        u.journal("event.day_set", event)


def set_meeting(
    who: Person,
    *,
    event_id: UUID,
    place: str | None = None,
    provider: str | None = None,
    join_url: str | None = None,
) -> None:
    """Say where an event takes place: an address, or a provider and the link to join by (BR-30)."""
    with work(who) as u:
        event = found(u, Event, event_id)
        access.must_manage(who, event.organiser_ids)
        event.take(
            place=place or None,
            provider=pick(Provider, provider, "provider") if provider else None,
            join_url=checked_link(event.mode, join_url),
        )
        u.journal("event.meeting_set", event)


def _new_event(u: Unit, plan: EventPlan, state: EventState) -> tuple[Event, Schedule]:
    series = found(u, EventSeries, plan.series_id) if plan.series_id else None
    organiser_ids = list(dict.fromkeys(plan.organiser_ids)) or ([series.organiser_id] if series else [])
    access.must_plan(u.who, organiser_ids)
    _known(organiser_ids, field="organiser_ids")
    dates = schedule.schedule(
        pick(DatePrecision, plan.date_precision, "date_precision"),
        starts_at=plan.starts_at,
        starts_on=plan.starts_on,
        ends_at=plan.ends_at,
        ends_on=plan.ends_on,
    )
    registration.capacity_makes_sense(plan.capacity)
    mode = pick(EventMode, plan.mode, "mode")
    event = u.add(
        Event(
            series=series,
            ordinal=_ordinal(u, series, plan.ordinal),
            jubilee=plan.jubilee,
            kind=pick(EventKind, plan.kind, "kind"),
            title=_title(plan, series),
            mode=mode,
            audience=pick(Audience, plan.audience, "audience") if plan.audience else Audience.OPEN,
            state=state,
            capacity=plan.capacity,
            place=plan.place or None,
            provider=pick(Provider, plan.provider, "provider") if plan.provider else None,
            join_url=checked_link(mode, plan.join_url),
            organisers=[
                EventOrganiser(organisation_id=organiser, position=place)
                for place, organiser in enumerate(organiser_ids)
            ],
        )
    )
    _move(event, dates)
    u.announce(event)
    return event, dates


def _title(plan: EventPlan, series: EventSeries | None) -> str:
    """The title as given, otherwise made of the series, its number and the jubilee (D-08)."""
    if plan.title and plan.title.strip():
        return _called(plan.title, field="title", limit=500)
    if series is None:
        raise Refused("3.2", N_("Укажите название мероприятия или его серию"), field="title")
    return titles.series_title(series.name, plan.ordinal, series.ordinal_style, plan.jubilee)


def _ordinal(u: Unit, series: EventSeries | None, ordinal: int | None) -> int | None:
    """A number in a series is positive and is given once."""
    if ordinal is None:
        return None
    if series is None:
        raise Refused("3.2", N_("Порядковый номер бывает только у мероприятия серии"), field="ordinal")
    if ordinal < 1:
        raise Refused("3.2", N_("Порядковый номер должен быть положительным"), field="ordinal")
    if u.session.scalar(sa.select(Event.id).where(Event.series_id == series.id, Event.ordinal == ordinal)):
        raise Refused("3.2", N_("Мероприятие с этим номером в серии уже есть"), field="ordinal")
    return ordinal


def _called(name: str, *, field: str, limit: int) -> str:
    text = " ".join(name.split())
    if not 3 <= len(text) <= limit:
        raise Refused(
            "3.2", N_("Название должно быть длиной от 3 до %(limit)s знаков"), field=field, limit=limit
        )
    return text


def _known(organisation_ids: Sequence[UUID], *, field: str) -> None:
    if network.unknown_organisations(organisation_ids):
        raise Refused("3.2", N_("Организация не найдена в реестре"), field=field)


def _move(event: Event, dates: Schedule) -> None:
    """Give an event the dates that the rules allowed."""
    values = asdict(dates)
    event.take(date_precision=values.pop("precision"), **values)
