"""Logs refuse every change in the database itself, on SQLite and on PostgreSQL (BR-71, F6)."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from shared import clock, ids, migrate
from shared.service import service_of
from tests.migrations.test_migrations import app_on, url

__all__ = ["url"]

CHANGES = [
    "UPDATE reading SET purpose = 'INSPECTION'",
    "DELETE FROM reading_person",
    "DELETE FROM reading",
    "UPDATE reading_person SET person_id = person_id",
]


def test_the_log_of_readings_is_append_only(url: str) -> None:
    with app_on("registry", url) as app, app.app_context():
        migrate.upgrade(app)
        db = service_of(app).db
        tables = db.metadata.tables
        person, reading = ids.new_id(), ids.new_id()
        now = clock.now()
        with db.engine.begin() as connection:
            connection.execute(
                tables["person"].insert().values(
                    id=person, version=1, created_at=now, updated_at=now, last_name="Иванова", first_name="Анна",
                    is_synthetic=True, search_key="иванова анна",
                )
            )  # fmt: skip
            connection.execute(
                tables["reading"].insert().values(id=reading, at=now, screen="PERSON", purpose="REGISTER")
            )
            connection.execute(tables["reading_person"].insert().values(reading_id=reading, person_id=person))
        changes = [*CHANGES, "TRUNCATE reading CASCADE"] if url.startswith("postgresql") else CHANGES
        for change in changes:
            with pytest.raises(DBAPIError, match="append only"), db.engine.begin() as connection:
                connection.execute(sa.text(change))
        with db.engine.connect() as connection:
            counts = [
                connection.scalar(sa.select(sa.func.count()).select_from(tables[name]))
                for name in ("reading", "reading_person")
            ]
        assert counts == [1, 1]


def test_the_log_of_an_edition_is_append_only(url: str) -> None:
    """F6: what an edition's log holds is never changed, whoever asks the database."""
    with app_on("expertise", url) as app, app.app_context():
        migrate.upgrade(app)
        db = service_of(app).db
        tables = db.metadata.tables
        series, edition, now = ids.new_id(), ids.new_id(), clock.now()
        stamp = {"version": 1, "created_at": now, "updated_at": now}
        with db.engine.begin() as connection:
            connection.execute(
                tables["contest_series"].insert().values(
                    id=series, name="Конкурс", code="K", organiser_id=ids.new_id(), level="MUNICIPAL",
                    ordinal_style="ROMAN", **stamp,
                )
            )  # fmt: skip
            connection.execute(
                tables["contest_edition"].insert().values(
                    id=edition, series_id=series, year=2020, title="Выпуск", opens_on=now.date(),
                    closes_on=now.date(), state="DRAFT", policy={}, **stamp,
                )
            )  # fmt: skip
            connection.execute(
                tables["ledger_line"].insert().values(
                    edition_id=edition, seq=0, kind="EDITION_STAGE", subject_id=edition, at=now, line=b"{}",
                    leaf="0" * 64,
                )
            )  # fmt: skip
            connection.execute(
                tables["tree_head"].insert().values(
                    id=ids.new_id(), edition_id=edition, number=1, size=1, root="0" * 64, at=now, kid="0" * 32,
                    text="{}", signature="",
                )
            )  # fmt: skip
            connection.execute(
                tables["edition_rules"].insert().values(
                    id=ids.new_id(), edition_id=edition, number=1, content={}, sha256="0" * 64, changed=[], at=now,
                )
            )  # fmt: skip
        changes = []
        guarded = {"ledger_line": "line", "tree_head": "root", "edition_rules": "sha256"}
        for table, column in guarded.items():
            changes += [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
            if url.startswith("postgresql"):
                changes.append(f"TRUNCATE {table}")
        for change in changes:
            with pytest.raises(DBAPIError, match="append only"), db.engine.begin() as connection:
                connection.execute(sa.text(change))
        with db.engine.connect() as connection:
            for name in guarded:
                assert connection.scalar(sa.select(sa.func.count()).select_from(tables[name])) == 1


def test_witnessed_heads_are_append_only(url: str) -> None:
    """F6: what registry kept of a contest's log is never changed."""
    with app_on("registry", url) as app, app.app_context():
        migrate.upgrade(app)
        db, now = service_of(app).db, clock.now()
        with db.engine.begin() as connection:
            connection.execute(
                db.metadata.tables["witnessed_head"].insert().values(
                    id=ids.new_id(), edition_id=ids.new_id(), number=1, size=1, root="0" * 64, signed_at=now,
                    received_at=now, kid="0" * 32, public_key="", text="{}", signature="",
                )
            )  # fmt: skip
        for change in ("UPDATE witnessed_head SET trouble = NULL", "DELETE FROM witnessed_head"):
            with pytest.raises(DBAPIError, match="append only"), db.engine.begin() as connection:
                connection.execute(sa.text(change))
