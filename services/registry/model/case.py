"""Support cases: threads of the operator and a municipality (S-055, S-086)."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.model.organisation import Organisation
from services.registry.model.people import Person
from services.registry.rules.project_kinds import CaseSide, CaseState, EntryKind
from shared import clock
from shared.db import Aggregate, Row, UtcDateTime, enum_column


class SupportCase(Aggregate, db.Model):
    """A support case of one organisation, or of the authority of a municipality, with the operator (S-086)."""

    __tablename__ = "support_case"
    __table_args__ = (
        sa.Index("ix_support_case_waiting", "state", "last_side", "last_on"),
        sa.CheckConstraint("(state = 'CLOSED') = (closed_on IS NOT NULL)", name="closed_on"),
        sa.CheckConstraint("entries_count > 0", name="entries_count"),
    )

    topic: Mapped[str] = mapped_column(sa.String(300))
    topic_key: Mapped[str] = mapped_column(sa.String(300))
    municipality_oktmo: Mapped[str] = mapped_column(sa.ForeignKey("municipality.oktmo"), index=True)
    #: The organisation on the other side; nothing when it is the authority of the municipality.
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    opener: Mapped[CaseSide] = mapped_column(enum_column(CaseSide))
    opened_on: Mapped[dt.date] = mapped_column(sa.Date())
    state: Mapped[CaseState] = mapped_column(enum_column(CaseState), default=CaseState.OPEN)
    #: Who spoke last, and when: the other side is awaited since then.
    last_side: Mapped[CaseSide] = mapped_column(enum_column(CaseSide, name="case_last_side"))
    last_on: Mapped[dt.date] = mapped_column(sa.Date())
    entries_count: Mapped[int] = mapped_column(sa.Integer())
    #: Who answers for the case at the operator.
    responsible_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    closed_on: Mapped[dt.date | None] = mapped_column(sa.Date())

    organisation: Mapped[Organisation | None] = relationship()
    responsible: Mapped[Person | None] = relationship()
    entries: Mapped[list["CaseEntry"]] = relationship(order_by="CaseEntry.no", cascade="all, delete-orphan")


class CaseEntry(Row, db.Model):
    """An entry of a thread; never changed."""

    __tablename__ = "case_entry"
    __table_args__ = (sa.UniqueConstraint("case_id", "no"),)

    case_id: Mapped[UUID] = mapped_column(sa.ForeignKey("support_case.id"))
    no: Mapped[int] = mapped_column(sa.Integer())
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    side: Mapped[CaseSide] = mapped_column(enum_column(CaseSide))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime(), default=clock.now)
    account_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    text: Mapped[str] = mapped_column(sa.Text())

    file: Mapped["CaseFile | None"] = relationship(cascade="all, delete-orphan")


class CaseFile(Row, db.Model):
    """A file attached to an entry."""

    __tablename__ = "case_file"

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("case_entry.id"), unique=True)
    filename: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(80))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)


class CaseSeen(db.Model):
    """How many entries of a case a person has seen; the rest is unread."""

    __tablename__ = "case_seen"

    case_id: Mapped[UUID] = mapped_column(sa.ForeignKey("support_case.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(sa.Uuid(), primary_key=True)
    entries_count: Mapped[int] = mapped_column(sa.Integer())
