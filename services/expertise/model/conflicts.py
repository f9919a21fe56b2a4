"""Conflicts of interest that people tell of, ties between people, waivers by an act (F17, BR-41, BR-42)."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.expertise.db import db
from services.expertise.rules.vocabulary import RELATIONS, ConflictKind
from shared.db import Row, enum_column

_TIES = ", ".join(f"'{kind.value}'" for kind in RELATIONS)


class ConflictOfInterest(Row, db.Model):
    """An expert's own word, before any invitation: entries of this organisation are not for me (BR-42)."""

    __tablename__ = "conflict_of_interest"
    __table_args__ = (sa.UniqueConstraint("edition_id", "expert_id", "organisation_id"),)

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"), index=True)
    expert_id: Mapped[UUID] = mapped_column(sa.ForeignKey("expert_profile.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.Uuid())
    reason: Mapped[str] = mapped_column(sa.Text())
    declared_at: Mapped[datetime]


class PersonRelation(Row, db.Model):
    """A tie of a person with another person or an organisation, with the source that tells of it (F17)."""

    __tablename__ = "person_relation"
    __table_args__ = (
        sa.CheckConstraint(f"kind IN ({_TIES})", name="tie"),
        sa.CheckConstraint("(other_person_id IS NULL) <> (organisation_id IS NULL)", name="one_side"),
        sa.CheckConstraint("person_id <> other_person_id", name="two_people"),
    )

    person_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    other_person_id: Mapped[UUID | None] = mapped_column(sa.Uuid(), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    kind: Mapped[ConflictKind] = mapped_column(enum_column(ConflictKind))
    source: Mapped[str] = mapped_column(sa.String(500))
    ended: Mapped[date | None] = mapped_column(sa.Date())
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None] = mapped_column(sa.Uuid())


class ConflictWaiver(Row, db.Model):
    """A conflict that an act lifts for one expert and one entry (F17)."""

    __tablename__ = "conflict_waiver"
    __table_args__ = (
        sa.UniqueConstraint("expert_id", "entry_id", "kind"),
        sa.CheckConstraint("kind NOT IN ('SAME_ORG', 'AUTHOR', 'RECUSED')", name="may_be_waived"),
    )

    expert_id: Mapped[UUID] = mapped_column(sa.ForeignKey("expert_profile.id"))
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"), index=True)
    kind: Mapped[ConflictKind] = mapped_column(enum_column(ConflictKind))
    act_ref: Mapped[str] = mapped_column(sa.String(300))
    reason: Mapped[str] = mapped_column(sa.Text())
    waived_at: Mapped[datetime]
    waived_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
