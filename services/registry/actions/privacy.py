"""Bases and terms of processing, requests of people, incidents, the policy (PD-03…PD-05, PD-09, PD-13)."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.rules import incidents, requests, retention
from services.registry.rules.incidents import IncidentKind
from services.registry.rules.labels import after
from services.registry.rules.names import clean
from services.registry.rules.requests import REQUEST_MOVES, REQUEST_REFUSALS, RequestKind, RequestState
from services.registry.rules.retention import LegalBasis
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def set_processing(
    who: Person,
    *,
    person_id: UUID,
    basis: LegalBasis,
    basis_note: str | None = None,
    purpose_reached_on: date | None = None,
    keep_until: date | None = None,
    keep_basis: str | None = None,
    anonymisation_keeps: bool = False,
) -> None:
    """Record why and how long a person's data are processed (PD-04, PD-13)."""
    access.require(access.may_operate(who))
    record = retention.Record(
        basis=basis,
        purpose_reached_on=purpose_reached_on,
        keep_until=keep_until,
        keep_basis=keep_basis,
        anonymisation_keeps=anonymisation_keeps,
    )
    retention.check_record(record, clock.today())
    with work(who) as u:
        person = _living(u, person_id)
        row = u.session.get(model.Processing, person_id) or u.add(model.Processing(person_id=person_id))
        row.basis, row.basis_note = basis, clean(basis_note) if basis_note else None
        row.purpose_reached_on, row.keep_until = purpose_reached_on, keep_until
        row.keep_basis = clean(keep_basis) if keep_basis and keep_until else None
        row.anonymisation_keeps = anonymisation_keeps
        u.journal("person.processing_set", person, {"basis": basis.value})


def request_data(who: Person, *, person_id: UUID, kind: RequestKind, note: str | None = None) -> UUID:
    """Ask for the data of a person, or for their destruction; answered within 30 days (model 3.5, PD-03)."""
    with work(who) as u:
        person = u.session.get(model.Person, person_id)
        if person is None or not access.may_request_data(who, person.id, person.organisation_id):
            raise NotFound(N_("человек"))
        if person.erased_on is not None:
            raise Refused("BR-70", N_("Данные этого человека уже уничтожены"))
        if open_request(u, person_id, kind) is not None:
            raise Refused("PD-03", N_("Такой запрос уже открыт"), field="kind")
        today = clock.today()
        row = u.add(
            model.DataRequest(
                person_id=person_id,
                kind=kind,
                requested_on=today,
                due_on=requests.due_on(today),
                requested_by=who.account_id,
                note=clean(note) if note else None,
            )
        )
        u.journal("request.filed", row, {"kind": kind.value})
        return row.id


def refuse_request(who: Person, *, request_id: UUID, reason: str) -> None:
    """Refuse a request, saying why (PD-03)."""
    access.require(access.may_operate(who))
    if not reason.strip():
        raise Refused("PD-03", N_("Укажите причину отказа"), field="reason")
    with work(who) as u:
        answer(u, u.get(model.DataRequest, request_id), "refuse", reason=clean(reason))


def fulfil_export(who: Person, *, request_id: UUID) -> None:
    """Record that the data were handed over; a destruction is fulfilled by destroying (PD-03)."""
    access.require(access.may_operate(who))
    with work(who) as u:
        row = u.get(model.DataRequest, request_id)
        if row.kind is not RequestKind.EXPORT:
            raise Refused("PD-03", N_("Запрос на уничтожение исполняется уничтожением данных"))
        answer(u, row, "fulfil")


def answer(u: Unit, row: model.DataRequest, action: str, reason: str | None = None) -> None:
    """Move a request to its end, noting when and by whom (part of other actions)."""
    row.state = after(REQUEST_MOVES, row.state, action, REQUEST_REFUSALS)
    row.answered_on, row.answered_by, row.reason = clock.today(), u.who.account_id, reason
    u.journal(f"request.{row.state.value.lower()}", row, {"kind": row.kind.value})


def open_request(u: Unit, person_id: UUID, kind: RequestKind) -> model.DataRequest | None:
    """The request of this kind that waits for an answer (part of other actions)."""
    found: model.DataRequest | None = u.session.scalar(
        sa.select(model.DataRequest).filter_by(person_id=person_id, kind=kind, state=RequestState.NEW)
    )
    return found


def record_incident(who: Person, *, kind: IncidentKind, discovered_at: datetime, notes: str) -> UUID:
    """Open the card of an incident; its deadlines run from the discovery (PD-05, PD-10)."""
    access.require(access.may_manage(who))
    incidents.check_discovery(discovered_at, clock.now())
    with work(who) as u:
        row = u.add(
            model.Incident(
                kind=kind, discovered_at=discovered_at, notes=notes.strip(), recorded_by=who.account_id
            )
        )
        u.journal("incident.opened", row, {"kind": kind.value})
        return row.id


def close_incident(who: Person, *, incident_id: UUID, note: str) -> None:
    """Close an incident, saying what was done (PD-05, PD-10)."""
    access.require(access.may_manage(who))
    with work(who) as u:
        row = u.get(model.Incident, incident_id)
        incidents.check_closing(row.closed_at is not None, note)
        row.closed_at, row.closing_note = clock.now(), note.strip()
        u.journal("incident.closed", row)


def publish_policy(who: Person, *, text: str) -> UUID:
    """Publish the next version of the policy of personal data (PD-09)."""
    access.require(access.may_publish_policy(who), N_("Политику публикует системный администратор"))
    with work(who) as u:
        newest = u.session.scalar(sa.select(sa.func.max(model.PolicyText.version)))
        row = u.add(
            model.PolicyText(version=(newest or 0) + 1, text=text.strip(), published_by=who.account_id)
        )
        u.journal("policy.published", row, {"version": row.version})
        return row.id


def _living(u: Unit, person_id: UUID) -> model.Person:
    person = u.get(model.Person, person_id)
    if person.erased_on is not None:
        raise Refused("BR-70", N_("Данные этого человека уже уничтожены"))
    return person
