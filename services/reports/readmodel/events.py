"""Copies of events: the calendar and the people at it, without names."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.reports.db import db
from shared.db import Copy


class Event(Copy, db.Model):
    """An event; with precision MONTH or YEAR `starts_on` is the first day of it (BR-27)."""

    __tablename__ = "event"

    kind: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.Text())
    mode: Mapped[str] = mapped_column(sa.String(40))
    state: Mapped[str] = mapped_column(sa.String(40))
    date_precision: Mapped[str] = mapped_column(sa.String(40))
    starts_on: Mapped[date] = mapped_column(sa.Date(), index=True)
    series_name: Mapped[str | None] = mapped_column(sa.Text())
    ordinal: Mapped[int | None] = mapped_column(sa.Integer())


class Participation(Copy, db.Model):
    """One registration for one event."""

    __tablename__ = "participation"

    event_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    person_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    organisation_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.String(11), index=True)
    role: Mapped[str] = mapped_column(sa.String(40))
    state: Mapped[str] = mapped_column(sa.String(40))
    minutes: Mapped[int | None] = mapped_column(sa.Integer())


class Certificate(Copy, db.Model):
    """An issued certificate."""

    __tablename__ = "certificate"

    event_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    registration_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    issued_on: Mapped[date] = mapped_column(sa.Date())
