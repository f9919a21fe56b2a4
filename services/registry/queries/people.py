"""People and accounts: personal data, so every query asks who reads (model 3.5)."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.queries.search import contains
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


def people(who: Person, *, text: str | None = None, page: int = 1, size: int = 50) -> Page[model.Person]:
    """People whom this person may see: all for managers and secretaries, the own ones for the others."""
    scope = access.people_scope(who)
    access.require(access.reads_all_people(who) or bool(scope))
    query = sa.select(model.Person).where(*contains(model.Person.search_key, text))
    if not access.reads_all_people(who):
        query = query.where(model.Person.organisation_id.in_(scope))
    return paged(query.order_by(model.Person.search_key, model.Person.id), page, size)


@dataclass(frozen=True)
class PersonCard:
    """A person, the place of work, and accounts if the reader may see them."""

    person: model.Person
    organisation: model.Organisation | None
    accounts: list[model.Account]
    may_edit: bool
    #: Consents, terms and the log of readings (model 3.5).
    may_read_privacy: bool
    may_request_data: bool


def person(who: Person, person_id: UUID) -> PersonCard:
    """The card of a person; whoever may not read it learns no more than that of an unknown one."""
    row = read().get(model.Person, person_id)
    if row is None or not access.may_read_person(who, row.id, row.organisation_id):
        raise NotFound(N_("человек"))
    organisation = read().get(model.Organisation, row.organisation_id) if row.organisation_id else None
    accounts = read().scalars(sa.select(model.Account).where(model.Account.person_id == row.id))
    return PersonCard(
        person=row,
        organisation=organisation,
        accounts=[account for account in accounts if access.may_read_account(who, account.id)],
        may_edit=access.may_manage(who) and row.erased_on is None,
        may_read_privacy=access.may_read_privacy(who, row.id),
        may_request_data=access.may_request_data(who, row.id, row.organisation_id),
    )


def accounts(who: Person, *, text: str | None = None, page: int = 1, size: int = 50) -> Page[model.Account]:
    """All accounts, for managers."""
    access.require(access.may_manage(who))
    query = (
        sa.select(model.Account)
        .join(model.Person, model.Person.id == model.Account.person_id)
        .order_by(model.Account.login_key)
    )
    named = contains(model.Person.search_key, text)
    if named:
        query = query.where(
            sa.or_(sa.and_(*named), model.Account.login_key.like(f"%{(text or '').lower()[:64]}%"))
        )
    return paged(query, page, size)


def account(who: Person, account_id: UUID) -> model.Account:
    """One account, for managers and for its owner."""
    row = read().get(model.Account, account_id)
    if row is None or not access.may_read_account(who, row.id):
        raise NotFound(N_("учётная запись"))
    return row


def person_choices(who: Person) -> list[tuple[str, str]]:
    """People without an account yet, for a form's list."""
    access.require(access.may_manage(who))
    rows = read().scalars(
        sa.select(model.Person)
        .where(model.Person.erased_on.is_(None), model.Person.id.not_in(sa.select(model.Account.person_id)))
        .order_by(model.Person.search_key)
    )
    return [(str(row.id), row.full_name) for row in rows]


def all_person_choices(who: Person) -> list[tuple[str, str]]:
    """Everybody of the register, for a form's list."""
    access.require(access.may_manage(who))
    rows = read().scalars(
        sa.select(model.Person).where(model.Person.erased_on.is_(None)).order_by(model.Person.search_key)
    )
    return [(str(row.id), row.full_name) for row in rows]
