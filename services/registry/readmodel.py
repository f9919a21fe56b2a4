"""Copies of other services' facts for the landing page, and what is kept as a witness; written by handlers only."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import db
from services.registry.rules.witness import Trouble
from shared import clock
from shared.db import Copy, Row, UtcDateTime, enum_column


class Edition(Copy, db.Model):
    """A contest edition of the service expertise."""

    __tablename__ = "edition"

    title: Mapped[str] = mapped_column(sa.String(500))
    state: Mapped[str] = mapped_column(sa.String(40), index=True)
    opens_on: Mapped[date | None] = mapped_column(sa.Date())
    closes_on: Mapped[date | None] = mapped_column(sa.Date())


class Report(Copy, db.Model):
    """A report issued by the service reports."""

    __tablename__ = "report"

    report_kind: Mapped[str] = mapped_column(sa.String(40))
    as_of: Mapped[date] = mapped_column(sa.Date(), index=True)
    period_from: Mapped[date] = mapped_column(sa.Date())
    period_to: Mapped[date] = mapped_column(sa.Date())
    issued_on: Mapped[date] = mapped_column(sa.Date())


class WitnessedHead(Row, db.Model):
    """A signed head of a contest's log, kept outside of expertise as it came; never changed (triggers, F6)."""

    __tablename__ = "witnessed_head"
    __table_args__ = (sa.Index("ix_witnessed_head_edition_id_number", "edition_id", "number"),)

    edition_id: Mapped[UUID] = mapped_column(sa.Uuid())
    number: Mapped[int] = mapped_column(sa.Integer())
    size: Mapped[int] = mapped_column(sa.Integer())
    root: Mapped[str] = mapped_column(sa.String(64))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    kid: Mapped[str] = mapped_column(sa.String(32))
    public_key: Mapped[str] = mapped_column(sa.String(44))
    text: Mapped[str] = mapped_column(sa.Text())
    signature: Mapped[str] = mapped_column(sa.String(88))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    #: What contradicts the heads that were kept before; nothing when all is well.
    trouble: Mapped[Trouble | None] = mapped_column(enum_column(Trouble), index=True)
