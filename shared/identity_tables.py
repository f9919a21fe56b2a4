"""What every service knows about accounts and signing keys: copies kept by messages of registry.

With them a token is verified without asking anybody, and a deactivated account is refused
within seconds even while its token is still valid.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared.db import Copy, Json, UtcDateTime
from shared.messaging.contract import Contract
from shared.messaging.copies import keep
from shared.messaging.envelope import Envelope
from shared.person import Role
from shared.unit import Unit


class KnownAccountMixin(Copy):
    """An account of registry: whether it is active, its grants, and since when its tokens count."""

    person_id: Mapped[UUID] = mapped_column(sa.Uuid())
    active: Mapped[bool] = mapped_column(sa.Boolean())
    grants: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime())


class KnownKeyMixin(Copy):
    """A public key of registry."""

    kid: Mapped[str] = mapped_column(sa.String(64), unique=True)
    public_pem: Mapped[str] = mapped_column(sa.Text())
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


@dataclass(frozen=True, kw_only=True)
class GrantTold:
    """One role with its scope and term (both days included, none is unlimited)."""

    role: Role
    organisation_id: UUID | None = None
    municipality_oktmo: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class AccountChanged:
    """The state of an account: active or not, its grants, the moment before which tokens are void."""

    account_id: UUID
    person_id: UUID
    active: bool
    grants: list[GrantTold]
    not_before: datetime


@dataclass(frozen=True, kw_only=True)
class SigningKeyChanged:
    """A public key with which registry's tokens are verified."""

    key_id: UUID
    kid: str
    public_pem: str
    retired_at: datetime | None = None


def consume_identity(contract: Contract, known_account: Any, known_key: Any) -> None:
    """Declare and handle the two identity messages of registry in a consuming service."""
    contract.consumes("registry.account.changed.v1")(AccountChanged)
    contract.consumes("registry.signing_key.changed.v1")(SigningKeyChanged)

    @contract.handles(AccountChanged)
    def copy_account(u: Unit, message: AccountChanged, envelope: Envelope) -> None:
        keep(
            u,
            known_account,
            message.account_id,
            envelope,
            person_id=message.person_id,
            active=message.active,
            grants=[grant_data(g) for g in message.grants],
            not_before=message.not_before,
        )

    @contract.handles(SigningKeyChanged)
    def copy_key(u: Unit, message: SigningKeyChanged, envelope: Envelope) -> None:
        keep(
            u,
            known_key,
            message.key_id,
            envelope,
            kid=message.kid,
            public_pem=message.public_pem,
            retired_at=message.retired_at,
        )


def grant_data(grant: GrantTold) -> dict[str, Any]:
    """A grant as JSON-ready data."""
    return {
        "role": grant.role.value,
        "organisation_id": str(grant.organisation_id) if grant.organisation_id else None,
        "municipality_oktmo": grant.municipality_oktmo,
        "valid_from": grant.valid_from.isoformat() if grant.valid_from else None,
        "valid_to": grant.valid_to.isoformat() if grant.valid_to else None,
    }
