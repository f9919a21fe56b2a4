"""Entries of a contest: applicants, technical check, returns for revision (model 3.2)."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.expertise.db import db
from services.expertise.messages import EntryChanged
from services.expertise.model.contests import ContestEdition, Nomination
from services.expertise.model.points import Points
from services.expertise.rules.states import DECIDED
from services.expertise.rules.vocabulary import (
    AttachmentKind,
    AuthorRole,
    CheckOutcome,
    EntryKind,
    EntryState,
    ResultTitle,
)
from shared import clock
from shared.db import Aggregate, Json, Row, enum_column


class Entry(Aggregate, db.Model):
    """A project, product, report or programme that an organisation enters."""

    __tablename__ = "entry"
    __table_args__ = (
        sa.CheckConstraint(
            "CASE WHEN state IN ('DRAFT', 'SUBMITTED') THEN reg_no IS NULL"
            " ELSE reg_no IS NOT NULL OR state = 'WITHDRAWN' END",
            name="reg_no",
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'WITHDRAWN') OR submitted_at IS NOT NULL", name="submitted_at"
        ),
        sa.CheckConstraint("rank > 0", name="rank"),
        sa.Index("ix_entry_edition_id_state", "edition_id", "state"),
        sa.Index("ix_entry_nomination_id_applicant_id", "nomination_id", "applicant_id"),
    )

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"))
    nomination_id: Mapped[UUID] = mapped_column(sa.ForeignKey("nomination.id"))
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    applicant_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.String(8))
    platform_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    contact_person_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    topic: Mapped[str] = mapped_column(sa.Text())
    summary: Mapped[str] = mapped_column(sa.Text())
    #: By section code: ``{"text", "edited", "data_on"}`` (rules/templates.py).
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    state: Mapped[EntryState] = mapped_column(enum_column(EntryState))
    reg_no: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    submitted_at: Mapped[datetime | None]
    withdraw_reason: Mapped[str | None] = mapped_column(sa.Text())
    final_score: Mapped[Decimal | None] = mapped_column(Points())
    rank: Mapped[int | None] = mapped_column(sa.Integer())
    title: Mapped[ResultTitle | None] = mapped_column(enum_column(ResultTitle))

    edition: Mapped[ContestEdition] = relationship()
    nomination: Mapped[Nomination] = relationship()
    co_applicants: Mapped[list["CoApplicant"]] = relationship(
        order_by="CoApplicant.id", lazy="selectin", cascade="all, delete-orphan"
    )
    authors: Mapped[list["EntryAuthor"]] = relationship(
        order_by="EntryAuthor.id", cascade="all, delete-orphan"
    )
    checks: Mapped[list["TechnicalCheck"]] = relationship(order_by="TechnicalCheck.at")
    revisions: Mapped[list["Revision"]] = relationship(order_by="Revision.returned_at")

    @property
    def label(self) -> str:
        """What the entry is called in tables and refusals."""
        return self.reg_no or self.topic

    @property
    def parties(self) -> list[UUID]:
        """The applicant and the co-applicants."""
        return [self.applicant_id, *(co.organisation_id for co in self.co_applicants)]

    @property
    def public_state(self) -> EntryState:
        """The council's decision stays inside until the results are published."""
        hidden = self.state in DECIDED and self.edition.published_at is None
        return EntryState.SCORED_FINAL if hidden else self.state

    def told(self) -> EntryChanged:
        """The state message of the entry."""
        published = self.edition.published_at is not None
        return EntryChanged(
            entry_id=self.id,
            edition_id=self.edition_id,
            nomination_id=self.nomination_id,
            kind=self.kind,
            applicant_id=self.applicant_id,
            municipality_oktmo=self.municipality_oktmo,
            platform_id=self.platform_id,
            topic=self.topic,
            reg_no=self.reg_no,
            state=self.public_state,
            final_score=self.final_score if published else None,
            rank=self.rank if published else None,
            title=self.title if published else None,
        )


class CoApplicant(Row, db.Model):
    """An organisation that enters together with the applicant."""

    __tablename__ = "co_applicant"
    __table_args__ = (sa.UniqueConstraint("entry_id", "organisation_id"),)

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"))
    organisation_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)


class EntryAuthor(Row, db.Model):
    """An author or supervisor: a person of the registry, or only a name; nothing else is kept (BR-41, PD-12)."""

    __tablename__ = "entry_author"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (name IS NULL)", name="person_or_name"),
        sa.UniqueConstraint("entry_id", "person_id", "role"),
    )

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(sa.Uuid(), index=True)
    name: Mapped[str | None] = mapped_column(sa.String(200))
    role: Mapped[AuthorRole] = mapped_column(enum_column(AuthorRole))


class TechnicalCheck(Row, db.Model):
    """The technical check of an entry and, when it was conditional, how it was fixed (BR-39)."""

    __tablename__ = "technical_check"
    __table_args__ = (
        sa.CheckConstraint("(outcome = 'CONDITIONAL') = (fix_until IS NOT NULL)", name="fix_until"),
    )

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"), index=True)
    outcome: Mapped[CheckOutcome] = mapped_column(enum_column(CheckOutcome))
    items: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    fix_until: Mapped[datetime | None]
    checker_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    at: Mapped[datetime]
    fixed_at: Mapped[datetime | None]
    fix_note: Mapped[str | None] = mapped_column(sa.Text())


class EntryFile(Row, db.Model):
    """A file of an entry; a masked copy names the file that it stands for (F18)."""

    __tablename__ = "entry_file"
    __table_args__ = (sa.CheckConstraint("size > 0", name="size"),)

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(enum_column(AttachmentKind))
    filename: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(80))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int] = mapped_column(sa.Integer())
    content: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)
    masked_of: Mapped[UUID | None] = mapped_column(sa.ForeignKey("entry_file.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[UUID | None] = mapped_column(sa.Uuid())


class Revision(Row, db.Model):
    """One return of an entry for revision and its answer."""

    __tablename__ = "revision"

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"), index=True)
    remarks: Mapped[str] = mapped_column(sa.Text())
    returned_at: Mapped[datetime]
    old_topic: Mapped[str] = mapped_column(sa.Text())
    new_topic: Mapped[str | None] = mapped_column(sa.Text())
    #: The sections as they were returned; what differs afterwards is marked for the experts.
    old_answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    #: Codes of the sections that the revision changed.
    changed: Mapped[list[str]] = mapped_column(Json, default=list)
    #: What the applicant answers to the remarks.
    answer: Mapped[str | None] = mapped_column(sa.Text())
    resubmitted_at: Mapped[datetime | None]
