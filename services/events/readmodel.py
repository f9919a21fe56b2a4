"""Copies of the registry's facts; written by handlers only."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.events.db import db
from shared.dated_names import name_on, short_name_on
from shared.db import Copy, Json
from shared.identity_tables import KnownAccountMixin, KnownKeyMixin


class Municipality(Copy, db.Model):
    """A municipality by its code."""

    __tablename__ = "municipality"

    oktmo: Mapped[str] = mapped_column(sa.String(11), index=True)
    short_name: Mapped[str] = mapped_column(sa.String(200))
    names: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)

    def called_on(self, on: date) -> str:
        """The short name valid on a day (BR-11)."""
        return name_on(self.names, on, self.short_name)


class Organisation(Copy, db.Model):
    """An organisation of the network."""

    __tablename__ = "organisation"

    full_name: Mapped[str] = mapped_column(sa.Text())
    short_name: Mapped[str] = mapped_column(sa.Text())
    roles: Mapped[list[str]] = mapped_column(Json, default=list)
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.String(11), index=True)
    state: Mapped[str] = mapped_column(sa.String(40))
    names: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)

    def full_name_on(self, on: date) -> str:
        """The full name valid on a day (BR-06)."""
        return name_on(self.names, on, self.full_name)

    def called_on(self, on: date) -> str:
        """What to call it in a list that speaks of a day (BR-06)."""
        return short_name_on(self.names, on, full_name=self.full_name, short_name=self.short_name)


class NetworkPerson(Copy, db.Model):
    """A person known to the registry."""

    __tablename__ = "network_person"

    last_name: Mapped[str] = mapped_column(sa.String(80))
    first_name: Mapped[str] = mapped_column(sa.String(80))
    middle_name: Mapped[str | None] = mapped_column(sa.String(80))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.Uuid())


class KnownAccount(KnownAccountMixin, db.Model):
    """Accounts that the registry vouches for."""

    __tablename__ = "known_account"


class KnownKey(KnownKeyMixin, db.Model):
    """Keys that the registry signs identities with."""

    __tablename__ = "known_key"
