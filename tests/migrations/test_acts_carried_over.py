"""Revision 0008 of the registry tells from when to when the acts that were there are in force (BR-04, F7)."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from uuid6 import uuid7

from shared import migrate
from shared.service import service_of
from tests.migrations.test_migrations import app_on

OLD, NEW = uuid7(), uuid7()
BEFORE = "0007"


def _act(key: UUID, number: str, day: str, ends: str | None) -> dict[str, object]:
    return {
        "id": key.hex,
        "number": number,
        "date": day,
        "in_force_to": ends,
        "created": "2019-01-01 09:00:00.000000",
    }


def test_the_force_of_acts_becomes_facts(tmp_path: Path) -> None:
    with app_on("registry", f"sqlite:///{tmp_path / 'old'}.db") as app:
        migrate.upgrade(app, BEFORE)
        with app.app_context(), service_of(app).db.engine.begin() as connection:
            for row in (
                _act(OLD, "611", "2013-07-23", "2019-03-22"),
                _act(NEW, "21н", "2019-03-22", None),
            ):
                connection.execute(
                    sa.text(
                        "INSERT INTO act (id, kind, number, number_key, date, title, level, issuer_key,"
                        " in_force_from, in_force_to, search_key, version, created_at, updated_at)"
                        " VALUES (:id, 'ORDER', :number, :number, :date, 'T', 'FEDERAL', '', :date,"
                        " :in_force_to, 't', 1, :created, :created)"
                    ),
                    row,
                )
            connection.execute(
                sa.text(
                    "INSERT INTO act_relation (id, source_id, type, target_id)"
                    " VALUES (:id, :source, 'REPLACES', :target)"
                ),
                {"id": uuid7().hex, "source": NEW.hex, "target": OLD.hex},
            )
        migrate.upgrade(app)
        with app.app_context(), service_of(app).db.engine.begin() as connection:
            rows = connection.execute(
                sa.text(
                    "SELECT subject_id, act_id, valid_from, valid_to, substr(recorded_to, 1, 4) < '9999' FROM fact"
                    " WHERE kind = 'ACT_FORCE' ORDER BY valid_from, recorded_from"
                )
            ).all()
            old, new, forever = OLD.hex, NEW.hex, date.max.isoformat()
            assert [tuple(row) for row in rows] == [
                (old, old, "2013-07-23", forever, 1),
                (old, new, "2013-07-23", "2019-03-22", 0),
                (new, new, "2019-03-22", forever, 0),
            ]
            relation = {"id": uuid7().hex, "source": NEW.hex, "target": OLD.hex}
            for wrong in (
                "(id, source_id, type, target_clause, source_clause, recorded_at)"
                " VALUES (:id, :source, 'AMENDS', '', '', '2020-01-01 00:00:00')",
                "(id, source_id, type, target_id, target_clause, source_clause, recorded_at)"
                " VALUES (:id, :source, 'REPLACES', :target, '', '', '2020-01-01 00:00:00')",
                "(id, source_id, type, object_kind, object_id, target_clause, source_clause, recorded_at)"
                " VALUES (:id, :source, 'AWARDS', 'MOON', :target, '', '', '2020-01-01 00:00:00')",
            ):
                with pytest.raises(sa.exc.IntegrityError), connection.begin_nested():
                    connection.execute(sa.text(f"INSERT INTO act_relation {wrong}"), relation)
        migrate.downgrade(app, BEFORE)
        migrate.upgrade(app)
