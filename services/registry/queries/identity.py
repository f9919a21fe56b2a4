"""Accounts and keys, for signing in and for recognising people."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from services.registry import model
from services.registry.rules.sign_in import Need, next_need
from shared import clock
from shared.identity import AccountState
from shared.person import Grant, Person
from shared.refusal import N_, NotFound
from shared.service import current
from shared.unit import read


@dataclass(frozen=True)
class Credentials:
    """What signing in compares with."""

    account_id: UUID
    password_hash: str


def credentials(login: str) -> Credentials | None:
    """The account of a login, regardless of case."""
    row = (
        read()
        .execute(
            sa.select(model.Account.id, model.Account.password_hash).where(
                model.Account.login_key == login.strip().lower()
            )
        )
        .first()
    )
    return Credentials(*row) if row else None


def account_card(account_id: UUID) -> Person:
    """The person who signs in with an account, with all grants."""
    account = read().get(model.Account, account_id)
    if account is None or not account.active:
        raise NotFound(N_("учётная запись"))
    return Person(account.id, account.person_id, account.person.initials, _grants(account))


def account_state(account_id: UUID) -> AccountState | None:
    """What counts when a token of an account arrives."""
    account = read().get(model.Account, account_id)
    return account and AccountState(account.active, account.not_before, account.person_id, _grants(account))


def sign_in_need(account_id: UUID, *, code_given: bool) -> Need:
    """What an account must still do before its session begins."""
    account = read().get(model.Account, account_id)
    if account is None or not account.active:
        raise NotFound(N_("учётная запись"))
    return next_need(
        enrolled=has_second_factor(account_id),
        code_given=code_given,
        must_change=account.must_change_password,
        roles=[grant.role for grant in _grants(account)],
        demanded=current().settings.require_second_factor_roles,
    )


def may_stay_signed_in(account_id: UUID) -> bool:
    """Whether an account that has signed in may do so without a new step: it is open and owes nothing."""
    try:
        return sign_in_need(account_id, code_given=True) is Need.NOTHING
    except NotFound:
        return False


def has_second_factor(account_id: UUID) -> bool:
    """Whether a telephone is enrolled and confirmed."""
    return (
        read().scalar(
            sa.select(model.SecondFactor.id).where(
                model.SecondFactor.account_id == account_id, model.SecondFactor.confirmed_at.is_not(None)
            )
        )
        is not None
    )


def is_token_good(token_id: UUID) -> bool:
    """Whether a personal token has been neither revoked nor outlived."""
    return (
        read().scalar(
            sa.select(model.PersonalToken.id).where(
                model.PersonalToken.id == token_id,
                model.PersonalToken.revoked_at.is_(None),
                model.PersonalToken.expires_at > clock.now(),
            )
        )
        is not None
    )


def active_key() -> model.SigningKey | None:
    """The newest key that still signs."""
    found: model.SigningKey | None = (
        read()
        .scalars(
            sa.select(model.SigningKey)
            .where(model.SigningKey.retired_at.is_(None), model.SigningKey.replaced_at.is_(None))
            .order_by(model.SigningKey.created_at.desc())
        )
        .first()
    )
    return found


def public_pem(kid: str) -> str | None:
    """The public half of a key that has not been retired."""
    pem: str | None = read().scalar(
        sa.select(model.SigningKey.public_pem).where(
            model.SigningKey.kid == kid, model.SigningKey.retired_at.is_(None)
        )
    )
    return pem


def public_keys() -> dict[str, list[dict[str, Any]]]:
    """All keys that verify tokens, as a JSON Web Key Set (RFC 7517)."""
    keys = read().execute(
        sa.select(model.SigningKey.kid, model.SigningKey.public_pem)
        .where(model.SigningKey.retired_at.is_(None))
        .order_by(model.SigningKey.created_at)
    )
    return {"keys": [{**_jwk(pem), "kid": kid, "use": "sig", "alg": "ES256"} for kid, pem in keys]}


def _jwk(pem: str) -> dict[str, Any]:
    key = load_pem_public_key(pem.encode())
    assert isinstance(key, EllipticCurvePublicKey)
    return jwt.algorithms.ECAlgorithm.to_jwk(key, as_dict=True)


def _grants(account: model.Account) -> tuple[Grant, ...]:
    """The roles whose term includes today."""
    return tuple(grant for grant in (row.plain() for row in account.grants) if grant.in_force(clock.today()))
