"""Printed papers and their numbers (GeneratedDocument of model 3.2)."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import db
from services.registry.rules.papers import PaperKind, PaperState
from shared import clock
from shared.db import Row, UtcDateTime, enum_column


class Paper(Row, db.Model):
    """A paper as it was issued: number, code, both files and their hashes (BR-67).

    The files of a personal paper are taken away when the person's data are destroyed; the hashes stay.
    """

    __tablename__ = "paper"
    __table_args__ = (
        sa.UniqueConstraint("kind", "number"),
        sa.Index("ix_paper_object", "object_id", "kind"),
        sa.CheckConstraint(
            "(state = 'CANCELLED') = (cancel_reason IS NOT NULL)", name="cancelled_for_a_reason"
        ),
        sa.CheckConstraint("(docx IS NULL) = (pdf IS NULL)", name="both_files"),
    )

    kind: Mapped[PaperKind] = mapped_column(enum_column(PaperKind))
    #: What the paper is about: a platform, an agreement, a roadmap …
    object_id: Mapped[UUID] = mapped_column(sa.Uuid())
    #: Whose personal data the paper carries.
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    number: Mapped[str] = mapped_column(sa.String(40))
    issued_on: Mapped[date] = mapped_column(sa.Date())
    state: Mapped[PaperState] = mapped_column(enum_column(PaperState), default=PaperState.ISSUED)
    cancel_reason: Mapped[str | None] = mapped_column(sa.String(500))
    verify_code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    docx_sha256: Mapped[str] = mapped_column(sa.String(64))
    pdf_sha256: Mapped[str] = mapped_column(sa.String(64))
    docx: Mapped[bytes | None] = mapped_column(sa.LargeBinary(), deferred=True)
    pdf: Mapped[bytes | None] = mapped_column(sa.LargeBinary(), deferred=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    created_by: Mapped[UUID | None] = mapped_column(sa.Uuid())


class PaperCount(db.Model):
    """How many papers of a kind a year has seen; locked while a number is taken."""

    __tablename__ = "paper_count"

    kind: Mapped[PaperKind] = mapped_column(enum_column(PaperKind), primary_key=True)
    year: Mapped[int] = mapped_column(sa.Integer(), primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(sa.Integer())
