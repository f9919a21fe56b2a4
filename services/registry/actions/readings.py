"""Opening other people's data: the reading is written down before anything is shown (BR-71)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from services.registry import access, model, queries
from services.registry.queries.people import PersonCard
from services.registry.queries.privacy import PrivacyCard
from services.registry.queries.privacy_due import Due
from services.registry.rules.readings import ReadingPurpose, Screen, purpose_of
from shared.person import Person
from shared.unit import work
from shared.web.paging import Page


def read_person(who: Person, *, person_id: UUID, purpose: ReadingPurpose | None = None) -> PersonCard:
    """Open the card of a person; the person later sees who did and why (BR-71)."""
    queries.person(who, person_id)
    _note(who, [person_id], Screen.PERSON, purpose)
    return queries.person(who, person_id)


def read_people(who: Person, *, purpose: ReadingPurpose | None = None, **wanted: Any) -> Page[model.Person]:
    """Open a list of people: one line with everybody whom it showed (BR-71)."""
    found = queries.people(who, **wanted)
    _note(who, [row.id for row in found.items], Screen.PEOPLE, purpose)
    return queries.people(who, **wanted)


def read_account(who: Person, *, account_id: UUID) -> model.Account:
    """Open an account; whose it is, is written down (BR-71)."""
    _note(who, [queries.account(who, account_id).person_id], Screen.ACCOUNTS)
    return queries.account(who, account_id)


def read_accounts(who: Person, **wanted: Any) -> Page[model.Account]:
    """Open a list of accounts: logins and names of people (BR-71)."""
    found = queries.accounts(who, **wanted)
    _note(who, [row.person_id for row in found.items], Screen.ACCOUNTS)
    return queries.accounts(who, **wanted)


def read_privacy(who: Person, *, person_id: UUID) -> PrivacyCard:
    """Open somebody's consents and terms (BR-71)."""
    queries.privacy_card(who, person_id)
    _note(who, [person_id], Screen.PRIVACY)
    return queries.privacy_card(who, person_id)


def read_privacy_due(who: Person) -> Due:
    """Open the list of what is due: it names the people whom it is about (BR-71)."""
    due = queries.privacy_due(who)
    people = {row.person.id for row in due.erasures} | {row.person_id for row in due.requests}
    _note(who, people | {person.id for _, person, _ in due.withdrawals}, Screen.PRIVACY)
    return queries.privacy_due(who)


def export_subject(who: Person, *, person_id: UUID) -> dict[str, Any]:
    """Take out everything held about a person; taking out somebody else's is written down (BR-71)."""
    queries.subject_export(who, person_id)
    _note(who, [person_id], Screen.EXPORT)
    return queries.subject_export(who, person_id)


def disclose_people(who: Person) -> tuple[list[model.Person], int]:
    """The list of names for the ИРО: only people with a basis, of the others the number (BR-66)."""
    named, _ = queries.leaving_people(who)
    _note(who, [row.id for row in named], Screen.DISCLOSURE)
    return queries.leaving_people(who)


def _note(
    who: Person, people: Collection[UUID], screen: Screen, purpose: ReadingPurpose | None = None
) -> None:
    """One line for one reading, with the others whom it showed; the own data need none (BR-71)."""
    others = sorted(set(people) - {who.person_id})
    if not others or who.is_system:
        return
    access.require(who.account_id is not None)
    with work(who) as u:
        u.add(
            model.Reading(
                account_id=who.account_id,
                reader_id=who.person_id,
                screen=screen,
                purpose=purpose_of(screen, purpose),
                people=[model.ReadingPerson(person_id=key) for key in others],
            )
        )
