"""People, their accounts with grants, and the keys that sign tokens."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import AccountChanged, GrantTold, PersonChanged, SigningKeyChanged
from services.registry.model.organisation import Organisation
from shared import clock
from shared.db import Aggregate, Row, UtcDateTime, enum_column
from shared.person import Grant, Role


class Person(Aggregate, db.Model):
    """A person of the network; nothing personal beyond the name and the place of work (PD-12)."""

    __tablename__ = "person"

    last_name: Mapped[str] = mapped_column(sa.String(80))
    first_name: Mapped[str] = mapped_column(sa.String(80))
    middle_name: Mapped[str | None] = mapped_column(sa.String(80))
    position: Mapped[str | None] = mapped_column(sa.String(200))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    is_synthetic: Mapped[bool] = mapped_column(sa.Boolean())
    search_key: Mapped[str] = mapped_column(sa.String(250), index=True)
    #: The day the name was destroyed and a marker put in its place (BR-69).
    erased_on: Mapped[date | None] = mapped_column(sa.Date())

    organisation: Mapped[Organisation | None] = relationship()

    @property
    def full_name(self) -> str:
        """«Фамилия Имя Отчество»."""
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def initials(self) -> str:
        """«Фамилия И.О.»."""
        first = "".join(
            f"{part[0]}." for part in (self.first_name, self.middle_name) if part and part[0].isalpha()
        )
        return f"{self.last_name} {first}".strip()

    def told(self) -> PersonChanged:
        """The state message."""
        return PersonChanged(
            person_id=self.id,
            last_name=self.last_name,
            first_name=self.first_name,
            middle_name=self.middle_name,
            position=self.position,
            organisation_id=self.organisation_id,
            erased=self.erased_on is not None,
        )


class Account(Aggregate, db.Model):
    """How a person signs in. Failures are counted beside the optimistic lock: two of them are no conflict."""

    __tablename__ = "account"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    login: Mapped[str] = mapped_column(sa.String(64))
    login_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    failed_attempts: Mapped[int] = mapped_column(sa.Integer(), default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    active: Mapped[bool] = mapped_column(sa.Boolean(), default=True)
    #: Tokens issued before this moment are void.
    not_before: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    #: Somebody else set the password: the next sign-in begins with an own one.
    must_change_password: Mapped[bool] = mapped_column(sa.Boolean(), default=False, server_default=sa.false())

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    grants: Mapped[list["AccountGrant"]] = relationship(
        lazy="selectin", order_by="AccountGrant.id", cascade="all, delete-orphan"
    )

    def told(self) -> AccountChanged:
        """The state message."""
        return AccountChanged(
            account_id=self.id,
            person_id=self.person_id,
            active=self.active,
            grants=[
                GrantTold(
                    role=grant.role,
                    organisation_id=grant.organisation_id,
                    municipality_oktmo=grant.municipality_oktmo,
                    valid_from=grant.valid_from,
                    valid_to=grant.valid_to,
                )
                for grant in self.grants
            ],
            not_before=self.not_before,
        )


class GrantColumns(Row):
    """A role, the scope it reaches and its term: both days included, an empty one is unlimited."""

    role: Mapped[Role] = mapped_column(enum_column(Role))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.ForeignKey("municipality.oktmo"))
    valid_from: Mapped[date | None] = mapped_column(sa.Date())
    valid_to: Mapped[date | None] = mapped_column(sa.Date())

    @declared_attr.directive
    def __table_args__(cls) -> tuple[sa.CheckConstraint, ...]:
        return (sa.CheckConstraint("valid_from <= valid_to", name="term"),)

    def plain(self) -> Grant:
        """The grant as rules and doors know it."""
        return Grant(self.role, self.organisation_id, self.municipality_oktmo, self.valid_from, self.valid_to)


class AccountGrant(GrantColumns, db.Model):
    """One role of an account."""

    __tablename__ = "account_grant"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)


class SigningKey(Aggregate, db.Model):
    """A key pair that signs tokens; the private half is sealed with the service's secret."""

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(sa.String(64), unique=True)
    sealed_pem: Mapped[bytes] = mapped_column(sa.LargeBinary())
    public_pem: Mapped[str] = mapped_column(sa.Text())
    #: The moment from which the key signs nothing more.
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    #: The moment from which it verifies nothing either.
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    def told(self) -> SigningKeyChanged:
        """The state message, without the private half."""
        return SigningKeyChanged(
            key_id=self.id, kid=self.kid, public_pem=self.public_pem, retired_at=self.retired_at
        )
