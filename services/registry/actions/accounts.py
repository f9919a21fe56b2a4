"""Accounts: opening, roles, passwords, deactivation."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions import passwords, territory
from services.registry.actions.organisations import need as need_organisation
from services.registry.actions.tokens import revoke_all_tokens
from services.registry.rules import accounts
from shared import clock
from shared.person import Person, Role
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work

ONLY_ADMINISTRATOR = N_("Эти роли выдаёт только системный администратор")


def open_account(
    who: Person,
    *,
    person_id: UUID,
    login: str,
    password: str,
    grants: Sequence[Mapping[str, Any]],
    must_change_password: bool = False,
) -> UUID:
    """Give a person a login and roles with scopes; only an administrator makes operators (model 3.5)."""
    access.require(access.may_grant(who, [Role(grant["role"]) for grant in grants]), ONLY_ADMINISTRATOR)
    with work(who) as u:
        return opened(
            u,
            person=u.get(model.Person, person_id),
            login=login,
            password=password,
            grants=[model.AccountGrant(**grant) for grant in granted(u, grants)],
            must_change_password=must_change_password,
        ).id


def opened(
    u: Unit,
    *,
    person: model.Person,
    login: str,
    password: str,
    grants: Sequence[model.AccountGrant],
    must_change_password: bool = False,
) -> model.Account:
    """A new account, told to everybody; whether these roles may be given has been asked before."""
    if person.erased_on is not None:
        raise Refused("BR-70", N_("Данные этого человека уничтожены"), field="person_id")
    key = free_login(u, login)
    account = u.add(
        model.Account(
            person=person,
            login=login,
            login_key=key,
            password_hash=passwords.hashed(password, login, person),
            must_change_password=must_change_password,
            grants=list(grants),
        )
    )
    u.journal("account.opened", account, {"roles": sorted({grant.role.value for grant in grants})})
    u.announce(account)
    return account


def free_login(u: Unit, login: str) -> str:
    """The key of a login that nobody has yet."""
    key = accounts.login_key(login)
    if u.session.scalar(sa.select(model.Account.id).where(model.Account.login_key == key)) is not None:
        raise Refused("LOGIN", N_("Логин %(login)s уже занят"), field="login", login=login)
    return key


def add_role(who: Person, *, account_id: UUID, **grant: Any) -> UUID:
    """Give an account one more role with its scope and term (model 3.5)."""
    with work(who) as u:
        account = managed(u, account_id)
        access.require(access.may_grant(who, [Role(grant["role"])]), ONLY_ADMINISTRATOR)
        (given,) = granted(u, [grant])
        added = model.AccountGrant(**given)
        accounts.check_grants([*(one.plain() for one in account.grants), added.plain()])
        account.grants.append(added)
        u.journal("account.role_added", account, _noted(added))
        u.announce(account)
        return added.id


def withdraw_role(who: Person, *, account_id: UUID, grant_id: UUID, reason: str) -> None:
    """Take a role away, naming the reason: it gives nothing from this moment in any service."""
    with work(who) as u:
        account = managed(u, account_id)
        if who.account_id == account_id:
            raise Refused("ACCOUNT", N_("Свою роль снять нельзя"))
        grant = next((one for one in account.grants if one.id == grant_id), None)
        if grant is None:
            raise NotFound(N_("роль"))
        if len(account.grants) == 1:
            raise Refused("ACCOUNT", N_("Это последняя роль: закройте учётную запись"))
        account.grants.remove(grant)
        u.journal("account.role_withdrawn", account, {**_noted(grant), "reason": reason})
        u.announce(account)


def change_password(
    who: Person, *, account_id: UUID, new_password: str, current_password: str | None = None
) -> None:
    """A person changes the own password by naming the present one; a manager sets one for others.

    Everything signed in with the old password is signed out, personal tokens are revoked. Whoever gets
    a password from a manager replaces it at the next sign-in.
    """
    own = who.account_id == account_id
    access.require(not who.by_token)
    with work(who) as u:
        account = u.get(model.Account, account_id) if own else managed(u, account_id)
        if own and not passwords.verify(account.password_hash, current_password or ""):
            raise Refused("PASSWORD", N_("Нынешний пароль введён неверно"), field="current_password")
        set_password(u, account, new_password, must_change=not own)


def set_password(u: Unit, account: model.Account, password: str, *, must_change: bool = False) -> None:
    """Replace the password; what rested on the old one ends."""
    account.password_hash = passwords.hashed(password, account.login, account.person, "new_password")
    account.must_change_password = must_change
    account.failed_attempts, account.locked_until = 0, None
    account.not_before = clock.now()
    revoke_all_tokens(u, account.id)
    u.journal("account.password_changed", account)
    u.announce(account)


def deactivate_account(who: Person, *, account_id: UUID, reason: str) -> None:
    """Close an account: its tokens are void everywhere as soon as the message is there (model 3.5)."""
    with work(who) as u:
        account = managed(u, account_id)
        if who.account_id == account_id:
            raise Refused("ACCOUNT", N_("Свою учётную запись закрыть нельзя"))
        if not reason.strip():
            raise Refused("ACCOUNT", N_("Укажите причину"), field="reason")
        account.active, account.not_before = False, clock.now()
        revoke_all_tokens(u, account.id)
        u.journal("account.deactivated", account, {"reason": reason})
        u.announce(account)


def activate_account(who: Person, *, account_id: UUID) -> None:
    """Open a closed account again, and a locked one."""
    with work(who) as u:
        account = managed(u, account_id)
        if account.person.erased_on is not None:
            raise Refused("BR-70", N_("Данные этого человека уничтожены"))
        account.active, account.failed_attempts, account.locked_until = True, 0, None
        u.journal("account.activated", account)
        u.announce(account)


def managed(u: Unit, account_id: UUID) -> model.Account:
    """An account that this person may manage: who could not give its roles may not touch it either."""
    access.require(access.may_manage_accounts(u.who))
    account = u.get(model.Account, account_id)
    access.require(access.may_grant(u.who, [grant.role for grant in account.grants]))
    return account


def granted(u: Unit, grants: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Roles with scope and term, checked; who acts for an organisation also reaches its municipality."""
    if not grants:
        raise Refused("GRANT", N_("Укажите хотя бы одну роль"), field="grants")
    checked = [_checked(u, grant) for grant in grants]
    accounts.check_grants(model.AccountGrant(**one).plain() for one in checked)
    return checked


def _checked(u: Unit, given: Mapping[str, Any]) -> dict[str, Any]:
    role = Role(given["role"])
    organisation_id, oktmo = given.get("organisation_id"), given.get("municipality_oktmo")
    term = {"valid_from": given.get("valid_from"), "valid_to": given.get("valid_to")}
    accounts.check_grant(role, has_organisation=bool(organisation_id), has_municipality=bool(oktmo))
    accounts.check_term(**term)
    if organisation_id:
        organisation = need_organisation(u, organisation_id, "grants")
        oktmo = oktmo or organisation.municipality_oktmo
    if oktmo:
        territory.need(u, oktmo, "grants")
    return {
        "role": role,
        "organisation_id": organisation_id or None,
        "municipality_oktmo": oktmo or None,
        **term,
    }


def _noted(grant: model.AccountGrant) -> dict[str, Any]:
    """A role as the journal keeps it."""
    return {
        "role": grant.role.value,
        "organisation_id": str(grant.organisation_id) if grant.organisation_id else None,
        "municipality_oktmo": grant.municipality_oktmo,
        "valid_from": grant.valid_from.isoformat() if grant.valid_from else None,
        "valid_to": grant.valid_to.isoformat() if grant.valid_to else None,
    }
