"""Events to look at: lists and cards. They are open to everybody; the link to join is not (model 3.5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from services.events import access
from services.events.model import Event, EventOrganiser, EventSeries, Registration
from services.events.queries import network
from services.events.rules.attendance import BY_MARK
from services.events.rules.kinds import Audience, DatePrecision, EventKind
from services.events.rules.states import OVER, SEATED, EventState, RegistrationState, next_step
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged

EVENT = N_("мероприятие")


class Period(StrEnum):
    """Which events are listed."""

    UPCOMING = "UPCOMING"
    PAST = "PAST"
    ALL = "ALL"


@dataclass(frozen=True)
class EventCard:
    """An event with what the person who looks at it may do and know."""

    event: Event
    organisers: list[str]
    seated: int
    waiting: int
    manages: bool
    keeps_attendance: bool
    #: The one button that leads the event forward, for whoever leads it.
    next_step: str | None
    may_register: bool
    #: The person's own registrations.
    own: list[Registration]

    @property
    def places_left(self) -> int | None:
        """Free places; None when there is no limit."""
        return None if self.event.capacity is None else max(0, self.event.capacity - self.seated)


def events(
    period: Period = Period.UPCOMING, kind: EventKind | None = None, page: int = 1, size: int = 20
) -> Page[Event]:
    """Events of the network: the nearest first when they are to come, the latest first otherwise."""
    over = Event.state.in_([*OVER, EventState.CANCELLED])
    wanted = sa.select(Event)
    if period is Period.UPCOMING:
        wanted = wanted.where(~over).order_by(Event.starts_on, Event.starts_at, Event.id)
    else:
        wanted = wanted.order_by(Event.starts_on.desc(), Event.id)
    if period is Period.PAST:
        wanted = wanted.where(over)
    if kind is not None:
        wanted = wanted.where(Event.kind == kind)
    return paged(wanted, page, size)


def event(who: Person, event_id: UUID) -> EventCard:
    """The card of an event, as this person may see it."""
    one = read().get(Event, event_id)
    if one is None:
        raise NotFound(EVENT)
    manages = access.manages(who, one.organiser_ids)
    keeps = access.keeps_attendance(who)
    names = network.organisation_names(one.organiser_ids, one.starts_on)
    return EventCard(
        event=one,
        organisers=[names[key] for key in one.organiser_ids if key in names],
        seated=_count(event_id, SEATED),
        waiting=_count(event_id, {RegistrationState.WAITLIST}),
        manages=manages,
        keeps_attendance=keeps,
        next_step=_next_step(one, manages=manages, keeps=keeps),
        may_register=one.state is EventState.REGISTRATION
        and (one.audience is Audience.OPEN or not who.is_public),
        own=_own(who, event_id),
    )


def series() -> list[EventSeries]:
    """All series, by name."""
    return list(read().scalars(sa.select(EventSeries).order_by(EventSeries.name)))


def week(who: Person) -> list[Event]:
    """Events of the coming seven days that this person leads (model 3.6)."""
    today = clock.today()
    wanted = (
        sa.select(Event)
        .where(Event.starts_on.between(today, today + timedelta(days=7)))
        .where(
            Event.state.in_(
                [EventState.PLANNED, EventState.REGISTRATION, EventState.READY, EventState.RUNNING]
            )
        )
        .order_by(Event.starts_on, Event.starts_at)
    )
    return list(read().scalars(led_by(who, wanted)))


def led_by(who: Person, wanted: "sa.Select[tuple[Event]]") -> "sa.Select[tuple[Event]]":
    """Only events that this person leads: all for the operator, its own for a ТМС."""
    if access.keeps_attendance(who):
        return wanted
    own = sa.select(EventOrganiser.event_id).where(
        EventOrganiser.organisation_id.in_(access.led_organisations(who))
    )
    return wanted.where(Event.id.in_(own))


def _next_step(one: Event, *, manages: bool, keeps: bool) -> str | None:
    """The next button: a step of the event's life, then attendance, then certificates."""
    step = next_step(one.state) if manages else None
    if step == "open_registration" and one.date_precision is not DatePrecision.DAY:
        return "set_day"
    if step is not None or not keeps or one.state is not EventState.HELD:
        return step
    wanted = sa.select(Registration.state, Registration.role).where(Registration.event_id == one.id)
    people = read().execute(wanted).all()
    undecided = {role for state, role in people if state is RegistrationState.CONFIRMED}
    if undecided - BY_MARK:
        return "attendance"
    if any(state is RegistrationState.ATTENDED for state, _ in people):
        return "issue_certificates"
    # Experts and speakers whom nobody has marked hold up no one's certificate.
    return "attendance" if undecided else None


def _count(event_id: UUID, states: Collection[RegistrationState]) -> int:
    wanted = sa.select(sa.func.count()).select_from(Registration)
    return read().scalar(wanted.where(Registration.event_id == event_id, Registration.state.in_(states))) or 0


def _own(who: Person, event_id: UUID) -> list[Registration]:
    if who.person_id is None:
        return []
    return list(
        read().scalars(
            sa.select(Registration).where(
                Registration.event_id == event_id,
                Registration.person_id == who.person_id,
                Registration.state != RegistrationState.CANCELLED,
            )
        )
    )
