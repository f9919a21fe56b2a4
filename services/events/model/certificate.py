"""Certificates and their numbers (BR-34, BR-67, BR-68)."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.db import db
from services.events.messages import CertificateIssued
from services.events.model.event import Event
from services.events.model.registration import Registration
from services.events.rules.kinds import CertificateState, ParticipationRole
from shared.db import Aggregate, enum_column


class Certificate(Aggregate, db.Model):
    """A printed proof of participation in one role; a cancelled one stays to be verified."""

    __tablename__ = "certificate"
    __table_args__ = (
        sa.Index(
            "uq_certificate_registration_role_valid",
            "registration_id",
            "role",
            unique=True,
            sqlite_where=sa.text("state = 'VALID'"),
            postgresql_where=sa.text("state = 'VALID'"),
        ),
        sa.CheckConstraint(
            "(state = 'CANCELLED') = (cancel_reason IS NOT NULL)", name="cancelled_for_a_reason"
        ),
    )

    registration_id: Mapped[UUID] = mapped_column(sa.ForeignKey("registration.id"))
    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("event.id"), index=True)
    role: Mapped[ParticipationRole] = mapped_column(enum_column(ParticipationRole))
    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    verify_code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    issued_on: Mapped[date] = mapped_column(sa.Date())
    state: Mapped[CertificateState] = mapped_column(enum_column(CertificateState))
    cancel_reason: Mapped[str | None] = mapped_column(sa.String(500))
    #: How many times it was printed anew with the mark «дубликат».
    duplicates: Mapped[int] = mapped_column(sa.Integer(), default=0)
    #: Hash of the words on the paper as first issued.
    sha256: Mapped[str] = mapped_column(sa.String(64))

    registration: Mapped[Registration] = relationship()
    event: Mapped[Event] = relationship()

    def issued(self) -> CertificateIssued:
        """The fact that the certificate was issued."""
        return CertificateIssued(
            certificate_id=self.id,
            number=self.number,
            event_id=self.event_id,
            registration_id=self.registration_id,
            organisation_id=self.registration.organisation_id,
            role=self.role,
            issued_on=self.issued_on,
        )


class CertificateCount(db.Model):
    """How many certificates a year has seen; locked while a number is taken."""

    __tablename__ = "certificate_count"

    year: Mapped[int] = mapped_column(sa.Integer(), primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(sa.Integer())
