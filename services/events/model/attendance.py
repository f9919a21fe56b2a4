"""Rows of attendance as they came, and what was found out about them (BR-31, BR-33)."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.db import db
from services.events.model.registration import Registration
from services.events.rules.kinds import AttendanceSource, MatchedBy
from shared import clock
from shared.db import Json, Row, UtcDateTime, enum_column


class AttendanceFile(Row, db.Model):
    """One import of a report: which file, when, by whom, how many rows were new."""

    __tablename__ = "attendance_file"

    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("event.id"), index=True)
    filename: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    imported_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
    rows: Mapped[int] = mapped_column(sa.Integer())
    added: Mapped[int] = mapped_column(sa.Integer())


class Attendance(Row, db.Model):
    """One stay in the meeting; without a registration it waits to be matched or ignored (BR-33)."""

    __tablename__ = "attendance"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "fingerprint"),
        sa.CheckConstraint("join_at <= leave_at", name="leaves_after_joining"),
        sa.CheckConstraint("(registration_id IS NULL) = (matched_by IS NULL)", name="matched_by_something"),
        sa.CheckConstraint("registration_id IS NULL OR ignored_reason IS NULL", name="matched_or_ignored"),
    )

    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("event.id"), index=True)
    registration_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("registration.id"), index=True)
    file_id: Mapped[UUID] = mapped_column(sa.ForeignKey("attendance_file.id"))
    line: Mapped[int] = mapped_column(sa.Integer())
    raw: Mapped[list[str]] = mapped_column(Json)
    raw_name: Mapped[str] = mapped_column(sa.Text())
    raw_email: Mapped[str | None] = mapped_column(sa.Text())
    join_at: Mapped[datetime] = mapped_column(UtcDateTime())
    leave_at: Mapped[datetime] = mapped_column(UtcDateTime())
    in_waiting_room: Mapped[bool] = mapped_column(sa.Boolean())
    source: Mapped[AttendanceSource] = mapped_column(enum_column(AttendanceSource))
    matched_by: Mapped[MatchedBy | None] = mapped_column(enum_column(MatchedBy))
    ignored_reason: Mapped[str | None] = mapped_column(sa.String(500))
    fingerprint: Mapped[str] = mapped_column(sa.String(64))

    registration: Mapped[Registration | None] = relationship()
