"""Experts, their assignments and score sheets (model 3.2)."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.expertise.db import db
from services.expertise.model.contests import Stage
from services.expertise.model.entries import Entry
from services.expertise.model.points import Points
from services.expertise.rules.vocabulary import (
    AssignmentKind,
    AssignmentState,
    ExpertLevel,
    Recommendation,
    SheetState,
)
from shared.db import Aggregate, Json, Row, enum_column


class ExpertProfile(Aggregate, db.Model):
    """A person enrolled as an expert; organisation and municipality are those of the person (readmodel)."""

    __tablename__ = "expert_profile"
    __table_args__ = (sa.CheckConstraint("max_load > 0", name="max_load"),)

    person_id: Mapped[UUID] = mapped_column(sa.Uuid(), unique=True)
    level: Mapped[ExpertLevel] = mapped_column(enum_column(ExpertLevel))
    max_load: Mapped[int] = mapped_column(sa.Integer())
    specialities: Mapped[list[str]] = mapped_column(Json)


_HOLDS = sa.text("state NOT IN ('RECUSED', 'REPLACED')")


class Assignment(Aggregate, db.Model):
    """An expert's task to score one entry at one stage; ``accepted_at`` is the declaration of BR-42."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.Index(
            "uq_assignment_live",
            "entry_id",
            "stage_id",
            "expert_id",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
        sa.CheckConstraint(
            "state IN ('PROPOSED', 'RECUSED', 'REPLACED') OR accepted_at IS NOT NULL", name="accepted_at"
        ),
        sa.Index("ix_assignment_stage_id_state", "stage_id", "state"),
        sa.Index("ix_assignment_expert_id_state", "expert_id", "state"),
    )

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"))
    stage_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stage.id"))
    expert_id: Mapped[UUID] = mapped_column(sa.ForeignKey("expert_profile.id"))
    kind: Mapped[AssignmentKind] = mapped_column(enum_column(AssignmentKind))
    state: Mapped[AssignmentState] = mapped_column(enum_column(AssignmentState))
    due_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(sa.Text())
    override_reason: Mapped[str | None] = mapped_column(sa.Text())

    entry: Mapped[Entry] = relationship()
    stage: Mapped[Stage] = relationship()
    expert: Mapped[ExpertProfile] = relationship()


class AssignmentRun(Row, db.Model):
    """One run of the planner: with its seed the plan can be repeated (BR-43)."""

    __tablename__ = "assignment_run"

    stage_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stage.id"), index=True)
    seed: Mapped[int] = mapped_column(sa.BigInteger())
    assigned: Mapped[int] = mapped_column(sa.Integer())
    made_at: Mapped[datetime]


_LIVE = sa.text("state IN ('DRAFT', 'SIGNED')")


class ScoreSheet(Aggregate, db.Model):
    """A score sheet: one live sheet per assignment; a signed one is never edited (BR-46).

    A draft keeps what was typed: ``scores`` hold what belongs to the scale, ``typed`` what does not yet.
    ``draft_by`` is the page that saved it last, so that two pages cannot overwrite each other unseen.
    """

    __tablename__ = "score_sheet"
    __table_args__ = (
        sa.Index(
            "uq_score_sheet_live", "assignment_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
        ),
        sa.CheckConstraint("state <> 'SIGNED' OR signed_at IS NOT NULL", name="signed_at"),
        sa.CheckConstraint("state <> 'CANCELLED' OR cancel_reason IS NOT NULL", name="cancel_reason"),
        sa.Index("ix_score_sheet_stage_id_state", "stage_id", "state"),
        sa.Index("ix_score_sheet_entry_id_stage_id", "entry_id", "stage_id"),
    )

    assignment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("assignment.id"))
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"))
    stage_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stage.id"))
    expert_id: Mapped[UUID] = mapped_column(sa.ForeignKey("expert_profile.id"))
    state: Mapped[SheetState] = mapped_column(enum_column(SheetState))
    scores: Mapped[dict[str, str]] = mapped_column(Json)
    comments: Mapped[dict[str, str]] = mapped_column(Json)
    conclusion: Mapped[str] = mapped_column(sa.Text())
    remarks: Mapped[str] = mapped_column(sa.Text(), default="")
    recommendation: Mapped[Recommendation | None] = mapped_column(enum_column(Recommendation))
    typed: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    draft_by: Mapped[str | None] = mapped_column(sa.String(40))
    total: Mapped[Decimal]
    percent: Mapped[Decimal] = mapped_column(Points())
    #: The percent reached on the priority criteria alone; None when the rubric marks none (BR-53).
    priority: Mapped[Decimal | None] = mapped_column(Points())
    signed_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None] = mapped_column(sa.Text())
    replaces_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("score_sheet.id"))

    assignment: Mapped[Assignment] = relationship()

    @property
    def words(self) -> dict[str, Any]:
        """What the expert wrote beside the scores."""
        return {
            "comments": dict(self.comments),
            "conclusion": self.conclusion,
            "remarks": self.remarks,
            "recommendation": self.recommendation.value if self.recommendation else None,
        }

    @property
    def exact_scores(self) -> dict[str, Decimal]:
        """Scores as exact decimals (BR-47)."""
        return {code: Decimal(value) for code, value in self.scores.items()}
