"""Participation of one person in one event (BR-28, BR-29)."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.db import db
from services.events.messages import ParticipationChanged
from services.events.model.event import Event
from services.events.rules import names
from services.events.rules.kinds import ParticipationRole
from services.events.rules.states import RegistrationState
from shared.db import Aggregate, enum_column


class Registration(Aggregate, db.Model):
    """A person's place at an event; organisation and municipality are copied as of that day (BR-29)."""

    __tablename__ = "registration"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "join_code"),
        sa.Index(
            "uq_registration_event_person",
            "event_id",
            "person_id",
            unique=True,
            sqlite_where=sa.text("person_id IS NOT NULL AND state <> 'CANCELLED'"),
            postgresql_where=sa.text("person_id IS NOT NULL AND state <> 'CANCELLED'"),
        ),
        sa.CheckConstraint("present_seconds IS NULL OR present_seconds >= 0", name="present_seconds"),
    )

    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("event.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(sa.Uuid(), index=True)
    last_name: Mapped[str] = mapped_column(sa.String(80))
    first_name: Mapped[str] = mapped_column(sa.String(80))
    middle_name: Mapped[str | None] = mapped_column(sa.String(80))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.Uuid(), index=True)
    organisation_name: Mapped[str | None] = mapped_column(sa.Text())
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.String(11))
    municipality_name: Mapped[str | None] = mapped_column(sa.String(200))
    role: Mapped[ParticipationRole] = mapped_column(enum_column(ParticipationRole))
    join_code: Mapped[str] = mapped_column(sa.String(6))
    state: Mapped[RegistrationState] = mapped_column(enum_column(RegistrationState))
    present_seconds: Mapped[int | None] = mapped_column(sa.Integer())
    #: Why the organiser marked the person as present (BR-32).
    mark_reason: Mapped[str | None] = mapped_column(sa.String(500))

    event: Mapped[Event] = relationship()

    @property
    def full_name(self) -> str:
        """«Фамилия Имя Отчество»."""
        return names.full(self.last_name, self.first_name, self.middle_name)

    @property
    def display_name(self) -> str:
        """The name to join the meeting under (BR-30)."""
        return names.display(self.join_code, self.last_name, self.first_name, self.middle_name)

    @property
    def minutes(self) -> int | None:
        """Full minutes of presence, once settled."""
        return None if self.present_seconds is None else self.present_seconds // 60

    def told(self) -> ParticipationChanged:
        """The state message of the participation."""
        return ParticipationChanged(
            registration_id=self.id,
            event_id=self.event_id,
            person_id=self.person_id,
            organisation_id=self.organisation_id,
            municipality_oktmo=self.municipality_oktmo,
            role=self.role,
            state=self.state,
            minutes=self.minutes,
        )
