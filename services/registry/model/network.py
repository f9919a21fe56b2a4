"""The resource centre and the transformation of municipal networks."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import TransformationChanged
from services.registry.model.organisation import Organisation
from services.registry.rules.kinds import Stage
from shared.db import Aggregate, Json, Row, enum_column


class ResourceCentre(Row, db.Model):
    """The status of krai resource centre and how many municipalities it can serve (S-049, S-088)."""

    __tablename__ = "resource_centre"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "valid_from"),
        sa.CheckConstraint("capacity > 0", name="capacity"),
    )

    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    act_id: Mapped[UUID] = mapped_column(sa.ForeignKey("act.id"))
    valid_from: Mapped[date] = mapped_column(sa.Date())
    capacity: Mapped[int] = mapped_column(sa.Integer())


class Transformation(Aggregate, db.Model):
    """How far a municipality has come (S-089, BR-18)."""

    __tablename__ = "transformation"

    municipality_oktmo: Mapped[str] = mapped_column(sa.ForeignKey("municipality.oktmo"), unique=True)
    tms_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    stage: Mapped[Stage] = mapped_column(enum_column(Stage))
    since: Mapped[date] = mapped_column(sa.Date())

    tms: Mapped[Organisation] = relationship()
    steps: Mapped[list["TransformationStep"]] = relationship(
        order_by="TransformationStep.id", cascade="all, delete-orphan"
    )

    def told(self) -> TransformationChanged:
        """The state message."""
        return TransformationChanged(
            transformation_id=self.id,
            municipality_oktmo=self.municipality_oktmo,
            tms_id=self.tms_id,
            stage=self.stage,
            since=self.since,
        )


class TransformationStep(Row, db.Model):
    """A stage that was reached, with its evidence; never changed."""

    __tablename__ = "transformation_step"

    transformation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("transformation.id"), index=True)
    stage: Mapped[Stage] = mapped_column(enum_column(Stage))
    since: Mapped[date] = mapped_column(sa.Date())
    evidence: Mapped[dict[str, str]] = mapped_column(Json)
    #: Entered from history, where stages are known without their evidence.
    historical: Mapped[bool] = mapped_column(sa.Boolean())
