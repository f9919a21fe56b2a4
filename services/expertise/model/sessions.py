"""What a session of a council consists of: seats, agenda, ballots, conflicts, signatures (BR-57, BR-62)."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.expertise.db import db
from services.expertise.rules.vocabulary import Presence, SeatRole, VoteBar, VoteChoice
from shared import clock
from shared.db import Row, enum_column


class Attendee(Row, db.Model):
    """A person of the list of a session, as named and employed on that day; the list outlives the council."""

    __tablename__ = "attendee"
    __table_args__ = (sa.UniqueConstraint("protocol_id", "person_id"),)

    protocol_id: Mapped[UUID] = mapped_column(sa.ForeignKey("protocol.id"))
    person_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[SeatRole] = mapped_column(enum_column(SeatRole))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    presence: Mapped[Presence] = mapped_column(enum_column(Presence))


class AgendaItem(Row, db.Model):
    """A question of the agenda: «слушали», «выступили», «решили»; a nomination, when it is about one."""

    __tablename__ = "agenda_item"
    __table_args__ = (sa.CheckConstraint("position > 0", name="position"),)

    protocol_id: Mapped[UUID] = mapped_column(sa.ForeignKey("protocol.id"), index=True)
    position: Mapped[int] = mapped_column(sa.Integer())
    title: Mapped[str] = mapped_column(sa.String(500))
    nomination_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("nomination.id"))
    heard: Mapped[str] = mapped_column(sa.Text(), default="")
    spoke: Mapped[str] = mapped_column(sa.Text(), default="")
    resolved: Mapped[str] = mapped_column(sa.Text(), default="")


class Ballot(Row, db.Model):
    """A named vote; ``preferred`` puts the entry above the others of the same score (BR-53, BR-57)."""

    __tablename__ = "ballot"
    __table_args__ = (sa.UniqueConstraint("decision_id", "person_id"),)

    decision_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decision.id"))
    person_id: Mapped[UUID] = mapped_column(sa.Uuid())
    choice: Mapped[VoteChoice] = mapped_column(enum_column(VoteChoice))
    preferred: Mapped[bool] = mapped_column(sa.Boolean(), default=False)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class CouncilConflict(Row, db.Model):
    """A member who does not vote on an entry, and why; it is written in the protocol (BR-57)."""

    __tablename__ = "council_conflict"
    __table_args__ = (sa.UniqueConstraint("protocol_id", "entry_id", "person_id"),)

    protocol_id: Mapped[UUID] = mapped_column(sa.ForeignKey("protocol.id"))
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"))
    person_id: Mapped[UUID] = mapped_column(sa.Uuid())
    bar: Mapped[VoteBar] = mapped_column(enum_column(VoteBar))
    note: Mapped[str] = mapped_column(sa.Text(), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)


class ProtocolSignature(Row, db.Model):
    """A simple electronic signature: whose account signed which content, and when."""

    __tablename__ = "protocol_signature"
    __table_args__ = (sa.UniqueConstraint("protocol_id", "person_id"),)

    protocol_id: Mapped[UUID] = mapped_column(sa.ForeignKey("protocol.id"))
    person_id: Mapped[UUID] = mapped_column(sa.Uuid())
    account_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(default=clock.now)
