"""What 152-ФЗ asks to be written down: bases, requests, readings, erasures, incidents, the policy."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.model.people import Person
from services.registry.rules.incidents import IncidentKind
from services.registry.rules.readings import ReadingPurpose, Screen
from services.registry.rules.requests import RequestKind, RequestState
from services.registry.rules.retention import ErasureReason, LegalBasis
from shared import clock
from shared.db import Json, Row, UtcDateTime, enum_column


class Processing(db.Model):
    """Why and how long a person's data are processed (PD-04, PD-13)."""

    __tablename__ = "processing"
    __table_args__ = (
        sa.CheckConstraint("(keep_until IS NULL) = (keep_basis IS NULL)", name="term_with_its_basis"),
        sa.CheckConstraint("keep_until IS NOT NULL OR NOT anonymisation_keeps", name="anonymisation_keeps"),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    basis: Mapped[LegalBasis] = mapped_column(enum_column(LegalBasis))
    #: The contract or the law.
    basis_note: Mapped[str | None] = mapped_column(sa.String(500))
    purpose_reached_on: Mapped[date | None] = mapped_column(sa.Date())
    keep_until: Mapped[date | None] = mapped_column(sa.Date())
    keep_basis: Mapped[str | None] = mapped_column(sa.String(500))
    anonymisation_keeps: Mapped[bool] = mapped_column(sa.Boolean(), default=False)


class DataRequest(Row, db.Model):
    """A person asks for the own data or for their destruction."""

    __tablename__ = "personal_data_request"
    __table_args__ = (
        sa.Index(
            "uq_personal_data_request_new",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=sa.text("state = 'NEW'"),
            postgresql_where=sa.text("state = 'NEW'"),
        ),
        sa.CheckConstraint("(state = 'REFUSED') = (reason IS NOT NULL)", name="refused_for_a_reason"),
        sa.CheckConstraint("(state = 'NEW') = (answered_on IS NULL)", name="answered_on"),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(enum_column(RequestKind))
    state: Mapped[RequestState] = mapped_column(enum_column(RequestState), default=RequestState.NEW)
    requested_on: Mapped[date] = mapped_column(sa.Date())
    due_on: Mapped[date] = mapped_column(sa.Date())
    requested_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
    note: Mapped[str | None] = mapped_column(sa.String(500))
    #: Why it was refused.
    reason: Mapped[str | None] = mapped_column(sa.String(500))
    answered_on: Mapped[date | None] = mapped_column(sa.Date())
    answered_by: Mapped[UUID | None] = mapped_column(sa.Uuid())

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Reading(Row, db.Model):
    """Somebody looked at other people's data; a trigger refuses every change (BR-71)."""

    __tablename__ = "reading"

    at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now, index=True)
    account_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    #: Who looked, as a person of the registry; no reference, for a reader is never looked up by it.
    reader_id: Mapped[UUID | None] = mapped_column(sa.Uuid(), index=True)
    screen: Mapped[Screen] = mapped_column(enum_column(Screen))
    purpose: Mapped[ReadingPurpose] = mapped_column(enum_column(ReadingPurpose))

    people: Mapped[list["ReadingPerson"]] = relationship(lazy="selectin")


class ReadingPerson(db.Model):
    """Whose data a reading showed; append only as well (BR-71)."""

    __tablename__ = "reading_person"

    reading_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reading.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)


class Erasure(Row, db.Model):
    """A person's data were destroyed: act D-14 and the extract of the journal (PD-06, BR-70)."""

    __tablename__ = "erasure"

    number: Mapped[int] = mapped_column(sa.Integer(), unique=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    reason: Mapped[ErasureReason] = mapped_column(enum_column(ErasureReason))
    categories: Mapped[list[str]] = mapped_column(Json)
    #: What stays, and on what basis.
    kept: Mapped[str | None] = mapped_column(sa.String(500))
    done_on: Mapped[date] = mapped_column(sa.Date())
    done_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
    paper_id: Mapped[UUID] = mapped_column(sa.ForeignKey("paper.id"))
    extract: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)
    extract_sha256: Mapped[str] = mapped_column(sa.String(64))
    #: The day until which act and extract are kept.
    keep_until: Mapped[date] = mapped_column(sa.Date())


class Incident(Row, db.Model):
    """An incident with personal data; its deadlines follow from its kind and moment (PD-05, PD-10)."""

    __tablename__ = "incident"
    __table_args__ = (
        sa.CheckConstraint("(closed_at IS NULL) = (closing_note IS NULL)", name="closed_with_a_note"),
    )

    kind: Mapped[IncidentKind] = mapped_column(enum_column(IncidentKind))
    discovered_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    notes: Mapped[str] = mapped_column(sa.Text())
    recorded_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    closing_note: Mapped[str | None] = mapped_column(sa.Text())


class PolicyText(Row, db.Model):
    """A version of the published policy of personal data; the newest is in force (PD-09)."""

    __tablename__ = "policy_text"

    version: Mapped[int] = mapped_column(sa.Integer(), unique=True)
    text: Mapped[str] = mapped_column(sa.Text())
    published_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    published_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
