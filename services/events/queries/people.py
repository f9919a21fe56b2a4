"""People at events: within the scope of whoever asks, everybody else as numbers (model 3.5)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.events import access
from services.events.access import Scope
from services.events.model import Event, Registration
from services.events.queries.events import EVENT
from services.events.rules import codes
from services.events.rules.states import OVER, PRESENT, SEATED, EventState, RegistrationState
from shared.person import Person
from shared.refusal import N_, NotFound, SignInNeeded
from shared.unit import read
from shared.web.paging import Page, paged


@dataclass(frozen=True)
class Counts:
    """How many people of one municipality registered and came."""

    municipality_oktmo: str | None
    municipality_name: str | None
    registered: int
    attended: int


def participants(who: Person, event_id: UUID, page: int = 1, size: int = 100) -> Page[Registration]:
    """Participants of an event whom this person may see by name."""
    _must_exist(event_id)
    _signed_in(who)
    wanted = (
        sa.select(Registration)
        .where(Registration.event_id == event_id, within(access.personal_scope(who)))
        .order_by(Registration.last_name, Registration.first_name, Registration.id)
    )
    return paged(wanted, page, size)


def turnout(who: Person, event_id: UUID) -> list[Counts]:
    """Participants as numbers by municipality: МОУО and ТМС see their own, the operator and ИРО all."""
    _must_exist(event_id)
    seen = access.counted_municipalities(who)
    wanted = (
        sa.select(
            Registration.municipality_oktmo,
            sa.func.max(Registration.municipality_name),
            sa.func.count().filter(Registration.state.in_(SEATED)),
            sa.func.count().filter(Registration.state.in_(PRESENT)),
        )
        .where(Registration.event_id == event_id)
        .group_by(Registration.municipality_oktmo)
        .order_by(sa.func.max(Registration.municipality_name))
    )
    if seen is not None:
        wanted = wanted.where(Registration.municipality_oktmo.in_(seen))
    return [Counts(*row) for row in read().execute(wanted)]


def registration(who: Person, registration_id: UUID, join_code: str | None = None) -> Registration:
    """One registration: for its owner, the owner's organisation, the operator, or by the join code.

    Anybody else is told that there is no such thing.
    """
    one = read().get(Registration, registration_id, options=[joinedload(Registration.event)])
    if one is None:
        raise NotFound(REGISTRATION)
    if not codes.shown(join_code, one.join_code) and not access.personal_scope(who).sees(
        one.organisation_id, one.person_id
    ):
        raise NotFound(REGISTRATION)
    return one


REGISTRATION = N_("регистрация")


def my_registrations(who: Person, *, coming_only: bool = False) -> list[Registration]:
    """Registrations of the person and of the people of the person's organisation, the latest first."""
    _signed_in(who)
    scope = access.personal_scope(who)
    wanted = (
        sa.select(Registration)
        .join(Registration.event)
        .options(joinedload(Registration.event))
        .where(within(Scope(organisations=scope.organisations, person_id=scope.person_id)))
        .order_by(Event.starts_on.desc(), Registration.last_name, Registration.id)
    )
    if coming_only:
        waiting = (RegistrationState.CONFIRMED, RegistrationState.WAITLIST)
        wanted = wanted.where(Registration.state.in_(waiting), Event.state.in_(BEFORE_END))
    return list(read().scalars(wanted.limit(200)))


#: An event in these states still awaits its participants.
BEFORE_END = frozenset(EventState) - OVER - {EventState.CANCELLED}


def within(scope: Scope) -> "sa.ColumnElement[bool]":
    """The scope as a condition on registrations."""
    if scope.everybody:
        return sa.true()
    reach: list[Any] = []
    if scope.organisations:
        reach.append(Registration.organisation_id.in_(scope.organisations))
    if scope.person_id is not None:
        reach.append(Registration.person_id == scope.person_id)
    return sa.or_(*reach) if reach else sa.false()


def _must_exist(event_id: UUID) -> None:
    if read().get(Event, event_id) is None:
        raise NotFound(EVENT)


def _signed_in(who: Person) -> None:
    if who.is_public:
        raise SignInNeeded
