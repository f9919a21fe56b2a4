"""Normative acts and what they do to one another."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import ActChanged, RelationTold
from services.registry.model.organisation import Organisation
from services.registry.rules.kinds import ActKind, ActLevel, RelationType
from shared.db import Aggregate, Row, enum_column


class Act(Aggregate, db.Model):
    """A normative act, unique by issuer, kind, number and date (BR-01)."""

    __tablename__ = "act"
    __table_args__ = (sa.UniqueConstraint("issuer_key", "kind", "number_key", "date"),)

    kind: Mapped[ActKind] = mapped_column(enum_column(ActKind))
    number: Mapped[str | None] = mapped_column(sa.String(100))
    number_key: Mapped[str] = mapped_column(sa.String(220))
    date: Mapped[dt.date] = mapped_column(sa.Date(), index=True)
    title: Mapped[str] = mapped_column(sa.String(1000))
    level: Mapped[ActLevel] = mapped_column(enum_column(ActLevel))
    issuer_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    #: The issuer as printed in the act, when it is no organisation of the registry.
    issuer_text: Mapped[str | None] = mapped_column(sa.String(500))
    issuer_key: Mapped[str] = mapped_column(sa.String(500))
    in_force_from: Mapped[dt.date] = mapped_column(sa.Date())
    in_force_to: Mapped[dt.date | None] = mapped_column(sa.Date())
    place: Mapped[str | None] = mapped_column(sa.String(200))
    search_key: Mapped[str] = mapped_column(sa.String(1200))

    issuer: Mapped[Organisation | None] = relationship()
    relations: Mapped[list["ActRelation"]] = relationship(
        foreign_keys="ActRelation.source_id", order_by="ActRelation.id", cascade="all, delete-orphan"
    )

    @property
    def issuer_name(self) -> str | None:
        """The issuer's name valid on the act's date (BR-06)."""
        return self.issuer.named_on(self.date) if self.issuer else self.issuer_text

    def told(self) -> ActChanged:
        """The state message."""
        return ActChanged(
            act_id=self.id,
            kind=self.kind,
            number=self.number,
            date=self.date,
            title=self.title,
            issuer_name=self.issuer_name,
            level=self.level,
            in_force_from=self.in_force_from,
            in_force_to=self.in_force_to,
            relations=[
                RelationTold(type=relation.type, target_id=relation.target_id, target_ref=relation.target_ref)
                for relation in self.relations
            ],
        )


class ActRelation(Row, db.Model):
    """What an act does to another act, or to a thing named in words (BR-03)."""

    __tablename__ = "act_relation"
    __table_args__ = (
        sa.UniqueConstraint("source_id", "type", "target_id"),
        sa.CheckConstraint("(target_id IS NULL) <> (target_ref IS NULL)", name="one_target"),
    )

    source_id: Mapped[UUID] = mapped_column(sa.ForeignKey("act.id"))
    type: Mapped[RelationType] = mapped_column(enum_column(RelationType))
    target_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"), index=True)
    target_ref: Mapped[str | None] = mapped_column(sa.String(200))
    note: Mapped[str | None] = mapped_column(sa.String(500))

    target: Mapped[Act | None] = relationship(foreign_keys=[target_id])
