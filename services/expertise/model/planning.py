"""Plans of assignments that are looked at before they are applied (F1)."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.expertise.db import db
from services.expertise.model.contests import Stage
from services.expertise.rules.vocabulary import PlanState
from shared.db import Aggregate, Json, enum_column


class AssignmentPlan(Aggregate, db.Model):
    """What a plan was asked for and what came of it; ``inputs`` is the hash of all that it rests on."""

    __tablename__ = "assignment_plan"
    __table_args__ = (
        sa.CheckConstraint("(state = 'APPLIED') = (applied_at IS NOT NULL)", name="applied_at"),
        sa.CheckConstraint("state NOT IN ('READY', 'IMPOSSIBLE', 'APPLIED') OR inputs <> ''", name="inputs"),
    )

    stage_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stage.id"), index=True)
    state: Mapped[PlanState] = mapped_column(enum_column(PlanState))
    seed: Mapped[int] = mapped_column(sa.BigInteger())
    options: Mapped[dict[str, Any]] = mapped_column(Json)
    inputs: Mapped[str] = mapped_column(sa.String(64), default="")
    result: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    applied_at: Mapped[datetime | None]

    stage: Mapped[Stage] = relationship()
