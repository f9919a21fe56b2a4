"""The append-only log of an edition and the salts of its commitments (F6)."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.expertise.db import db
from services.expertise.rules.vocabulary import LedgerKind
from shared.db import Row, UtcDateTime, enum_column


class LedgerLine(db.Model):
    """A line of the log: canonical bytes with their leaf hash. Never changed, never deleted (triggers)."""

    __tablename__ = "ledger_line"
    __table_args__ = (sa.Index("ix_ledger_line_subject_id", "subject_id"),)

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.Integer(), primary_key=True, autoincrement=False)
    kind: Mapped[LedgerKind] = mapped_column(enum_column(LedgerKind))
    subject_id: Mapped[UUID] = mapped_column(sa.Uuid())
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    line: Mapped[bytes] = mapped_column(sa.LargeBinary())
    leaf: Mapped[str] = mapped_column(sa.String(64))


class LedgerCount(db.Model):
    """How many lines an edition has; locked while the next is written, so that there are no gaps."""

    __tablename__ = "ledger_count"

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"), primary_key=True)
    size: Mapped[int] = mapped_column(sa.Integer())


class LedgerSalt(Row, db.Model):
    """The salt and text behind a commitment; may be destroyed, the log stays valid (BR-70, F6)."""

    __tablename__ = "ledger_salt"

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"), index=True)
    commitment: Mapped[str] = mapped_column(sa.String(64), unique=True)
    salt: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str] = mapped_column(sa.Text())
