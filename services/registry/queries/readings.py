"""Who looked at whose data, and everything the registry holds about one person (BR-71, F16)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.queries.privacy import privacy_card
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


@dataclass(frozen=True)
class ReadingRow:
    """A reading as people see it: the reader by name."""

    reading: model.Reading
    reader: str
    people: int


def readings(who: Person, *, page: int = 1, size: int = 50) -> Page[ReadingRow]:
    """The whole log of readings, for managers, the latest first (BR-71)."""
    access.require(access.may_manage(who))
    return _rows(sa.select(model.Reading), page, size)


def readings_of(who: Person, person_id: UUID, *, page: int = 1, size: int = 50) -> Page[ReadingRow]:
    """Who looked at this person's data: for the person and for managers, nobody else (BR-71)."""
    if not access.may_read_privacy(who, person_id):
        raise NotFound(N_("человек"))
    seen = sa.select(model.ReadingPerson.reading_id).filter_by(person_id=person_id)
    return _rows(sa.select(model.Reading).where(model.Reading.id.in_(seen)), page, size)


def _rows(query: "sa.Select[tuple[model.Reading]]", page: int, size: int) -> Page[ReadingRow]:
    found = paged(query.order_by(model.Reading.at.desc(), model.Reading.id.desc()), page, size)
    keys = {row.reader_id for row in found.items if row.reader_id}
    names = {row.id: row.full_name for row in read().scalars(_people(keys))}
    items = [
        ReadingRow(row, names.get(row.reader_id, str(row.account_id or "")), len(row.people))
        for row in found.items
    ]
    return Page(items, found.total, found.page, found.pages)


def _people(keys: set[UUID]) -> "sa.Select[tuple[model.Person]]":
    return sa.select(model.Person).where(model.Person.id.in_(keys))


def subject_export(who: Person, person_id: UUID) -> dict[str, Any]:
    """Everything the registry holds about a person, as plain data, no password hashes (F16).

    For the person and for managers; a request of the employer is executed by the operator.
    """
    card = privacy_card(who, person_id)
    person, processing = card.person, card.processing
    work_place = read().get(model.Organisation, person.organisation_id) if person.organisation_id else None
    accounts = list(read().scalars(sa.select(model.Account).filter_by(person_id=person_id)))
    looked = readings_of(who, person_id, size=10_000).items
    about = [person_id, *(one.id for one in accounts), *(one.id for one in card.consents)]
    journal = read().scalars(
        sa.select(model.Audit).where(model.Audit.object_id.in_(about)).order_by(model.Audit.at)
    )
    return {
        "made_at": clock.now(),
        "person": {
            "id": person.id,
            "last_name": person.last_name,
            "first_name": person.first_name,
            "middle_name": person.middle_name,
            "position": person.position,
            "organisation": work_place.full_name if work_place else None,
            "entered_at": person.created_at,
            "erased_on": person.erased_on,
        },
        "processing": {
            "basis": processing.basis if processing else None,
            "basis_note": processing.basis_note if processing else None,
            "purpose_reached_on": processing.purpose_reached_on if processing else None,
            "keep_until": processing.keep_until if processing else None,
            "keep_basis": processing.keep_basis if processing else None,
            "destroy_due_on": card.destroy_due_on,
        },
        "accounts": [
            {
                "id": one.id,
                "login": one.login,
                "active": one.active,
                "last_sign_in_at": one.last_sign_in_at,
                "roles": [grant.role for grant in one.grants],
            }
            for one in accounts
        ],
        "consents": [
            {
                "purpose": one.purpose,
                "state": one.state_on(card.today),
                "method": one.method,
                "categories": one.shown,
                "given_on": one.given_on,
                "valid_to": one.valid_to,
                "withdrawn_on": one.withdrawn_on,
                "text_version": one.text.version,
                "text": one.text.text,
                "scan_sha256": one.scan.sha256 if one.scan else None,
            }
            for one in card.consents
        ],
        "requests": [
            {
                "kind": one.kind,
                "state": one.state,
                "requested_on": one.requested_on,
                "due_on": one.due_on,
                "note": one.note,
                "reason": one.reason,
                "answered_on": one.answered_on,
            }
            for one in card.requests
        ],
        "papers": [
            {"kind": one.kind, "number": one.number, "issued_on": one.issued_on, "state": one.state}
            for one in card.papers
        ],
        "readings": [
            {
                "at": row.reading.at,
                "reader": row.reader,
                "screen": row.reading.screen,
                "purpose": row.reading.purpose,
            }
            for row in looked
        ],
        "journal": [
            {"at": line.at, "what": line.what, "object_kind": line.object_kind, "object_id": line.object_id}
            for line in journal
        ],
    }
