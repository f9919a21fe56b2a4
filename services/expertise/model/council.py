"""Decisions of councils with the rating they rest on (model 3.2; BR-57, BR-58)."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.expertise.db import db
from services.expertise.model.entries import Entry
from services.expertise.model.points import Points
from services.expertise.rules.vocabulary import CouncilKind, CouncilRole, Outcome, ResultTitle
from shared.db import Aggregate, Json, Row, enum_column


class Council(Row, db.Model):
    """A council of an edition: expert, coordination, jury or appeal commission (model 3.2)."""

    __tablename__ = "council"
    __table_args__ = (sa.UniqueConstraint("edition_id", "kind"),)

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"))
    kind: Mapped[CouncilKind] = mapped_column(enum_column(CouncilKind))
    title: Mapped[str] = mapped_column(sa.String(300))

    members: Mapped[list["CouncilMember"]] = relationship(
        order_by="CouncilMember.id", cascade="all, delete-orphan"
    )


class CouncilMember(Row, db.Model):
    """A person on a council; ``organisation_id`` is where this person worked when appointed."""

    __tablename__ = "council_member"
    __table_args__ = (sa.UniqueConstraint("council_id", "person_id"),)

    council_id: Mapped[UUID] = mapped_column(sa.ForeignKey("council.id"))
    person_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    role: Mapped[CouncilRole] = mapped_column(enum_column(CouncilRole))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.Uuid())


class Protocol(Aggregate, db.Model):
    """A session of the council; its rating snapshot is kept as data and hash (BR-58)."""

    __tablename__ = "protocol"
    __table_args__ = (
        sa.UniqueConstraint("edition_id", "number", "date"),
        sa.CheckConstraint("present * 2 > members_total AND present <= members_total", name="quorum"),
    )

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"))
    number: Mapped[str] = mapped_column(sa.String(64))
    date: Mapped[date] = mapped_column(sa.Date())
    chair: Mapped[str] = mapped_column(sa.String(200))
    secretary: Mapped[str] = mapped_column(sa.String(200))
    members_total: Mapped[int] = mapped_column(sa.Integer())
    present: Mapped[int] = mapped_column(sa.Integer())
    rating_snapshot: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    snapshot_hash: Mapped[str] = mapped_column(sa.String(64))

    decisions: Mapped[list["Decision"]] = relationship(back_populates="protocol", order_by="Decision.id")


class Decision(Row, db.Model):
    """What the council decided about one entry and how it voted (BR-55, BR-57)."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.CheckConstraint("votes_for > 0 AND votes_against >= 0 AND abstained >= 0", name="votes"),
    )

    protocol_id: Mapped[UUID] = mapped_column(sa.ForeignKey("protocol.id"), index=True)
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"), unique=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    title: Mapped[ResultTitle | None] = mapped_column(enum_column(ResultTitle))
    votes_for: Mapped[int] = mapped_column(sa.Integer())
    votes_against: Mapped[int] = mapped_column(sa.Integer())
    abstained: Mapped[int] = mapped_column(sa.Integer())
    rank: Mapped[int | None] = mapped_column(sa.Integer())
    final_score: Mapped[Decimal | None] = mapped_column(Points())

    protocol: Mapped[Protocol] = relationship(back_populates="decisions")
    entry: Mapped[Entry] = relationship()
