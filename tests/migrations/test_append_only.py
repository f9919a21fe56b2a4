"""The log of readings refuses every change in the database itself, on SQLite and on PostgreSQL (BR-71)."""

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
