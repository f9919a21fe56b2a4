"""Events and their series (model 3.2, 3.3)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.db import db
from services.events.messages import EventChanged
from services.events.rules.kinds import Audience, DatePrecision, EventKind, EventMode, OrdinalStyle, Provider
from services.events.rules.states import EventState
from shared.db import Aggregate, Json, Row, UtcDateTime, enum_column


class EventSeries(Aggregate, db.Model):
    """A row of events under one name, such as the yearly festival; it is not told to the others."""

    __tablename__ = "event_series"

    name: Mapped[str] = mapped_column(sa.String(300), unique=True)
    aliases: Mapped[list[str]] = mapped_column(Json, default=list)
    ordinal_style: Mapped[OrdinalStyle] = mapped_column(enum_column(OrdinalStyle))
    organiser_id: Mapped[UUID] = mapped_column(sa.Uuid())


class EventOrganiser(Row, db.Model):
    """One of the organisations that hold an event."""

    __tablename__ = "event_organiser"
    __table_args__ = (sa.UniqueConstraint("event_id", "organisation_id"),)

    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("event.id"))
    organisation_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    position: Mapped[int] = mapped_column(sa.Integer())


class Event(Aggregate, db.Model):
    """A meeting of the network, from its plan to its archive."""

    __tablename__ = "event"
    __table_args__ = (
        sa.CheckConstraint(
            "date_precision = 'DAY' OR (starts_at IS NULL AND ends_at IS NULL)", name="hour_needs_day"
        ),
        sa.CheckConstraint(
            "date_precision = 'DAY' OR state NOT IN ('REGISTRATION', 'READY', 'RUNNING')",
            name="running_needs_day",
        ),
        sa.CheckConstraint("ends_at IS NULL OR starts_at < ends_at", name="ends_after_start"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="last_day_after_first"),
        sa.CheckConstraint("ended_at IS NULL OR started_at < ended_at", name="really_ends_after_start"),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        sa.CheckConstraint("ordinal IS NULL OR ordinal > 0", name="ordinal_positive"),
        sa.UniqueConstraint("series_id", "ordinal"),
    )

    series_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("event_series.id"))
    ordinal: Mapped[int | None] = mapped_column(sa.Integer())
    jubilee: Mapped[bool] = mapped_column(sa.Boolean())
    kind: Mapped[EventKind] = mapped_column(enum_column(EventKind))
    title: Mapped[str] = mapped_column(sa.String(500))
    mode: Mapped[EventMode] = mapped_column(enum_column(EventMode))
    audience: Mapped[Audience] = mapped_column(enum_column(Audience))
    state: Mapped[EventState] = mapped_column(enum_column(EventState), index=True)
    date_precision: Mapped[DatePrecision] = mapped_column(enum_column(DatePrecision))
    starts_on: Mapped[date] = mapped_column(sa.Date(), index=True)
    ends_on: Mapped[date | None] = mapped_column(sa.Date())
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    #: When the meeting really began and ended; attendance is measured against this (BR-32).
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    place: Mapped[str | None] = mapped_column(sa.String(300))
    provider: Mapped[Provider | None] = mapped_column(enum_column(Provider))
    join_url: Mapped[str | None] = mapped_column(sa.String(1000))
    capacity: Mapped[int | None] = mapped_column(sa.Integer())
    #: Why the event was postponed or cancelled.
    reason: Mapped[str | None] = mapped_column(sa.String(500))

    series: Mapped[EventSeries | None] = relationship(lazy="joined")
    organisers: Mapped[list[EventOrganiser]] = relationship(
        order_by=EventOrganiser.position, cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def organiser_ids(self) -> list[UUID]:
        """The organisations that hold the event, the main one first."""
        return [organiser.organisation_id for organiser in self.organisers]

    def told(self) -> EventChanged:
        """The state message of the event."""
        return EventChanged(
            event_id=self.id,
            kind=self.kind,
            title=self.title,
            mode=self.mode,
            state=self.state,
            date_precision=self.date_precision,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            organiser_ids=self.organiser_ids,
            series_name=self.series.name if self.series else None,
            ordinal=self.ordinal,
        )

    def take(self, **values: Any) -> None:
        """Set several columns at once; an action hands over what a rule decided."""
        for column, value in values.items():
            setattr(self, column, value)
