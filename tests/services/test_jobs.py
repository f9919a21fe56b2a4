"""Jobs: taken once, begun again when killed, tried again when they stumble, given up at last."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Blueprint, Flask
from sqlalchemy.exc import OperationalError

from shared import clock, jobs
from shared.app import make_app
from shared.audit import AuditMixin
from shared.db import make_db
from shared.identity_tables import KnownAccountMixin, KnownKeyMixin
from shared.jobs import BACK_OFF, LEASE, JobMixin, JobState, Kind, Running, enqueue, run_due
from shared.messaging.contract import Contract
from shared.messaging.local import Postman
from shared.messaging.store import InboxMixin, OutboxMixin
from shared.person import Person
from shared.service import Tables
from shared.settings import Settings
from shared.testing.suite import let_go
from shared.unit import Unit, work

WHO = Person.system("alpha")


class Toy:
    """A service with two kinds of jobs: one that does as it is told, one that always fails."""

    def __init__(self, folder: Path) -> None:
        self.db = db = make_db()
        self.seen: list[Any] = []
        self.trouble: list[Exception] = []
        self.gave_up: list[Any] = []

        class Outbox(OutboxMixin, db.Model):
            __tablename__ = "outbox"

        class Inbox(InboxMixin, db.Model):
            __tablename__ = "inbox"

        class Audit(AuditMixin, db.Model):
            __tablename__ = "audit"

        class KnownAccount(KnownAccountMixin, db.Model):
            __tablename__ = "known_account"

        class KnownKey(KnownKeyMixin, db.Model):
            __tablename__ = "known_key"

        class Job(JobMixin, db.Model):
            __tablename__ = "job"

        self.Job = Job
        self.app: Flask = make_app(
            "alpha",
            __name__,
            title="alpha",
            settings=Settings(
                service="alpha",
                database_url=f"sqlite:///{folder / 'alpha'}.db",
                secret_key="x" * 40,
                cookie_secure=False,
                testing=True,
                log_level="ERROR",
            ),
            db=db,
            contract=Contract("alpha"),
            tables=Tables(Outbox, Inbox, Audit, KnownAccount, KnownKey, Job),
            pages=Blueprint("pages", __name__),
            apis=[],
            jobs={"do": Kind(self.do, self.give_up)},
        )
        with self.app.app_context():
            db.create_all()

    def do(self, job: Running) -> None:
        self.seen.append(job.payload["n"])
        if self.trouble:
            raise self.trouble.pop()
        job.progress(1, 2)

    def give_up(self, _u: Unit, payload: Any) -> None:
        self.gave_up.append(payload["n"])

    def add(self, n: int, **more: Any) -> None:
        with work(WHO) as u:
            enqueue(u, "do", {"n": n}, **more)

    def rows(self) -> list[Any]:
        self.db.session.rollback()
        return list(self.db.session.scalars(sa.select(self.Job).order_by(self.Job.created_at, self.Job.id)))


@pytest.fixture
def toy(tmp_path: Path) -> Iterator[Toy]:
    made = Toy(tmp_path)
    with made.app.app_context():
        yield made
    let_go(made.app)


@contextmanager
def later(**ago: float) -> Iterator[None]:
    with clock.at(clock.now() + timedelta(**ago)):
        yield


def test_a_job_is_done_once_and_its_progress_is_kept(toy: Toy) -> None:
    toy.add(1)
    toy.add(2)
    assert run_due() == 2
    assert run_due() == 0
    assert toy.seen == [1, 2]
    assert [(row.state, row.done, row.total) for row in toy.rows()] == [(JobState.DONE, 1, 2)] * 2


def test_a_job_waits_for_its_time(toy: Toy) -> None:
    toy.add(1, due_at=clock.now() + timedelta(hours=1))
    assert run_due() == 0
    with later(hours=2):
        assert run_due() == 1


def test_a_job_of_an_undone_unit_is_not_there(toy: Toy) -> None:
    """The job is enqueued in the transaction that asks for it."""
    with pytest.raises(RuntimeError), work(WHO) as u:
        enqueue(u, "do", {"n": 1})
        raise RuntimeError
    assert run_due() == 0


def test_an_unknown_kind_is_refused_where_it_is_asked_for(toy: Toy) -> None:
    with pytest.raises(LookupError), work(WHO) as u:
        enqueue(u, "dance", {})


def test_a_job_whose_worker_was_killed_is_taken_again(toy: Toy) -> None:
    """A database that goes away in the middle looks to the job as its own death does."""
    toy.add(1)
    toy.trouble = [OperationalError("gone", None, Exception())]
    with pytest.raises(OperationalError):
        run_due()
    assert run_due() == 0, "its lease has not run out"
    with later(seconds=LEASE.total_seconds() + 1):
        assert run_due() == 1
    assert toy.seen == [1, 1]
    (row,) = toy.rows()
    assert (row.state, row.attempts) == (JobState.DONE, 2)


def test_a_stumbling_job_is_tried_again_later_and_given_up_at_last(toy: Toy) -> None:
    toy.add(1)
    toy.trouble = [ValueError("no")] * (len(BACK_OFF) + 1)
    moment = clock.now()
    for pause in (0, *BACK_OFF):
        moment += timedelta(seconds=pause + 1)
        with clock.at(moment):
            assert run_due() == 1
    (row,) = toy.rows()
    assert (row.state, row.error) == (JobState.FAILED, "ValueError: no")
    assert toy.gave_up == [1]
    with clock.at(moment + timedelta(days=1)):
        assert run_due() == 0


def test_a_job_that_kills_its_worker_again_and_again_is_given_up(toy: Toy) -> None:
    toy.add(1)
    moment = clock.now()
    for _ in range(len(BACK_OFF) + 1):
        toy.trouble = [OperationalError("gone", None, Exception())]
        with clock.at(moment), pytest.raises(OperationalError):
            run_due()
        moment += LEASE + timedelta(seconds=1)
    with clock.at(moment):
        assert run_due() == 1
    (row,) = toy.rows()
    assert row.state is JobState.FAILED
    assert toy.gave_up == [1]
    assert len(toy.seen) == len(BACK_OFF) + 1


def test_the_postman_of_local_mode_does_jobs(toy: Toy) -> None:
    toy.add(1)
    Postman([toy.app]).settle()
    assert toy.seen == [1]


def test_a_service_without_jobs_has_nothing_to_do(app_of: Any) -> None:
    with app_of("events").app_context():
        assert jobs.run_due() == 0
