"""Yearly reports of platforms (PlatformReport of model 3.2) and drafts of orders made from the council's decisions."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.model.platform import Platform
from services.registry.rules.kinds import Outcome, ReportState
from services.registry.rules.platform_reports import Due, Standing
from shared.db import Aggregate, UtcDateTime, enum_column


class PlatformReport(Aggregate, db.Model):
    """The report of a platform for a year, from its first submission on (BR-24)."""

    __tablename__ = "platform_report"
    __table_args__ = (
        sa.UniqueConstraint("platform_id", "year"),
        sa.CheckConstraint("state <> 'OVERDUE'", name="computed"),
        sa.CheckConstraint(
            "state NOT IN ('RETURNED', 'NOT_ACCEPTED') OR remarks IS NOT NULL", name="remarks"
        ),
        sa.CheckConstraint("link IS NOT NULL OR content IS NOT NULL", name="handed_in"),
        sa.CheckConstraint("(content IS NULL) = (filename IS NULL)", name="file"),
    )

    platform_id: Mapped[UUID] = mapped_column(sa.ForeignKey("platform.id"))
    year: Mapped[int] = mapped_column(sa.SmallInteger())
    due_on: Mapped[date] = mapped_column(sa.Date(), index=True)
    state: Mapped[ReportState] = mapped_column(enum_column(ReportState))
    text: Mapped[str] = mapped_column(sa.Text())
    link: Mapped[str | None] = mapped_column(sa.String(500))
    filename: Mapped[str | None] = mapped_column(sa.String(200))
    media_type: Mapped[str | None] = mapped_column(sa.String(40))
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary(), deferred=True)
    #: The first day on which it was handed in.
    submitted_on: Mapped[date] = mapped_column(sa.Date())
    remarks: Mapped[str | None] = mapped_column(sa.String(2000))
    #: The new day after a return.
    again_by: Mapped[date | None] = mapped_column(sa.Date())
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    platform: Mapped[Platform] = relationship()

    @property
    def standing(self) -> Standing:
        """How it stands, for the rules."""
        return Standing(Due(self.year, self.due_on), self.state, self.submitted_on, self.again_by)


class OrderDraft(Aggregate, db.Model):
    """A draft of an order (D-07): it remembers which decisions it lists, as they were printed (BR-56)."""

    __tablename__ = "order_draft"

    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    valid_from: Mapped[date] = mapped_column(sa.Date())
    months: Mapped[int] = mapped_column(sa.SmallInteger())
    paper_id: Mapped[UUID] = mapped_column(sa.ForeignKey("paper.id"))
    #: The signed order that enacted it.
    act_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"))

    lines: Mapped[list["OrderDraftLine"]] = relationship(
        lazy="selectin", order_by="OrderDraftLine.position", cascade="all, delete-orphan"
    )


class OrderDraftLine(db.Model):
    """A decision as the draft lists it; a newer decision of the council makes the draft out of date."""

    __tablename__ = "order_draft_line"

    draft_id: Mapped[UUID] = mapped_column(sa.ForeignKey("order_draft.id"), primary_key=True)
    #: Not a foreign key: the council may take a waiting decision back (BR-60).
    proposal_id: Mapped[UUID] = mapped_column(sa.Uuid(), primary_key=True)
    position: Mapped[int] = mapped_column(sa.SmallInteger())
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    applicant_id: Mapped[UUID] = mapped_column(sa.Uuid())
    topic: Mapped[str] = mapped_column(sa.String(1000))
    protocol_number: Mapped[str] = mapped_column(sa.String(100))
