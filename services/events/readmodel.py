"""Copies of the registry's facts; written by handlers only."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.events.db import db
from shared.db import Copy, Json
from shared.identity_tables import KnownAccountMixin, KnownKeyMixin


class Municipality(Copy, db.Model):
    """A municipality by its code."""

    __tablename__ = "municipality"

    oktmo: Mapped[str] = mapped_column(sa.String(11), index=True)
    short_name: Mapped[str] = mapped_column(sa.String(200))


class Organisation(Copy, db.Model):
    """An organisation of the network."""

    __tablename__ = "organisation"

    full_name: Mapped[str] = mapped_column(sa.Text())
    short_name: Mapped[str] = mapped_column(sa.Text())
    roles: Mapped[list[str]] = mapped_column(Json, default=list)
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.String(11), index=True)
    state: Mapped[str] = mapped_column(sa.String(40))


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
