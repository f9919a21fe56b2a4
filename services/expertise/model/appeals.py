"""Appeals with the composition that heard them and the values that it set (model 3.2; BR-59)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.expertise.db import db
from services.expertise.model.contests import Stage
from services.expertise.model.entries import Entry
from services.expertise.model.points import Points
from services.expertise.rules.vocabulary import (
    AppealBar,
    AppealRefusal,
    AppealState,
    CouncilRole,
    Presence,
    VoteChoice,
)
from shared.db import Aggregate, DecimalText, Json, Row, enum_column

_DECIDED = "state IN ('UPHELD_UP', 'UPHELD_DOWN', 'UNCHANGED')"


class Appeal(Aggregate, db.Model):
    """An appeal of an applicant, one for an entry; a decided one is final (BR-59, F-23)."""

    __tablename__ = "appeal"
    __table_args__ = (
        sa.CheckConstraint("(state = 'REFUSED') = (refusal IS NOT NULL)", name="refusal"),
        sa.CheckConstraint(
            f"({_DECIDED}) = (decided_at IS NOT NULL AND score_before IS NOT NULL AND score_after IS NOT NULL)",
            name="decided",
        ),
        sa.CheckConstraint(
            "votes_for IS NULL OR (votes_for > 0 AND votes_against >= 0 AND abstained >= 0)", name="votes"
        ),
    )

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"), unique=True)
    filed_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
    filed_at: Mapped[datetime]
    grounds: Mapped[str] = mapped_column(sa.Text())
    #: Codes of the contested criteria.
    criteria: Mapped[list[str]] = mapped_column(Json)
    state: Mapped[AppealState] = mapped_column(enum_column(AppealState), index=True)
    refusal: Mapped[AppealRefusal | None] = mapped_column(enum_column(AppealRefusal))
    reason: Mapped[str | None] = mapped_column(sa.Text())
    accepted_at: Mapped[datetime | None]
    commission_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("council.id"))
    decided_at: Mapped[datetime | None]
    text: Mapped[str | None] = mapped_column(sa.Text())
    score_before: Mapped[Decimal | None] = mapped_column(Points())
    score_after: Mapped[Decimal | None] = mapped_column(Points())
    place_before: Mapped[int | None] = mapped_column(sa.Integer())
    place_after: Mapped[int | None] = mapped_column(sa.Integer())
    votes_for: Mapped[int | None] = mapped_column(sa.Integer())
    votes_against: Mapped[int | None] = mapped_column(sa.Integer())
    abstained: Mapped[int | None] = mapped_column(sa.Integer())

    entry: Mapped[Entry] = relationship()
    members: Mapped[list["AppealMember"]] = relationship(order_by="AppealMember.id")
    corrections: Mapped[list["AppealCorrection"]] = relationship(order_by="AppealCorrection.id")

    @property
    def delta(self) -> Decimal | None:
        """What the appeal changed in the final score (model 3.2)."""
        if self.score_before is None or self.score_after is None:
            return None
        return self.score_after - self.score_before


class AppealMember(Row, db.Model):
    """A member of the commission at this appeal: came or not, barred and why, voted how (BR-57, F-24)."""

    __tablename__ = "appeal_member"
    __table_args__ = (
        sa.UniqueConstraint("appeal_id", "person_id"),
        sa.CheckConstraint("bar IS NULL OR choice IS NULL", name="barred_or_votes"),
    )

    appeal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("appeal.id"))
    person_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[CouncilRole] = mapped_column(enum_column(CouncilRole))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    presence: Mapped[Presence] = mapped_column(enum_column(Presence))
    bar: Mapped[AppealBar | None] = mapped_column(enum_column(AppealBar))
    note: Mapped[str] = mapped_column(sa.Text(), default="")
    choice: Mapped[VoteChoice | None] = mapped_column(enum_column(VoteChoice))


class AppealCorrection(Row, db.Model):
    """What the commission set for a criterion at a stage. Never changed, never deleted (triggers)."""

    __tablename__ = "appeal_correction"
    __table_args__ = (sa.UniqueConstraint("appeal_id", "stage_id", "criterion"),)

    appeal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("appeal.id"))
    stage_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stage.id"))
    criterion: Mapped[str] = mapped_column(sa.String(40))
    value: Mapped[Decimal] = mapped_column(DecimalText())

    stage: Mapped[Stage] = relationship()
