"""What signing in rests on besides the password: invitations, second factors, linked logins, personal tokens.

Rows of the registry alone: nothing here is told to other services. Of every one-time secret only the
SHA-256 is kept.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.model.people import GrantColumns, Person
from shared import clock
from shared.db import Json, Row, UtcDateTime


class Invitation(Row, db.Model):
    """A one-time link by which a person opens the own account; ends by use, by revocation or with its term."""

    __tablename__ = "invitation"
    __table_args__ = (sa.CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name="one_end"),)

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    #: The login that the inviter proposes; without one the invitee chooses.
    login: Mapped[str | None] = mapped_column(sa.String(64))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    #: Empty: the service itself invited.
    invited_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    grants: Mapped[list["InvitationGrant"]] = relationship(lazy="selectin", order_by="InvitationGrant.id")


class InvitationGrant(GrantColumns, db.Model):
    """One role that the accepted invitation gives."""

    __tablename__ = "invitation_grant"

    invitation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("invitation.id"), index=True)


class SecondFactor(Row, db.Model):
    """The secret from which a telephone makes codes (RFC 6238), sealed; counts once it is confirmed."""

    __tablename__ = "second_factor"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id"), unique=True)
    sealed_secret: Mapped[bytes] = mapped_column(sa.LargeBinary())
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    #: The time step of the last accepted code.
    last_step: Mapped[int | None] = mapped_column(sa.BigInteger())


class RecoveryCode(Row, db.Model):
    """A code on paper that replaces the telephone once."""

    __tablename__ = "recovery_code"
    __table_args__ = (sa.UniqueConstraint("account_id", "code_hash"),)

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class ProviderLink(Row, db.Model):
    """Somebody's identity at the outer login provider; nothing of it is kept but issuer and subject (PD-12)."""

    __tablename__ = "provider_link"
    __table_args__ = (sa.UniqueConstraint("issuer", "subject"), sa.UniqueConstraint("account_id", "issuer"))

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)
    issuer: Mapped[str] = mapped_column(sa.String(255))
    subject: Mapped[str] = mapped_column(sa.String(255))
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)


class PersonalToken(Row, db.Model):
    """A person's key for a program: what it may do, in which services, until when."""

    __tablename__ = "personal_token"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    services: Mapped[list[str]] = mapped_column(Json)
    may_write: Mapped[bool] = mapped_column(sa.Boolean())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
