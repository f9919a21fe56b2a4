"""Registering people: places, waiting list, join codes (BR-28, BR-29, BR-30)."""

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.events import access
from services.events.actions.found import found, locked_event
from services.events.model import Event, Registration
from services.events.queries import network
from services.events.rules import codes, names, registration, states
from services.events.rules.kinds import ParticipationRole, pick
from services.events.rules.registration import Someone
from services.events.rules.states import ALIVE, SEATED, RegistrationState, registration_after
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


@dataclass(frozen=True)
class Registered:
    """What a person is told after registering."""

    id: UUID
    join_code: str
    state: RegistrationState


def register_participant(
    who: Person,
    *,
    event_id: UUID,
    last_name: str,
    first_name: str,
    middle_name: str | None = None,
    email: str | None = None,
    organisation_id: UUID | None = None,
    role: str = ParticipationRole.ATTENDEE,
    person_id: UUID | None = None,
) -> Registered:
    """Give a person a place, or a line of the waiting list when there is none left (BR-28…BR-30)."""
    with work(who) as u:
        event = locked_event(u, event_id)
        chosen = pick(ParticipationRole, role, "role")
        access.must_register(
            who,
            leads=access.manages(who, event.organiser_ids),
            audience=event.audience,
            role=chosen,
            organisation_id=organisation_id,
            person_id=person_id,
        )
        registration.registration_is_open(event.state)
        place = _place(organisation_id, clock.today(), must_be_active=True)
        registration.suits_audience(event.audience, place.roles if place else None)
        fits = registration.has_place(event.capacity, _seated(u, event))
        someone = Someone(last_name, first_name, middle_name, person_id, organisation_id)
        one = _new(u, event, someone, place, chosen)
        one.email = registration.checked_email(email)
        one.state = registration_after(one.state, "confirm" if fits else "wait")
        u.announce(one)
        u.journal("registration.added", one)
        return Registered(one.id, one.join_code, one.state)


def cancel_registration(who: Person, *, registration_id: UUID, join_code: str | None = None) -> None:
    """Give a place back before the event starts; the first of the waiting list gets it.

    Whoever registered without an account shows the join code.
    """
    with work(who) as u:
        one = found(u, Registration, registration_id)
        access.must_own_registration(
            who,
            organisation_id=one.organisation_id,
            person_id=one.person_id,
            code_shown=codes.shown(join_code, one.join_code),
        )
        event = locked_event(u, one.event_id)
        states.before_start(event.state)
        gives_a_place = one.state in SEATED
        one.state = registration_after(one.state, "cancel")
        u.announce(one)
        u.journal("registration.cancelled", one)
        if gives_a_place:
            _promote(u, event)


def record_past_participation(
    who: Person,
    *,
    event_id: UUID,
    organisation_id: UUID | None,
    role: str,
    last_name: str,
    first_name: str,
    middle_name: str | None = None,
    person_id: UUID | None = None,
) -> UUID:
    """Enter a person who took part in an event that is over, on the organiser's word (BR-32)."""
    with work(who) as u:
        access.must_keep_attendance(who)
        event = locked_event(u, event_id)
        states.past_participation_fits(event.state)
        place = _place(organisation_id, event.starts_on, must_be_active=False)
        someone = Someone(last_name, first_name, middle_name, person_id, organisation_id)
        one = _new(u, event, someone, place, pick(ParticipationRole, role, "role"))
        one.mark_reason = PAST_MARK
        one.state = registration_after(registration_after(one.state, "confirm"), "attend")
        u.announce(one)
        u.journal("registration.recorded", one)
        return one.id


#: Why a person from history counts as present.
PAST_MARK = "Записано организатором после мероприятия"


def _new(
    u: Unit, event: Event, someone: Someone, place: network.Place | None, role: ParticipationRole
) -> Registration:
    """A registration of somebody who is not registered yet, with a join code of one's own."""
    last_name = names.checked(someone.last_name, "last_name")
    first_name = names.checked(someone.first_name, "first_name")
    middle_name = names.checked(someone.middle_name, "middle_name") if someone.middle_name else None
    there = u.session.scalars(sa.select(Registration).where(Registration.event_id == event.id)).all()
    registration.registered_once(someone, [_someone(one) for one in there if one.state in ALIVE])
    return u.add(
        Registration(
            event_id=event.id,
            person_id=someone.person_id,
            last_name=last_name,
            first_name=first_name,
            middle_name=middle_name,
            organisation_id=place.organisation_id if place else None,
            organisation_name=place.organisation_name if place else None,
            municipality_oktmo=place.municipality_oktmo if place else None,
            municipality_name=place.municipality_name if place else None,
            role=role,
            join_code=codes.join_code({one.join_code for one in there}, secrets.randbelow),
            state=RegistrationState.REQUESTED,
        )
    )


def _seated(u: Unit, event: Event) -> int:
    """How many places of the event are taken."""
    seated = sa.select(sa.func.count()).select_from(Registration)
    taken = (Registration.event_id == event.id, Registration.state.in_(SEATED))
    return u.session.scalar(seated.where(*taken)) or 0


def _someone(one: Registration) -> Someone:
    return Someone(one.last_name, one.first_name, one.middle_name, one.person_id, one.organisation_id)


def _place(organisation_id: UUID | None, on: date, *, must_be_active: bool) -> network.Place | None:
    if organisation_id is None:
        return None
    place = network.place_of(organisation_id, on)
    if place is None or (must_be_active and not place.is_active):
        raise Refused("BR-29", N_("Организация не найдена в реестре"), field="organisation_id")
    return place


def _promote(u: Unit, event: Event) -> None:
    """The place that became free goes to the one who has waited longest."""
    waiting = u.session.scalar(
        sa.select(Registration)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.WAITLIST)
        .order_by(Registration.created_at, Registration.id)
        .limit(1)
    )
    if waiting is not None:
        waiting.state = registration_after(waiting.state, "promote")
        u.announce(waiting)
        u.journal("registration.promoted", waiting)
