"""What must be done about personal data, and by when (PD-03…PD-05, PD-10)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.queries.privacy import consent_ended, record_of
from services.registry.rules import consents, incidents, retention
from services.registry.rules.consents import ConsentPurpose, ConsentState
from services.registry.rules.incidents import Duty
from services.registry.rules.requests import RequestState
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


@dataclass(frozen=True)
class DueErasure:
    """A person whose data must be destroyed by a day."""

    person: model.Person
    due_on: date
    is_late: bool


@dataclass(frozen=True)
class Due:
    """What the operator must do about personal data (PD-03…PD-05, PD-10)."""

    today: date
    erasures: list[DueErasure]
    withdrawals: list[tuple[model.Consent, model.Person, date]]
    requests: list[model.DataRequest]
    incidents: list["IncidentCard"]

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.erasures) + len(self.withdrawals) + len(self.requests) + len(self.incidents)


def privacy_due(who: Person) -> Due:
    """Erasures, withdrawn consents, requests and incidents that wait, the nearest deadline first."""
    access.require(access.may_manage(who))
    today = clock.today()
    erasures = _erasures(today)
    leaving = {row.person.id for row in erasures}
    withdrawn = read().execute(
        sa.select(model.Consent, model.Person)
        .join(model.Person, model.Person.id == model.Consent.person_id)
        .where(model.Consent.state == ConsentState.WITHDRAWN)
        .order_by(model.Consent.withdrawn_on, model.Consent.id)
    )
    asked = sa.select(model.DataRequest).where(model.DataRequest.state == RequestState.NEW)
    return Due(
        today=today,
        erasures=erasures,
        withdrawals=[
            (consent, person, consents.destroy_due(consent.withdrawn_on))
            for consent, person in withdrawn
            if not (consent.purpose is ConsentPurpose.PROCESSING and person.id in leaving)
        ],
        requests=list(read().scalars(asked.order_by(model.DataRequest.due_on, model.DataRequest.id))),
        incidents=[card for card in all_incidents(who) if card.incident.closed_at is None],
    )


def _erasures(today: date) -> list[DueErasure]:
    """People whose data have a day of destruction: only those with an ended consent or a reached purpose."""
    ended = sa.select(model.Consent.person_id).where(
        model.Consent.purpose == ConsentPurpose.PROCESSING,
        sa.or_(model.Consent.state != ConsentState.GIVEN, model.Consent.valid_to < today),
    )
    reached = sa.select(model.Processing.person_id).where(model.Processing.purpose_reached_on.is_not(None))
    rows = read().execute(
        sa.select(model.Person, model.Processing)
        .outerjoin(model.Processing, model.Processing.person_id == model.Person.id)
        .where(
            model.Person.erased_on.is_(None),
            sa.or_(model.Person.id.in_(ended), model.Person.id.in_(reached)),
        )
    )
    found = []
    for person, processing in rows.all():
        due = retention.destroy_due_on(record_of(processing, consent_ended(person.id)))
        if due is not None:
            found.append(DueErasure(person, due, due < today))
    return sorted(found, key=lambda row: (row.due_on, str(row.person.id)))


@dataclass(frozen=True)
class IncidentCard:
    """An incident with its deadlines."""

    incident: model.Incident
    deadlines: list[tuple[Duty, datetime | date]]


def all_incidents(who: Person) -> list[IncidentCard]:
    """Incidents with their deadlines, the latest first (PD-05, PD-10)."""
    access.require(access.may_manage(who))
    rows = read().scalars(sa.select(model.Incident).order_by(model.Incident.discovered_at.desc()))
    return [_incident(row) for row in rows]


def incident(who: Person, incident_id: UUID) -> IncidentCard:
    """One incident (PD-05, PD-10)."""
    access.require(access.may_manage(who))
    row = read().get(model.Incident, incident_id)
    if row is None:
        raise NotFound(N_("инцидент"))
    return _incident(row)


def _incident(row: model.Incident) -> IncidentCard:
    return IncidentCard(row, incidents.deadlines(row.kind, clock.local(row.discovered_at)))
