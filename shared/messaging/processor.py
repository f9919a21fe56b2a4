"""Inbox row → handler, in a unit of work: retry with back-off, order per subject, parking.

A batch of a few lanes is handled in one transaction. If anything in it fails, the batch is undone and
handled again message by message, each behind a savepoint, so that one bad message hurts nobody.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from shared import clock
from shared.db import UtcDateTime
from shared.messaging import copies, store
from shared.messaging.contract import NAME, BadMessage, Contract
from shared.messaging.envelope import unwrap
from shared.person import Person
from shared.service import current
from shared.unit import transaction, unit_in

log = structlog.get_logger()

#: Waiting times between attempts (seconds); after the last one the message is parked.
BACK_OFF = (1, 5, 30, 300, 1800, 7200)
BATCH = 500


class _Failed(Exception):
    """Something in a batch failed; it is handled again carefully."""


def process_lanes(lanes: Sequence[int], *, batch: int = BATCH) -> int:
    """Handle the due messages of these lanes in one transaction; returns how many.

    Lanes that another worker has at the moment are left to it.
    """
    service = current()
    for careful in (False, True):
        try:
            with transaction() as session:
                ours = store.lock_lanes(session, lanes)
                rows = due(session, service.tables.inbox, ours, batch) if ours else []
                return _handle(session, rows, careful=careful) if rows else 0
        except _Failed:
            copies.forget_waiting(service.db.session())
    return 0


def process_all() -> int:
    """Handle what is due in every lane once."""
    lanes = lanes_with_work()
    return process_lanes(lanes) if lanes else 0


def lanes_with_work() -> Sequence[int]:
    """Lanes in which something is due now."""
    service = current()
    session = service.db.session()
    session.rollback()
    return session.scalars(_lanes(service.tables.inbox), {"now": clock.now()}).all()


def due(session: Session, inbox: Any, lanes: Sequence[int], limit: int) -> list[Any]:
    """Due rows of the lanes that no earlier message of the same subject holds back, in subject order."""
    subjects: dict[tuple[str, str], list[Any]] = {}
    for row in session.execute(_due(inbox), {"lanes": lanes, "now": clock.now(), "limit": limit}):
        subjects.setdefault((row.source, row.subject), []).append(row)
    # A fail-over of the broker may deliver out of order; the aggregate's version knows better.
    return [row for group in subjects.values() for row in sorted(group, key=lambda r: (r.version, r.seq))]


@cache
def _due(inbox: Any) -> sa.Select[Any]:
    """The question of :func:`due`, put together once."""
    table = inbox.__table__
    earlier = table.alias("earlier")
    now = sa.bindparam("now", type_=UtcDateTime())
    held = sa.exists().where(
        earlier.c.source == table.c.source,
        earlier.c.subject == table.c.subject,
        earlier.c.seq < table.c.seq,
        _waiting(earlier),
        earlier.c.due_at > now,
    )
    return (
        sa.select(table)
        .where(
            table.c.lane.in_(sa.bindparam("lanes", expanding=True)),
            _waiting(table),
            table.c.due_at <= now,
            ~held,
        )
        .order_by(table.c.lane, table.c.seq)  # as the index has them; only the order of a subject matters
        .limit(sa.bindparam("limit"))
    )


@cache
def _lanes(inbox: Any) -> sa.Select[Any]:
    table = inbox.__table__
    now = sa.bindparam("now", type_=UtcDateTime())
    return sa.select(table.c.lane).where(_waiting(table), table.c.due_at <= now).distinct()


def _waiting(table: Any) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.handled_at.is_(None), table.c.parked_at.is_(None))


def _handle(session: Session, rows: Sequence[Any], *, careful: bool) -> int:
    service = current()
    done: list[int] = []
    held: set[tuple[str, str]] = set()
    for row in rows:
        if (row.source, row.subject) in held:
            continue
        try:
            if careful:
                with session.begin_nested():
                    _one(session, row)
                    copies.write_waiting(session)
            else:
                _one(session, row)
            done.append(row.seq)
        except Exception as error:
            if isinstance(error, OperationalError) or getattr(error, "connection_invalidated", False):
                raise  # the database is away: that is no attempt
            if not careful:
                raise _Failed from error
            copies.forget_waiting(session)
            if _postpone(session, service.tables.inbox, row, error):
                held.add((row.source, row.subject))
    try:
        copies.write_waiting(session)
    except (DataError, IntegrityError) as error:
        raise _Failed from error
    if done:
        store.mark(session, service.tables.inbox, done, handled_at=clock.now())
    return len(rows)


def _one(session: Session, row: Any) -> None:
    service = current()
    declared = service.contract.consumed.get(row.name)
    if declared is None:
        _refuse_other_version(service.contract, row.name)
        log.warning("message ignored", service=service.name, name=row.name)
        return
    envelope = unwrap(row.envelope.encode())
    message = declared.load(envelope.data)
    handler = service.contract.handlers[row.name]
    with unit_in(session, Person.system(service.name), envelope) as unit:
        handler(unit, message, envelope)
    session.expire_all()


def _refuse_other_version(contract: Contract, name: str) -> None:
    """A message we know, in a version we do not, waits for a person; a stranger's message is ignored."""
    parts = NAME.fullmatch(name)
    stem = name.rsplit(".", 1)[0] + "."
    if parts and any(known.startswith(stem) for known in contract.consumed):
        raise BadMessage(f"unknown version: {name}")


def _postpone(session: Session, inbox: Any, row: Any, error: Exception) -> bool:
    """Give the message another time, or park it; True when later messages of the subject must wait."""
    attempts = row.attempts + 1
    final = isinstance(error, BadMessage) or attempts > len(BACK_OFF)
    values: dict[str, Any] = {"attempts": attempts, "last_error": f"{type(error).__name__}: {error}"[:2000]}
    if final:
        values["parked_at"] = clock.now()
    else:
        values["due_at"] = clock.now() + timedelta(seconds=BACK_OFF[attempts - 1])
    table = inbox.__table__
    session.execute(sa.update(table).where(table.c.seq == row.seq).values(**values))
    log.warning("message parked" if final else "message postponed", name=row.name, error=values["last_error"])
    return not final
