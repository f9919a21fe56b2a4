"""Consents, bases and terms of one person; texts, policy, who may be named to the ИРО (BR-66, PD-13)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.registry import access, model
from services.registry.queries.papers import papers_of
from services.registry.rules import retention
from services.registry.rules.consents import ConsentPurpose, ConsentState
from services.registry.rules.papers import PaperKind
from services.registry.rules.retention import Record
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


@dataclass(frozen=True)
class PrivacyCard:
    """Everything about the processing of one person's data."""

    person: model.Person
    processing: model.Processing | None
    consents: list[model.Consent]
    #: Purposes for which a consent can be given now, with the text to agree to.
    open_texts: dict[ConsentPurpose, model.ConsentText]
    requests: list[model.DataRequest]
    papers: list[model.Paper]
    erasure: model.Erasure | None
    destroy_due_on: date | None
    today: date
    is_own: bool
    may_operate: bool


def privacy_card(who: Person, person_id: UUID) -> PrivacyCard:
    """The card of one person's data protection; a stranger learns nothing of it (model 3.5)."""
    person = read().get(model.Person, person_id)
    if person is None or not access.may_read_privacy(who, person_id):
        raise NotFound(N_("человек"))
    today, given = clock.today(), _consents(person_id)
    in_force = {row.purpose for row in given if row.state_on(today) is ConsentState.GIVEN}
    due = None if person.erased_on else retention.destroy_due_on(retention_record(person_id))
    return PrivacyCard(
        person=person,
        processing=read().get(model.Processing, person_id),
        consents=given,
        open_texts={}
        if person.erased_on
        else {p: t for p, t in consent_texts().items() if p not in in_force},
        requests=_requests(person_id),
        papers=papers_of(who, person_id, PaperKind.D14_DESTRUCTION, PaperKind.D15_CONSENT),
        erasure=read().scalar(sa.select(model.Erasure).filter_by(person_id=person_id)),
        destroy_due_on=due,
        today=today,
        is_own=who.person_id == person_id,
        may_operate=access.may_operate(who),
    )


def _consents(person_id: UUID) -> list[model.Consent]:
    query = sa.select(model.Consent).filter_by(person_id=person_id).options(joinedload(model.Consent.scan))
    return list(read().scalars(query.order_by(model.Consent.given_on.desc(), model.Consent.id.desc())))


def _requests(person_id: UUID) -> list[model.DataRequest]:
    query = sa.select(model.DataRequest).filter_by(person_id=person_id)
    return list(read().scalars(query.order_by(model.DataRequest.requested_on.desc(), model.DataRequest.id)))


def retention_record(person_id: UUID) -> Record:
    """What the rules of retention need to know of a person (PD-03, PD-04)."""
    return record_of(read().get(model.Processing, person_id), consent_ended(person_id))


def consent_ended(person_id: UUID) -> date | None:
    """The day the last consent to processing ended; nothing while one is in force (PD-03)."""
    rows = read().scalars(
        sa.select(model.Consent).filter_by(person_id=person_id, purpose=ConsentPurpose.PROCESSING)
    )
    today = clock.today()
    ends = [consent_end(row, today) for row in rows]
    return None if None in ends else max((end for end in ends if end is not None), default=None)


def consent_end(row: model.Consent, today: date) -> date | None:
    """The first day without the consent, or nothing while it is in force (BR-69)."""
    if row.withdrawn_on is not None:
        return row.withdrawn_on
    if row.state_on(today) is ConsentState.GIVEN:
        return None
    return row.valid_to + timedelta(days=1) if row.valid_to else today


def record_of(row: model.Processing | None, ended: date | None) -> Record:
    """A row of processing and the end of the consent as the rules read them."""
    if row is None:
        return Record(consent_ended_on=ended)
    return Record(
        basis=row.basis,
        consent_ended_on=ended,
        purpose_reached_on=row.purpose_reached_on,
        keep_until=row.keep_until,
        keep_basis=row.keep_basis,
        anonymisation_keeps=row.anonymisation_keeps,
    )


def consent_texts() -> dict[ConsentPurpose, model.ConsentText]:
    """The newest text of every purpose; open, for a text is read before it is agreed to (PD-01)."""
    rows = read().scalars(sa.select(model.ConsentText).order_by(model.ConsentText.version))
    return {row.purpose: row for row in rows}


def consent_scan(who: Person, consent_id: UUID) -> model.ConsentScan:
    """The scan of a consent, for managers and the person (model 3.5)."""
    row = read().get(model.Consent, consent_id)
    if row is None or row.scan is None or not access.may_read_privacy(who, row.person_id):
        raise NotFound(N_("скан согласия"))
    return row.scan


def policy() -> model.PolicyText | None:
    """The policy of personal data in force, open to everybody (PD-09)."""
    query = sa.select(model.PolicyText).order_by(model.PolicyText.version.desc())
    found: model.PolicyText | None = read().scalars(query).first()
    return found


def erasure_extract(who: Person, erasure_id: UUID) -> model.Erasure:
    """An act of destruction with its extract of the journal, for managers (PD-06)."""
    access.require(access.may_manage(who))
    row = read().get(model.Erasure, erasure_id)
    if row is None:
        raise NotFound(N_("акт об уничтожении"))
    return row


def leaving_people(who: Person) -> tuple[list[model.Person], int]:
    """People whose names may go to the ИРО, and the number of the others (BR-66)."""
    access.require(access.may_operate(who))
    today = clock.today()
    agreed = {
        row.person_id
        for row in read().scalars(
            sa.select(model.Consent).filter_by(purpose=ConsentPurpose.PROCESSING, state=ConsentState.GIVEN)
        )
        if row.state_on(today) is ConsentState.GIVEN
    }
    rows = read().execute(
        sa.select(model.Person, model.Processing.basis)
        .outerjoin(model.Processing, model.Processing.person_id == model.Person.id)
        .order_by(model.Person.search_key, model.Person.id)
    )
    everybody = rows.all()
    named = [
        person
        for person, basis in everybody
        if person.erased_on is None and retention.may_leave(basis, consents=person.id in agreed)
    ]
    return named, len(everybody) - len(named)
