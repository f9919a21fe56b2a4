"""Work outside the request: a table of jobs, taken by the worker (by the postman in local mode).

A job may be killed at any moment: its lease runs out and it is taken again. Whoever writes a kind of
job makes it repeatable: what it does is one transaction, and doing it twice is doing it once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from shared import clock, ids
from shared.db import Json, UtcDateTime, enum_column
from shared.messaging import store
from shared.person import Person
from shared.service import Service, current
from shared.unit import Unit, transaction, work

log = structlog.get_logger()

#: How long a silent job counts as being worked on; every sign of progress prolongs it.
LEASE = timedelta(minutes=2)
#: Waiting times between attempts (seconds); after the last one the job has failed.
BACK_OFF = (5, 60, 600)


class JobState(StrEnum):
    """The life of a job: WAITING → RUNNING → DONE, or back to WAITING, or FAILED."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class JobMixin:
    """Something to be done outside the request; ``payload`` says what with, ``done`` of ``total`` how far."""

    id: Mapped[UUID] = mapped_column(sa.Uuid(), primary_key=True, default=ids.new_id)
    kind: Mapped[str] = mapped_column(sa.String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[JobState] = mapped_column(enum_column(JobState), default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(sa.Integer(), default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    done: Mapped[int] = mapped_column(sa.Integer(), default=0)
    total: Mapped[int] = mapped_column(sa.Integer(), default=0)
    error: Mapped[str | None] = mapped_column(sa.Text())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        unfinished = sa.text("state IN ('WAITING', 'RUNNING')")
        return (
            sa.Index("ix_job_unfinished", "due_at", postgresql_where=unfinished, sqlite_where=unfinished),
            sa.CheckConstraint("(lease_until IS NOT NULL) = (state = 'RUNNING')", name="lease"),
        )


@dataclass(frozen=True)
class Running:
    """A job in hand."""

    id: UUID
    payload: Mapping[str, Any]

    def progress(self, done: int, total: int) -> None:
        """Say how far the job is, which prolongs its lease; not inside a unit of work."""
        _set(self.id, done=done, total=total, lease_until=clock.now() + LEASE)


@dataclass(frozen=True)
class Kind:
    """How jobs of one kind are done, and what becomes true when one has failed for good."""

    run: Callable[[Running], None]
    gave_up: Callable[[Unit, Mapping[str, Any]], None] = lambda _unit, _payload: None


def enqueue(u: Unit, kind: str, payload: Mapping[str, Any], *, due_at: datetime | None = None) -> UUID:
    """Put a job into the table, in this transaction; ``payload`` must be JSON."""
    service = current()
    if kind not in service.jobs:
        raise LookupError(f"{service.name} has no jobs of the kind {kind}")
    job = service.tables.job(id=ids.new_id(), kind=kind, payload=dict(payload), due_at=due_at or clock.now())
    u.session.add(job)
    store.notify(u.session, "job")
    return UUID(str(job.id))


def run_due() -> int:
    """Do every job that is due now, oldest first; returns how many were taken."""
    if current().tables.job is None:
        return 0
    taken = 0
    while run_one():
        taken += 1
    return taken


def run_one() -> bool:
    """Take the next due job and do it; False when there is none."""
    job = _take()
    if job is None:
        return False
    service = current()
    kind: Kind | None = service.jobs.get(job.kind)
    if kind is None or job.attempts > len(BACK_OFF) + 1:
        _fail(job, kind, job.error or f"{job.kind}: was begun and never finished")
        return True
    try:
        kind.run(Running(job.id, job.payload))
    except OperationalError:
        raise  # the database is away; the lease runs out and the job is taken again
    except Exception as error:
        service.db.session().rollback()
        log.warning("job stumbled", kind=job.kind, error=repr(error)[:300])
        text = f"{type(error).__name__}: {error}"[:2000]
        if job.attempts > len(BACK_OFF):
            _fail(job, kind, text)
        else:
            later = clock.now() + timedelta(seconds=BACK_OFF[job.attempts - 1])
            _set(job.id, state=JobState.WAITING, lease_until=None, due_at=later, error=text)
    else:
        _set(job.id, state=JobState.DONE, lease_until=None, error=None)
    return True


def _take() -> Any:
    """The next due job, leased to us; a plain look comes first, because looking is all that mostly happens."""
    service = current()
    table = service.tables.job.__table__
    looking = service.db.session()
    looking.rollback()
    if looking.execute(_due(table), {"now": clock.now()}).first() is None:
        return None
    with transaction() as session:
        return _lease(session, service)


def _lease(session: Session, service: Service) -> Any:
    table = service.tables.job.__table__
    now = clock.now()
    row = session.execute(_due(table).with_for_update(skip_locked=True), {"now": now}).first()
    if row is None:
        return None
    values = {"state": JobState.RUNNING, "attempts": row.attempts + 1, "lease_until": now + LEASE}
    return session.execute(
        sa.update(table).where(table.c.id == row.id).values(**values).returning(table)
    ).one()


@cache
def _due(table: sa.Table) -> sa.Select[Any]:
    """The next job whose time has come, or whose worker has been silent for too long."""
    now = sa.bindparam("now", type_=UtcDateTime())
    waiting = sa.and_(table.c.state == JobState.WAITING, table.c.due_at <= now)
    abandoned = sa.and_(table.c.state == JobState.RUNNING, table.c.lease_until <= now)
    return sa.select(table).where(sa.or_(waiting, abandoned)).order_by(table.c.due_at, table.c.id).limit(1)


def _set(job_id: UUID, **values: Any) -> None:
    """Write about a job that is still in hand, in a transaction of its own."""
    table = current().tables.job.__table__
    with transaction() as session:
        session.execute(
            sa.update(table).where(table.c.id == job_id, table.c.state == JobState.RUNNING).values(**values)
        )


def _fail(job: Any, kind: Kind | None, error: str) -> None:
    """The job has failed for good; what it was for learns of it in the same transaction."""
    service = current()
    table = service.tables.job.__table__
    with work(Person.system(service.name)) as u:
        u.session.execute(
            sa.update(table)
            .where(table.c.id == job.id)
            .values(state=JobState.FAILED, lease_until=None, error=error)
        )
        if kind is not None:
            kind.gave_up(u, job.payload)
    log.error("job failed", kind=job.kind, error=error[:300])
