"""Accounts: opening, signing in, passwords, deactivation."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from services.registry import access, model, queries
from services.registry.actions import territory
from services.registry.actions.keys import ensure_signing_key, rotate_signing_key
from services.registry.actions.organisations import need as need_organisation
from services.registry.rules import accounts
from shared import clock
from shared.person import Person, Role
from shared.refusal import N_, Refused
from shared.unit import Unit, work

__all__ = [
    "activate_account",
    "change_password",
    "deactivate_account",
    "ensure_signing_key",
    "open_account",
    "rotate_signing_key",
    "sign_in",
]

#: OWASP's parameters for argon2id: 19 MiB, two passes.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def open_account(
    who: Person, *, person_id: UUID, login: str, password: str, grants: Sequence[Mapping[str, Any]]
) -> UUID:
    """Give a person a login and roles with scopes; only an administrator makes operators (model 3.5)."""
    roles = [Role(grant["role"]) for grant in grants]
    access.require(access.may_grant(who, roles), N_("Эти роли выдаёт только системный администратор"))
    key = accounts.login_key(login)
    accounts.check_password(password, login)
    if not roles:
        raise Refused("GRANT", N_("Укажите хотя бы одну роль"), field="grants")
    hashed = _hasher.hash(password)
    with work(who) as u:
        person = u.get(model.Person, person_id)
        if person.erased_on is not None:
            raise Refused("BR-70", N_("Данные этого человека уничтожены"), field="person_id")
        if u.session.scalar(sa.select(model.Account.id).where(model.Account.login_key == key)) is not None:
            raise Refused("LOGIN", N_("Логин %(login)s уже занят"), field="login", login=login)
        account = u.add(
            model.Account(
                person=person,
                login=login,
                login_key=key,
                password_hash=hashed,
                grants=[_grant(u, grant) for grant in grants],
            )
        )
        u.journal("account.opened", account, {"roles": sorted(roles)})
        u.announce(account)
        return account.id


def sign_in(login: str, password: str) -> Person:
    """Recognise a person by login and password.

    Every refusal reads the same and takes the same time, so that nobody learns which logins exist;
    ten failures close the account for 15 minutes.
    """
    now = clock.now()
    known = queries.credentials(login)
    right = _verify(known.password_hash if known else _nobody(), password)
    if known is None:
        raise Refused("SIGN_IN", accounts.SIGN_IN_REFUSED)
    with work(Person.system("registry")) as u:
        account = u.session.scalars(
            sa.select(model.Account)
            .where(model.Account.id == known.account_id)
            .with_for_update(of=model.Account)
        ).one()
        locked = accounts.is_locked(account.locked_until, now)
        allowed = right and account.active and not locked
        if allowed:
            change = {"failed_attempts": 0, "locked_until": None, "last_sign_in_at": now}
        elif not locked:
            attempts, until = accounts.after_failure(account.failed_attempts, now)
            change = {"failed_attempts": attempts, "locked_until": until}
        else:
            change = {"locked_until": account.locked_until}
        # Past the optimistic lock: counting attempts is no change that others should hear of.
        u.session.execute(
            sa.update(model.Account)
            .where(model.Account.id == account.id)
            .values(**change)
            .execution_options(synchronize_session=False)
        )
        u.journal("account.signed_in" if allowed else "account.sign_in_failed", account)
    if not allowed:
        raise Refused("SIGN_IN", accounts.SIGN_IN_REFUSED)
    return queries.account_card(known.account_id)


def change_password(
    who: Person, *, account_id: UUID, new_password: str, current_password: str | None = None
) -> None:
    """A person changes the own password by naming the present one; a manager sets one for others.

    Everything signed in with the old password is signed out.
    """
    own = who.account_id == account_id
    with work(who) as u:
        account = u.get(model.Account, account_id) if own else _managed(u, account_id)
        if own and not _verify(account.password_hash, current_password or ""):
            raise Refused("PASSWORD", N_("Нынешний пароль введён неверно"), field="current_password")
        accounts.check_password(new_password, account.login, field="new_password")
        account.password_hash = _hasher.hash(new_password)
        account.failed_attempts, account.locked_until = 0, None
        account.not_before = clock.now()
        u.journal("account.password_changed", account)
        u.announce(account)


def deactivate_account(who: Person, *, account_id: UUID, reason: str) -> None:
    """Close an account: its tokens are void everywhere as soon as the message is there (model 3.5)."""
    with work(who) as u:
        account = _managed(u, account_id)
        if who.account_id == account_id:
            raise Refused("ACCOUNT", N_("Свою учётную запись закрыть нельзя"))
        if not reason.strip():
            raise Refused("ACCOUNT", N_("Укажите причину"), field="reason")
        account.active, account.not_before = False, clock.now()
        u.journal("account.deactivated", account, {"reason": reason})
        u.announce(account)


def activate_account(who: Person, *, account_id: UUID) -> None:
    """Open a closed account again, and a locked one."""
    with work(who) as u:
        account = _managed(u, account_id)
        if account.person.erased_on is not None:
            raise Refused("BR-70", N_("Данные этого человека уничтожены"))
        account.active, account.failed_attempts, account.locked_until = True, 0, None
        u.journal("account.activated", account)
        u.announce(account)


def _managed(u: Unit, account_id: UUID) -> model.Account:
    """An account that this person may manage: who could not give its roles may not touch it either."""
    access.require(access.may_manage(u.who))
    account = u.get(model.Account, account_id)
    access.require(access.may_grant(u.who, [grant.role for grant in account.grants]))
    return account


def _grant(u: Unit, given: Mapping[str, Any]) -> model.AccountGrant:
    """A role with its scope; who acts for an organisation also reaches that organisation's municipality."""
    role = Role(given["role"])
    organisation_id, oktmo = given.get("organisation_id"), given.get("municipality_oktmo")
    accounts.check_grant(role, has_organisation=bool(organisation_id), has_municipality=bool(oktmo))
    if organisation_id:
        organisation = need_organisation(u, organisation_id, "grants")
        oktmo = oktmo or organisation.municipality_oktmo
    if oktmo:
        territory.need(u, oktmo, "grants")
    return model.AccountGrant(role=role, organisation_id=organisation_id or None, municipality_oktmo=oktmo)


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password[: accounts.MAX_PASSWORD + 1])
    except VerificationError:
        return False


@cache
def _nobody() -> str:
    """A hash that costs as much as a real one, for logins that do not exist."""
    return _hasher.hash("a password of nobody")
