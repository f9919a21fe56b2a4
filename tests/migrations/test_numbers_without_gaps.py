"""Registration numbers without gaps under concurrency, on SQLite and on PostgreSQL (BR-38).

Many secretaries register at once, each in a transaction of its own; some of them fail after they took a number.
"""

import contextvars
import threading
from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from services.expertise import actions
from shared import clock, ids, migrate
from shared.person import Person, Role
from shared.service import service_of
from shared.testing.suite import person
from shared.unit import work
from tests.migrations.test_migrations import app_on, url

__all__ = ["url"]

ENTRIES, WORKERS = 40, 6


class Failed(Exception):
    """The transaction ends badly after the number was taken."""


def edition_with_entries(app: Flask) -> list[UUID]:
    """An edition with submitted entries, written as the tables have them."""
    db = service_of(app).db
    tables, now = db.metadata.tables, clock.now()
    stamp = {"version": 1, "created_at": now, "updated_at": now}
    series, edition, rubric, nomination = (ids.new_id() for _ in range(4))
    entries = [ids.new_id() for _ in range(ENTRIES)]
    with db.engine.begin() as connection:
        connection.execute(
            tables["contest_series"].insert().values(
                id=series, name="Конкурс", code="CITY", organiser_id=ids.new_id(), level="MUNICIPAL",
                ordinal_style="ROMAN", **stamp,
            )
        )  # fmt: skip
        connection.execute(
            tables["contest_edition"].insert().values(
                id=edition, series_id=series, ordinal=19, year=2020, title="Выпуск", opens_on=date(2020, 9, 7),
                closes_on=date(2020, 10, 30), state="ACCEPTING", policy={}, **stamp,
            )
        )  # fmt: skip
        connection.execute(
            tables["rubric"].insert().values(
                id=rubric, code="R", number=1, title="Рубрика", criteria=[], scale={}, **stamp
            )
        )
        connection.execute(
            tables["nomination"].insert().values(
                id=nomination, edition_id=edition, code="N1", title="Номинация", entry_kind="PROJECT",
                rubric_id=rubric, last_number=0,
            )
        )  # fmt: skip
        for number, key in enumerate(entries):
            connection.execute(
                tables["entry"].insert().values(
                    id=key, edition_id=edition, nomination_id=nomination, kind="PROJECT",
                    applicant_id=ids.new_id(), topic=f"Тема {number}", summary="", answers={}, state="SUBMITTED",
                    submitted_at=now + timedelta(seconds=number), **stamp,
                )
            )  # fmt: skip
    return entries


def register(who: Person, entry_id: UUID, *, fails: bool) -> None:
    """Register an entry; where it fails, the number goes back with the transaction."""
    with work(who) as u:
        actions.register_entry(who, entry_id=entry_id)
        if fails:
            u.session.flush()
            raise Failed


def test_parallel_registrations_leave_no_gap(url: str) -> None:
    who = person(Role.SECRETARY)
    with app_on("expertise", url) as app:
        migrate.upgrade(app)
        with app.app_context():
            entries = edition_with_entries(app)
        queue, lock, troubles = list(enumerate(entries)), threading.Lock(), []

        def work_off() -> None:
            with app.app_context():
                while True:
                    with lock:
                        if not queue:
                            return
                        number, entry_id = queue.pop()
                    try:
                        if number % 5 == 0:
                            with pytest.raises(Failed):
                                register(who, entry_id, fails=True)
                        register(who, entry_id, fails=False)
                    except BaseException as trouble:
                        troubles.append(trouble)

        threads = [
            threading.Thread(target=contextvars.copy_context().run, args=(work_off,)) for _ in range(WORKERS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not troubles
        with app.app_context(), service_of(app).db.engine.connect() as connection:
            numbers = sorted(connection.scalars(sa.text("SELECT reg_no FROM entry")))
            counted = connection.scalar(sa.text("SELECT last_number FROM nomination"))
            seqs = sorted(connection.scalars(sa.text("SELECT seq FROM ledger_line")))
        assert numbers == [f"CITY-XIX-N1-{number:03d}" for number in range(1, ENTRIES + 1)]
        assert counted == ENTRIES
        assert seqs == list(range(len(seqs)))

