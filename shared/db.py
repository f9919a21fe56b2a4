"""Databases: one ``db`` object per service, columns that refuse ambiguity, SQLite made honest.

The only module that imports Flask-SQLAlchemy. Every call of :func:`make_db` gives a fresh
``DeclarativeBase``, because two services in one process must not share their tables.
"""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.orm import registry as orm_registry

from shared import clock, ids

E = TypeVar("E", bound=StrEnum)

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

#: JSON that keeps Cyrillic readable and is binary on PostgreSQL.
Json = sa.JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment in UTC; a naive datetime is refused rather than guessed."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value if value.tzinfo is UTC else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class DecimalText(sa.TypeDecorator[Decimal]):
    """An exact decimal: NUMERIC on PostgreSQL, text on SQLite, which has only floats (BR-47)."""

    impl = sa.Numeric(12, 4)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.String(32) if dialect.name == "sqlite" else sa.Numeric(12, 4))

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> Any:
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def enum_column(kind: type[E], *, name: str | None = None) -> sa.Enum:
    """A column type for a StrEnum: stored as its value and repeated as a CHECK constraint.

    A second column of the same kind in one table needs a ``name`` of its own for its constraint.
    """
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        name=name or _snake(kind.__name__),
    )


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")


class Row:
    """A table whose key is ours."""

    id: Mapped[UUID] = mapped_column(sa.Uuid(), primary_key=True, default=ids.new_id)


class Aggregate:
    """A table whose rows are told to the others and guarded by an optimistic lock.

    ``told()`` on the concrete class gives the state message of the row.
    """

    id: Mapped[UUID] = mapped_column(sa.Uuid(), primary_key=True, default=ids.new_id)
    version: Mapped[int] = mapped_column(sa.Integer())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    created_by: Mapped[UUID | None] = mapped_column(sa.Uuid())

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Copy:
    """A copy of another service's row, with the version it was copied at (written by handlers only)."""

    id: Mapped[UUID] = mapped_column(sa.Uuid(), primary_key=True)
    source_version: Mapped[int] = mapped_column(sa.BigInteger())


def make_db() -> SQLAlchemy:
    """The database object of one service."""

    class Base(DeclarativeBase):
        registry = orm_registry(
            metadata=sa.MetaData(naming_convention=CONVENTION),
            type_annotation_map={datetime: UtcDateTime(), Decimal: DecimalText(), UUID: sa.Uuid()},
        )

    return SQLAlchemy(model_class=Base)


def engine_options(url: str) -> dict[str, Any]:
    """Engine options by kind of database."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 30, "check_same_thread": False}}
    return {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 10}


def tune_sqlite(engine: sa.Engine) -> None:
    """WAL, foreign keys, and ``BEGIN IMMEDIATE`` for writers, whom a deferred one loses to "locked"."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
