"""Copies of other services' facts: upsert by identifier, older news ignored.

Upserts wait in the session and are written many at a time: before anything is read through it, and
at the latest with the end of the batch.
"""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.util import identity_key

from shared.messaging.envelope import Envelope
from shared.unit import Unit

_WAITING = "waiting copies"


def keep(u: Unit, kind: Any, key: UUID, envelope: Envelope, /, **values: Any) -> None:
    """Keep the newest state of a row of another service; what is older than ours is ignored.

    ``kind`` is a read-model class with :class:`shared.db.Copy`.
    """
    statement = _upsert(kind.__table__, u.session.get_bind().dialect.name, tuple(values))
    row = {"id": key, "source_version": envelope.version, **values}
    u.session.info.setdefault(_WAITING, {}).setdefault(statement, []).append(row)
    known = u.session.identity_map.get(identity_key(kind, key))
    if known is not None:
        u.session.expire(known)


def write_waiting(session: Session) -> None:
    """Write the upserts that wait in the session, in the order of their coming."""
    for statement, rows in session.info.pop(_WAITING, {}).items():
        session.execute(statement, rows)


def forget_waiting(session: Session) -> None:
    """Drop the upserts of an undone transaction."""
    session.info.pop(_WAITING, None)


def write_before_reading(sessions: Any) -> None:
    """Let every query through these sessions see the upserts that wait."""
    event.listen(sessions, "do_orm_execute", _write_first)


def _write_first(state: ORMExecuteState) -> None:
    """One function for all applications of a process: a listener that is there already is not added again."""
    if _WAITING in state.session.info:
        write_waiting(state.session)


@cache
def _upsert(table: Table, dialect: str, names: tuple[str, ...]) -> Any:
    """The statement, built once for each table and set of columns."""
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    return insert.on_conflict_do_update(
        index_elements=[table.c.id],
        set_={name: insert.excluded[name] for name in ("source_version", *names)},
        where=table.c.source_version < insert.excluded.source_version,
    )
