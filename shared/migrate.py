"""Migrations of one service: versions live in ``services/<name>/migrations/versions``.

Alembic's context is one per process, so services of one process migrate one after another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command, op
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection

from shared.service import service_of


def upgrade(app: Flask, revision: str = "head") -> None:
    """Bring the service's database to ``revision``."""
    with _structure(app) as connection:
        command.upgrade(config_of(app, connection), revision)


def downgrade(app: Flask, revision: str) -> None:
    """Take the service's database back to ``revision`` ("base" = empty)."""
    with _structure(app) as connection:
        command.downgrade(config_of(app, connection), revision)


@contextmanager
def _structure(app: Flask) -> Iterator[Connection]:
    """A transaction that may change tables.

    SQLite changes a column by making its table anew, and must not follow references meanwhile; they are
    checked before the end instead.
    """
    with app.app_context(), service_of(app).db.engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        raw = connection.connection.driver_connection
        if lite and raw is not None:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if lite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                    raise RuntimeError(f"a reference leads nowhere: {broken}")
        finally:
            if lite and raw is not None:
                raw.execute("PRAGMA foreign_keys=ON")


def make(app: Flask, message: str) -> None:
    """Write a new version from the difference between the database and the models."""
    with app.app_context(), service_of(app).db.engine.connect() as connection:
        command.revision(config_of(app, connection), message=message, autogenerate=True)


def at_head(app: Flask) -> bool:
    """Whether the database is migrated as far as the code wants it."""
    with app.app_context(), service_of(app).db.engine.connect() as connection:
        there = MigrationContext.configure(connection).get_current_heads()
        return set(there) == set(ScriptDirectory.from_config(config_of(app, connection)).get_heads())


def config_of(app: Flask, connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("version_locations", str(Path(app.root_path) / "migrations" / "versions"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = service_of(app).db.metadata
    return config


def is_ours(name: str | None, kind: str, _parents: object = None) -> bool:
    """Whether a table has a model to be compared with.

    A full-text table of SQLite and its shadow tables (``…_fts``, ``…_fts_data``) are made by hand in
    a migration: no metadata can describe them.
    """
    return not (kind == "table" and name is not None and "_fts" in name)


def append_only(table: str) -> None:
    """The database itself refuses to change or delete rows of a table, on SQLite and PostgreSQL (F6, BR-71)."""
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'append only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append only: %', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    )


def drop_append_only(table: str) -> None:
    """Take the guards of a table away, before the table itself goes."""
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{event}")
        return
    op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute(f"DROP FUNCTION {table}_append_only()")
