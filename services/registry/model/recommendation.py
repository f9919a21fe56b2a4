"""What municipalities recommend (S-003)."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.model.organisation import Organisation
from services.registry.model.roadmap import RoadmapItem
from services.registry.rules.project_kinds import RecommendationState
from shared.db import Aggregate, enum_column


class Recommendation(Aggregate, db.Model):
    """A recommendation of a municipality, from its ТМС or МОУО (S-003)."""

    __tablename__ = "recommendation"
    __table_args__ = (
        sa.CheckConstraint("(state = 'SUBMITTED') = (decided_on IS NULL)", name="decided_on"),
        sa.CheckConstraint("(state = 'REJECTED') = (reason IS NOT NULL)", name="reason"),
        sa.CheckConstraint(
            "(state = 'REALISED') = (realised_on IS NOT NULL"
            " AND (item_id IS NOT NULL OR realised_words IS NOT NULL))",
            name="realised",
        ),
    )

    municipality_oktmo: Mapped[str] = mapped_column(sa.ForeignKey("municipality.oktmo"), index=True)
    #: The ТМС or authority that recommends; nothing when an authority is known by its territory only.
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    text: Mapped[str] = mapped_column(sa.String(4000))
    submitted_on: Mapped[dt.date] = mapped_column(sa.Date())
    state: Mapped[RecommendationState] = mapped_column(
        enum_column(RecommendationState), default=RecommendationState.SUBMITTED, index=True
    )
    decided_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    reason: Mapped[str | None] = mapped_column(sa.String(500))
    realised_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    item_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("roadmap_item.id"))
    realised_words: Mapped[str | None] = mapped_column(sa.String(1000))

    organisation: Mapped[Organisation | None] = relationship()
    item: Mapped[RoadmapItem | None] = relationship()
