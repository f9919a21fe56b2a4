"""Normative acts and what they do to one another."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import ActChanged, RelationTold
from services.registry.model.organisation import Organisation
from services.registry.rules.kinds import ActKind, ActLevel, ActState, ActTarget, RelationType
from shared import clock
from shared.db import Aggregate, Row, UtcDateTime, enum_column


class Act(Aggregate, db.Model):
    """A normative act, unique by issuer, kind, number and date (BR-01)."""

    __tablename__ = "act"
    __table_args__ = (
        sa.UniqueConstraint("issuer_key", "kind", "number_key", "date"),
        sa.CheckConstraint("term_to IS NULL OR term_to > in_force_from", name="term"),
        sa.CheckConstraint("term_to IS NULL OR in_force_to <= term_to", name="end"),
    )

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
    #: The first day without the act: the end of its term, or the day another act repealed it (BR-04).
    in_force_to: Mapped[dt.date | None] = mapped_column(sa.Date())
    #: The end that the act itself names.
    term_to: Mapped[dt.date | None] = mapped_column(sa.Date())
    place: Mapped[str | None] = mapped_column(sa.String(200))
    summary: Mapped[str | None] = mapped_column(sa.String(2000))
    url: Mapped[str | None] = mapped_column(sa.String(500))
    search_key: Mapped[str] = mapped_column(sa.String(1200))

    issuer: Mapped[Organisation | None] = relationship()
    relations: Mapped[list["ActRelation"]] = relationship(
        foreign_keys="ActRelation.source_id", order_by="ActRelation.id", cascade="all, delete-orphan"
    )
    file: Mapped["ActFile | None"] = relationship(cascade="all, delete-orphan")

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
                RelationTold(type=relation.type, target_id=relation.target_id, target_ref=relation.told_ref)
                for relation in self.relations
                if relation.withdrawn_at is None
            ],
        )


class ActRelation(Row, db.Model):
    """What an act, or a clause of it, does to another act, a thing of the registry or words (BR-03).

    A relation is never deleted: a mistaken one is withdrawn, with the reason.
    """

    __tablename__ = "act_relation"
    __table_args__ = (
        sa.Index(
            "uq_act_relation_live",
            "source_id",
            "type",
            "target_id",
            "source_clause",
            "target_clause",
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL AND target_id IS NOT NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL AND target_id IS NOT NULL"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN target_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN object_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN target_ref IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_target",
        ),
        sa.CheckConstraint("(object_id IS NULL) = (object_kind IS NULL)", name="object"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn"),
    )

    source_id: Mapped[UUID] = mapped_column(sa.ForeignKey("act.id"))
    #: The clause that does it; empty: the act as a whole.
    source_clause: Mapped[str] = mapped_column(sa.String(60), default="")
    type: Mapped[RelationType] = mapped_column(enum_column(RelationType))
    target_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"), index=True)
    #: The clause to which it is done; empty: the target as a whole.
    target_clause: Mapped[str] = mapped_column(sa.String(60), default="")
    object_kind: Mapped[ActTarget | None] = mapped_column(enum_column(ActTarget))
    object_id: Mapped[UUID | None] = mapped_column(sa.Uuid(), index=True)
    target_ref: Mapped[str | None] = mapped_column(sa.String(200))
    note: Mapped[str | None] = mapped_column(sa.String(500))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime(), default=clock.now)
    recorded_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime())
    withdrawn_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
    withdrawn_reason: Mapped[str | None] = mapped_column(sa.String(500))

    source: Mapped[Act] = relationship(foreign_keys=[source_id], viewonly=True)
    target: Mapped[Act | None] = relationship(foreign_keys=[target_id])

    @property
    def told_ref(self) -> str | None:
        """What the others are told of a target that is no act."""
        return f"{self.object_kind}:{self.object_id}" if self.object_kind else self.target_ref


class ActFile(db.Model):
    """The text of an act as a file."""

    __tablename__ = "act_file"

    act_id: Mapped[UUID] = mapped_column(sa.ForeignKey("act.id"), primary_key=True)
    filename: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(80))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)


class ActDraft(Aggregate, db.Model):
    """A draft of an act, seen only by those who may keep it, until it gets its number and date (model 3.3)."""

    __tablename__ = "act_draft"
    __table_args__ = (
        sa.CheckConstraint("state IN ('DRAFT', 'IN_FORCE', 'REJECTED')", name="state"),
        sa.CheckConstraint("(act_id IS NOT NULL) = (state = 'IN_FORCE')", name="act"),
        sa.CheckConstraint("(reason IS NOT NULL) = (state = 'REJECTED')", name="reason"),
    )

    kind: Mapped[ActKind] = mapped_column(enum_column(ActKind))
    title: Mapped[str] = mapped_column(sa.String(1000))
    level: Mapped[ActLevel] = mapped_column(enum_column(ActLevel))
    issuer_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    issuer_text: Mapped[str | None] = mapped_column(sa.String(500))
    place: Mapped[str | None] = mapped_column(sa.String(200))
    summary: Mapped[str | None] = mapped_column(sa.String(2000))
    url: Mapped[str | None] = mapped_column(sa.String(500))
    state: Mapped[ActState] = mapped_column(enum_column(ActState), default=ActState.DRAFT, index=True)
    act_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"))
    reason: Mapped[str | None] = mapped_column(sa.String(500))

    issuer: Mapped[Organisation | None] = relationship()
