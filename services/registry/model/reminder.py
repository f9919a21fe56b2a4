"""Reminders to the parties that an agreement ends soon (BR-15)."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.model.agreement import Agreement
from shared import clock
from shared.db import Row, UtcDateTime


class Reminder(Row, db.Model):
    """60, 30 or 7 days are left; one reminder of each kind for every term (BR-15)."""

    __tablename__ = "reminder"
    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "threshold", "due_on"),
        sa.CheckConstraint("threshold IN (60, 30, 7)", name="threshold"),
    )

    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreement.id"))
    #: How many days before the end.
    threshold: Mapped[int] = mapped_column(sa.SmallInteger())
    #: The day on which it was due, so many days before the end of the term.
    due_on: Mapped[date] = mapped_column(sa.Date())
    made_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)

    agreement: Mapped[Agreement] = relationship()
    readings: Mapped[list["ReminderReading"]] = relationship(lazy="selectin")


class ReminderReading(db.Model):
    """A party has read a reminder; it leaves the party's cabinet (BR-15)."""

    __tablename__ = "reminder_reading"

    reminder_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reminder.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    read_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
