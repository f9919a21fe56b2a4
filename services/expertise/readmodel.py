"""Copies of registry's facts, written by handlers only."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.expertise.db import db
from shared.dated_names import name_on, short_name_on
from shared.db import Copy, Json, Row
from shared.identity_tables import KnownAccountMixin, KnownKeyMixin


class KnownAccount(KnownAccountMixin, db.Model):
    """Accounts of registry."""

    __tablename__ = "known_account"


class KnownKey(KnownKeyMixin, db.Model):
    """Public keys of registry."""

    __tablename__ = "known_key"


class Municipality(Copy, db.Model):
    """A municipality by its OKTMO code."""

    __tablename__ = "municipality"

    oktmo: Mapped[str] = mapped_column(sa.String(8), unique=True)
    short_name: Mapped[str] = mapped_column(sa.String(200))
    names: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)

    def called_on(self, on: date) -> str:
        """The short name valid on a day (BR-11)."""
        return name_on(self.names, on, self.short_name)


class Organisation(Copy, db.Model):
    """An organisation of the network."""

    __tablename__ = "organisation"

    full_name: Mapped[str] = mapped_column(sa.String(500))
    short_name: Mapped[str] = mapped_column(sa.String(300))
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.String(8))
    state: Mapped[str] = mapped_column(sa.String(40))
    names: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)

    def called_on(self, on: date) -> str:
        """What to call it in a list that speaks of a day (BR-06)."""
        return short_name_on(self.names, on, full_name=self.full_name, short_name=self.short_name)


class PersonCopy(Copy, db.Model):
    """A person and the organisation where this person works now."""

    __tablename__ = "person"

    last_name: Mapped[str] = mapped_column(sa.String(100))
    first_name: Mapped[str] = mapped_column(sa.String(100))
    middle_name: Mapped[str | None] = mapped_column(sa.String(100))
    position: Mapped[str | None] = mapped_column(sa.String(300))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.Uuid(), index=True)

    @property
    def short_name(self) -> str:
        """«Фамилия И.О.»"""
        initials = "".join(
            f"{name[0]}." for name in (self.first_name, self.middle_name) if name and name[0].isalpha()
        )
        return f"{self.last_name} {initials}".strip()


class Employment(Row, db.Model):
    """Where a person worked, by the days on which the registry told so: it tells no dates itself (F17)."""

    __tablename__ = "employment"

    person_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.Uuid())
    first_seen: Mapped[date] = mapped_column(sa.Date())
    last_seen: Mapped[date | None] = mapped_column(sa.Date())


class Platform(Copy, db.Model):
    """A platform, its holders and hub."""

    __tablename__ = "platform"

    kind: Mapped[str] = mapped_column(sa.String(40))
    topic: Mapped[str] = mapped_column(sa.Text())
    holder_ids: Mapped[list[Any]] = mapped_column(Json)
    hub_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    member_ids: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: Days on which the status is active, both included: ``[["2019-01-01", "2021-12-31" | null], …]``.
    periods: Mapped[list[Any]] = mapped_column(Json, default=list)
    counts_in_i02: Mapped[bool] = mapped_column(sa.Boolean(), default=False)
    state: Mapped[str] = mapped_column(sa.String(40))


class Act(Copy, db.Model):
    """A normative act, to be cited (seed 1.2, 4.5)."""

    __tablename__ = "act"

    kind: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[str | None] = mapped_column(sa.String(64))
    dated: Mapped[date] = mapped_column(sa.Date())
    title: Mapped[str] = mapped_column(sa.Text())
    issuer_name: Mapped[str | None] = mapped_column(sa.String(500))
    level: Mapped[str] = mapped_column(sa.String(40))
    in_force_from: Mapped[date | None] = mapped_column(sa.Date())
    in_force_to: Mapped[date | None] = mapped_column(sa.Date())
    #: Acts that it changes.
    amends: Mapped[list[Any]] = mapped_column(Json)


class Agreement(Copy, db.Model):
    """An agreement of the operator with a ТМС and the days on which it is in force (seed 4.1, 4.3)."""

    __tablename__ = "agreement"

    operator_id: Mapped[UUID] = mapped_column(sa.Uuid())
    tms_id: Mapped[UUID] = mapped_column(sa.Uuid())
    municipality_oktmo: Mapped[str] = mapped_column(sa.String(8))
    valid_to: Mapped[date] = mapped_column(sa.Date())
    in_force_from: Mapped[date | None] = mapped_column(sa.Date())
    ended_on: Mapped[date | None] = mapped_column(sa.Date())


class Roadmap(Copy, db.Model):
    """A roadmap with the items of its newest approved version (seed 4.5, 4.6)."""

    __tablename__ = "roadmap"

    title: Mapped[str] = mapped_column(sa.Text())
    approved_on: Mapped[date | None] = mapped_column(sa.Date())
    items: Mapped[list[dict[str, Any]]] = mapped_column(Json)


class Transformation(Copy, db.Model):
    """The stage that the network of a municipality has reached (seed 4.6)."""

    __tablename__ = "transformation"

    municipality_oktmo: Mapped[str] = mapped_column(sa.String(8))
    stage: Mapped[str] = mapped_column(sa.String(40))
    since: Mapped[date] = mapped_column(sa.Date())


class Event(Copy, db.Model):
    """An event of the network (seed 4.4)."""

    __tablename__ = "event"

    kind: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.Text())
    state: Mapped[str] = mapped_column(sa.String(40))
    date_precision: Mapped[str] = mapped_column(sa.String(40))
    starts_on: Mapped[date] = mapped_column(sa.Date())
