"""The append-only log of an edition, its signed heads, and what stands behind its commitments (F6)."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.expertise.db import db
from services.expertise.messages import LogKeyChanged
from services.expertise.rules.vocabulary import LedgerKind
from shared.db import Aggregate, Row, UtcDateTime, enum_column


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


class SheetSeal(db.Model):
    """What opens the commitment of a signed sheet: its nonce, and the salt of its words (F6).

    The salt may be destroyed with the words: the commitment to them stays and the sheet still opens.
    """

    __tablename__ = "sheet_seal"

    sheet_id: Mapped[UUID] = mapped_column(sa.ForeignKey("score_sheet.id"), primary_key=True)
    nonce: Mapped[str] = mapped_column(sa.String(64))
    salt: Mapped[str | None] = mapped_column(sa.String(64))
    words: Mapped[str] = mapped_column(sa.String(64))


class LogKey(Aggregate, db.Model):
    """A key pair that signs heads; the private half is sealed by the service's secret (F6).

    A replaced key signs no more, its public half stays: old heads are checked with it.
    """

    __tablename__ = "log_key"

    kid: Mapped[str] = mapped_column(sa.String(32), unique=True)
    sealed: Mapped[bytes] = mapped_column(sa.LargeBinary())
    public: Mapped[str] = mapped_column(sa.String(44))
    replaced_at: Mapped[datetime | None]

    def told(self) -> LogKeyChanged:
        """The state message of the key: its public half."""
        return LogKeyChanged(
            key_id=self.id,
            kid=self.kid,
            public_key=self.public,
            made_at=self.created_at,
            replaced_at=self.replaced_at,
        )


class TreeHead(Row, db.Model):
    """A signed head of an edition's log. Never changed, never deleted (triggers)."""

    __tablename__ = "tree_head"
    __table_args__ = (
        sa.UniqueConstraint("edition_id", "number"),
        sa.CheckConstraint("number > 0 AND size > 0", name="positive"),
    )

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"))
    number: Mapped[int] = mapped_column(sa.Integer())
    size: Mapped[int] = mapped_column(sa.Integer())
    root: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    kid: Mapped[str] = mapped_column(sa.String(32))
    #: Canonical JSON, exactly as it was signed.
    text: Mapped[str] = mapped_column(sa.Text())
    signature: Mapped[str] = mapped_column(sa.String(88))

    @property
    def version(self) -> int:
        """Heads of an edition follow each other: the number orders their messages."""
        return self.number
