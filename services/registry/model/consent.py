"""Texts of consents and the consents themselves (PD-01, PD-02)."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.rules.consents import (
    ConsentMethod,
    ConsentPurpose,
    ConsentState,
    DataCategory,
    state_on,
)
from shared import clock
from shared.db import Json, Row, UtcDateTime, enum_column


class ConsentText(Row, db.Model):
    """A version of the text for one purpose; never changed, only followed by the next one (PD-01)."""

    __tablename__ = "consent_text"
    __table_args__ = (sa.UniqueConstraint("purpose", "version"),)

    purpose: Mapped[ConsentPurpose] = mapped_column(enum_column(ConsentPurpose))
    version: Mapped[int] = mapped_column(sa.Integer())
    text: Mapped[str] = mapped_column(sa.Text())
    published_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    published_by: Mapped[UUID | None] = mapped_column(sa.Uuid())


class Consent(Row, db.Model):
    """A person's consent for one purpose to one version of its text; one in force a purpose (PD-01)."""

    __tablename__ = "consent"
    __table_args__ = (
        sa.Index(
            "uq_consent_person_purpose_given",
            "person_id",
            "purpose",
            unique=True,
            sqlite_where=sa.text("state = 'GIVEN'"),
            postgresql_where=sa.text("state = 'GIVEN'"),
        ),
        sa.CheckConstraint(
            "(withdrawn_on IS NOT NULL) = (state IN ('WITHDRAWN', 'ERASED'))", name="withdrawn_on"
        ),
        sa.CheckConstraint("(erased_on IS NOT NULL) = (state = 'ERASED')", name="erased_on"),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > given_on", name="term"),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    purpose: Mapped[ConsentPurpose] = mapped_column(enum_column(ConsentPurpose))
    text_id: Mapped[UUID] = mapped_column(sa.ForeignKey("consent_text.id"))
    #: What may be shown to everybody (PD-02).
    categories: Mapped[list[str]] = mapped_column(Json)
    method: Mapped[ConsentMethod] = mapped_column(enum_column(ConsentMethod))
    state: Mapped[ConsentState] = mapped_column(enum_column(ConsentState), default=ConsentState.GIVEN)
    given_on: Mapped[date] = mapped_column(sa.Date())
    #: The last day.
    valid_to: Mapped[date | None] = mapped_column(sa.Date())
    withdrawn_on: Mapped[date | None] = mapped_column(sa.Date())
    erased_on: Mapped[date | None] = mapped_column(sa.Date())
    #: What was done after the withdrawal, or on what basis the processing goes on.
    erased_note: Mapped[str | None] = mapped_column(sa.String(500))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    recorded_by: Mapped[UUID | None] = mapped_column(sa.Uuid())

    text: Mapped[ConsentText] = relationship(lazy="joined", innerjoin=True)
    scan: Mapped["ConsentScan | None"] = relationship(cascade="all, delete-orphan")

    @property
    def shown(self) -> list[DataCategory]:
        """The categories as codes."""
        return [DataCategory(one) for one in self.categories]

    def state_on(self, today: date) -> ConsentState:
        """The state as people should read it today."""
        return state_on(self.state, self.valid_to, today)


class ConsentScan(db.Model):
    """The scan of a consent on paper."""

    __tablename__ = "consent_scan"

    consent_id: Mapped[UUID] = mapped_column(sa.ForeignKey("consent.id"), primary_key=True)
    filename: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(40))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)
