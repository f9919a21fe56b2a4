"""Copies of registry: territories, organisations, acts, agreements, platforms."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.reports.db import db
from shared.dated_names import name_on, short_name_on
from shared.db import Copy, Json

_OKTMO = sa.String(11)


class Municipality(Copy, db.Model):
    """A municipality by its code."""

    __tablename__ = "municipality"

    oktmo: Mapped[str] = mapped_column(_OKTMO, index=True)
    short_name: Mapped[str] = mapped_column(sa.String(200))
    in_krai: Mapped[bool] = mapped_column(sa.Boolean())
    names: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)

    def called_on(self, on: date) -> str:
        """The short name valid on a day (BR-11)."""
        return name_on(self.names, on, self.short_name)


class OrgCount(Copy, db.Model):
    """How many educational organisations a municipality had in a year."""

    __tablename__ = "org_count"

    municipality_oktmo: Mapped[str] = mapped_column(_OKTMO, index=True)
    year: Mapped[int] = mapped_column(sa.Integer())
    as_of: Mapped[date] = mapped_column(sa.Date())
    total: Mapped[int] = mapped_column(sa.Integer())
    source: Mapped[str] = mapped_column(sa.Text())


class Organisation(Copy, db.Model):
    """An organisation of the network."""

    __tablename__ = "organisation"

    full_name: Mapped[str] = mapped_column(sa.Text())
    short_name: Mapped[str] = mapped_column(sa.Text())
    roles: Mapped[list[str]] = mapped_column(Json)
    municipality_oktmo: Mapped[str | None] = mapped_column(_OKTMO, index=True)
    state: Mapped[str] = mapped_column(sa.String(40))
    names: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)

    def full_name_on(self, on: date) -> str:
        """The full name valid on a day (BR-06)."""
        return name_on(self.names, on, self.full_name)

    def called_on(self, on: date) -> str:
        """What to call it in a list that speaks of a day (BR-06)."""
        return short_name_on(self.names, on, full_name=self.full_name, short_name=self.short_name)


class Act(Copy, db.Model):
    """A normative act."""

    __tablename__ = "act"

    kind: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[str | None] = mapped_column(sa.String(64))
    dated: Mapped[date] = mapped_column(sa.Date())
    title: Mapped[str] = mapped_column(sa.Text())


class Agreement(Copy, db.Model):
    """An agreement of the operator with a ТМС."""

    __tablename__ = "agreement"

    number: Mapped[str] = mapped_column(sa.String(64))
    dated: Mapped[date] = mapped_column(sa.Date())
    operator_id: Mapped[UUID] = mapped_column(sa.Uuid())
    tms_id: Mapped[UUID] = mapped_column(sa.Uuid())
    municipality_oktmo: Mapped[str] = mapped_column(_OKTMO, index=True)
    valid_from: Mapped[date] = mapped_column(sa.Date())
    valid_to: Mapped[date] = mapped_column(sa.Date())
    in_force_from: Mapped[date | None] = mapped_column(sa.Date())
    ended_on: Mapped[date | None] = mapped_column(sa.Date())


class TransformationStage(Copy, db.Model):
    """A stage that a municipality's network entered; every stage is kept, so that a past date can be asked.

    Registry tells only the present stage of a transformation; the rows of this table are its history. The
    key is derived from the transformation, the stage and the day (BR-64).
    """

    __tablename__ = "transformation_stage"

    transformation_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    municipality_oktmo: Mapped[str] = mapped_column(_OKTMO, index=True)
    tms_id: Mapped[UUID] = mapped_column(sa.Uuid())
    stage: Mapped[str] = mapped_column(sa.String(40))
    since: Mapped[date] = mapped_column(sa.Date())


class Platform(Copy, db.Model):
    """An innovation platform; `periods` are the days of its status: valid_from, valid_to, act_id."""

    __tablename__ = "platform"

    kind: Mapped[str] = mapped_column(sa.String(40), index=True)
    topic: Mapped[str] = mapped_column(sa.Text())
    holder_ids: Mapped[list[str]] = mapped_column(Json)
    hub_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    member_ids: Mapped[list[str]] = mapped_column(Json)
    municipality_oktmo: Mapped[str | None] = mapped_column(_OKTMO, index=True)
    counts_in_i02: Mapped[bool] = mapped_column(sa.Boolean())
    periods: Mapped[list[dict[str, Any]]] = mapped_column(Json)
