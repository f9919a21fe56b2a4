"""Decisions of councils with the rating they rest on (model 3.2; BR-57, BR-58)."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.expertise.db import db
from services.expertise.model.entries import Entry
from services.expertise.model.points import Points
from services.expertise.rules.councils import DECIDING
from services.expertise.rules.sessions import Seat
from services.expertise.rules.vocabulary import (
    CouncilKind,
    CouncilRole,
    Outcome,
    ProtocolState,
    ResultTitle,
)
from shared.db import Aggregate, Json, Row, enum_column

if TYPE_CHECKING:
    from services.expertise.model.sessions import (
        AgendaItem,
        Attendee,
        Ballot,
        CouncilConflict,
        ProtocolSignature,
    )


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
    """A session of a council and its protocol; what is signed is kept as data and hashes (BR-57, BR-58).

    A session held on paper may have no council and no list of seats: ``paper_note`` says where its paper is.
    """

    __tablename__ = "protocol"
    __table_args__ = (
        sa.UniqueConstraint("edition_id", "number", "date"),
        sa.UniqueConstraint("supersedes_id"),
        sa.CheckConstraint(
            "state = 'DRAFT' OR (present * 2 > members_total AND present <= members_total)", name="quorum"
        ),
        sa.CheckConstraint("(state = 'DRAFT') = (snapshot_hash IS NULL)", name="frozen"),
        sa.CheckConstraint("council_id IS NOT NULL OR paper_note IS NOT NULL", name="whose"),
    )

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"))
    council_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("council.id"), index=True)
    state: Mapped[ProtocolState] = mapped_column(enum_column(ProtocolState))
    number: Mapped[str] = mapped_column(sa.String(64))
    date: Mapped[date] = mapped_column(sa.Date())
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    chair: Mapped[str] = mapped_column(sa.String(200))
    secretary: Mapped[str] = mapped_column(sa.String(200))
    chair_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    secretary_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    members_total: Mapped[int] = mapped_column(sa.Integer())
    present: Mapped[int] = mapped_column(sa.Integer())
    rating_snapshot: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    snapshot_hash: Mapped[str | None] = mapped_column(sa.String(64))
    content_hash: Mapped[str | None] = mapped_column(sa.String(64))
    paper_note: Mapped[str | None] = mapped_column(sa.Text())
    supersedes_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("protocol.id"))

    council: Mapped[Council | None] = relationship()
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="protocol", order_by="Decision.id", cascade="all, delete-orphan"
    )
    items: Mapped[list["AgendaItem"]] = relationship(
        order_by="AgendaItem.position", cascade="all, delete-orphan"
    )
    attendees: Mapped[list["Attendee"]] = relationship(order_by="Attendee.id", cascade="all, delete-orphan")
    conflicts: Mapped[list["CouncilConflict"]] = relationship(
        order_by="CouncilConflict.id", cascade="all, delete-orphan"
    )
    signatures: Mapped[list["ProtocolSignature"]] = relationship(
        order_by="ProtocolSignature.id", cascade="all, delete-orphan"
    )

    @property
    def decides(self) -> bool:
        """Whether its decisions bind: an expert council recommends, an appeal commission hears (BR-56)."""
        return self.council is None or self.council.kind in DECIDING

    @property
    def seats(self) -> list[Seat]:
        """The list of the session as the rules know it."""
        return [Seat(one.person_id, one.role, one.presence) for one in self.attendees]


_IN_FORCE = sa.text("in_force")


class Decision(Row, db.Model):
    """What a council decided, or recommends, about one entry and how it voted (BR-55, BR-56, BR-57).

    ``in_force``: it is signed by a deciding council and no later protocol has superseded it.
    """

    __tablename__ = "decision"
    __table_args__ = (
        sa.UniqueConstraint("protocol_id", "entry_id"),
        sa.Index(
            "uq_decision_in_force",
            "entry_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND abstained >= 0 AND tie_votes >= 0", name="votes"
        ),
        sa.CheckConstraint("NOT in_force OR votes_for > 0", name="adopted"),
    )

    protocol_id: Mapped[UUID] = mapped_column(sa.ForeignKey("protocol.id"))
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    title: Mapped[ResultTitle | None] = mapped_column(enum_column(ResultTitle))
    title_reason: Mapped[str | None] = mapped_column(sa.Text())
    votes_for: Mapped[int] = mapped_column(sa.Integer())
    votes_against: Mapped[int] = mapped_column(sa.Integer())
    abstained: Mapped[int] = mapped_column(sa.Integer())
    #: Votes for putting this entry above those of the same score; without them ``votes_for`` decides (BR-53).
    tie_votes: Mapped[int | None] = mapped_column(sa.Integer())
    #: How the votes were counted when they were counted by hand.
    hand_note: Mapped[str | None] = mapped_column(sa.Text())
    rank: Mapped[int | None] = mapped_column(sa.Integer())
    final_score: Mapped[Decimal | None] = mapped_column(Points())
    in_force: Mapped[bool] = mapped_column(sa.Boolean(), default=False)

    protocol: Mapped[Protocol] = relationship(back_populates="decisions")
    entry: Mapped[Entry] = relationship()
    ballots: Mapped[list["Ballot"]] = relationship(order_by="Ballot.id", cascade="all, delete-orphan")

    @property
    def tie_key(self) -> int:
        """What the vote of the council says when final scores are equal (BR-53)."""
        return self.votes_for if self.tie_votes is None else self.tie_votes
