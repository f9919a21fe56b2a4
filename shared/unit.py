"""The unit of work: the only place that commits.

What makes a fact true and the messages that tell it are written in one transaction. Actions open
it with ``with work(who) as u``; an action called by another (or by a handler) joins the open one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from flask import g, has_request_context
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from shared import clock, ids
from shared.db import Aggregate, Row
from shared.messaging import store
from shared.messaging.envelope import Envelope
from shared.person import Person
from shared.refusal import NotFound, Stale, Warned
from shared.service import Service, current

T = TypeVar("T")
_UNIT = "unit"


class Unit:
    """What an action may do: read, add, tell, journal. Everything becomes true together, or nothing."""

    def __init__(
        self, service: Service, session: Session, who: Person, cause: Envelope | None = None
    ) -> None:
        self.session = session
        self.who = who
        self._service = service
        self._cause = cause
        self._news: dict[tuple[object, ...], tuple[Aggregate, Callable[[], object]]] = {}
        self._touched: dict[int, Any] = {}
        self._touched_many: dict[type[Any], set[UUID]] = {}
        self._bulk: list[tuple[object, int]] = []

    def add(self, thing: T) -> T:
        """Add a new row: it has its key at once, and an aggregate remembers who made it."""
        if isinstance(thing, Row | Aggregate) and thing.id is None:
            thing.id = ids.new_id()
        if isinstance(thing, Aggregate):
            thing.created_by = self.who.account_id
        self.session.add(thing)
        return thing

    def get(self, kind: type[T], key: UUID) -> T:
        """The row with this key, or NotFound."""
        thing = self.session.get(kind, key)
        if thing is None:
            raise NotFound(kind.__name__)
        return thing

    def announce(self, aggregate: Any) -> None:
        """Tell the whole public state of the aggregate, once, as it is at the commit; its version grows."""
        self._touched[id(aggregate)] = aggregate
        if sa.inspect(aggregate).persistent:
            aggregate.updated_at = clock.now()
            flag_modified(aggregate, "updated_at")
        self._news[(type(aggregate), id(aggregate))] = (aggregate, aggregate.told)

    def tell(self, message: object, *, of: Aggregate) -> None:
        """Tell a fact about ``of``: something that happened, with the data of this moment."""
        self._news[(len(self._news), "fact")] = (of, lambda: message)

    def warn(self, rule: str, text: str, **params: Any) -> None:
        """Say what is wrong but not forbidden (BR-05); the door shows it once the work is done."""
        warned = Warned(rule, text, params)
        if has_request_context() and warned not in g.setdefault("warnings", []):
            g.warnings.append(warned)

    def tell_all(self, told: Iterable[tuple[object, int]]) -> None:
        """Tell the state of many rows that were written in bulk: each message with its aggregate's version."""
        self._bulk.extend(told)

    def journal(self, what: str, thing: Any, note: Mapping[str, Any] | None = None) -> None:
        """Write a line of the journal about ``thing``."""
        self._touched[id(thing)] = thing
        self.session.flush()
        self.session.add(
            self._service.tables.audit(
                account_id=self.who.account_id,
                what=what,
                object_kind=type(thing).__name__,
                object_id=thing.id,
                note=dict(note or {}),
                request_id=g.get("request_id") if has_request_context() else None,
            )
        )

    def journal_all(
        self, what: str, kind: type[Any], keys: Iterable[UUID], note: Mapping[str, Any] | None = None
    ) -> None:
        """Write the same line of the journal about many things, in one statement."""
        same = {
            "account_id": self.who.account_id,
            "what": what,
            "object_kind": kind.__name__,
            "note": dict(note or {}),
            "at": clock.now(),
        }
        about = list(keys)
        self._touched_many.setdefault(kind, set()).update(about)
        rows = [
            {"id": new, "object_id": key, **same}
            for new, key in zip(ids.new_ids(len(about)), about, strict=True)
        ]
        if rows:
            self.session.execute(sa.insert(self._service.tables.audit.__table__), rows)

    def seal(self) -> None:
        """Derive what follows from the changes, write the news to the outbox (called at the end of the unit)."""
        self.session.flush()
        for thing in self._touched.values():
            self._touched_many.setdefault(type(thing), set()).add(thing.id)
        if self._service.derive is not None and self._touched_many:
            self._service.derive(self.session, self._touched_many)
        self._touched.clear()
        self._touched_many.clear()
        envelopes = [self._envelope(message, version) for message, version in self._bulk]
        for aggregate, tell in self._news.values():
            message = tell()
            envelopes.append(self._envelope(message, aggregate.version))
        if envelopes:
            store.write_out(self.session, self._service.tables.outbox, envelopes)
        self._news.clear()
        self._bulk.clear()

    def _envelope(self, message: object, version: int) -> Envelope:
        declared = self._service.contract.declared(message)
        data = declared.dump(message)
        return Envelope(
            id=ids.new_id(),
            service=self._service.name,
            name=declared.name,
            subject=str(data[declared.subject]),
            version=version,
            time=clock.now(),
            data=data,
            correlation=(self._cause.correlation or self._cause.id) if self._cause else None,
            causation=self._cause.id if self._cause else None,
            actor=self.who.account_id,
        )


@contextmanager
def work(who: Person) -> Iterator[Unit]:
    """Open the unit of work of the current service, or join the one that is open.

    Leaving it commits; an exception undoes everything. Stale: somebody changed the same row first.
    """
    service = current()
    session = service.db.session()
    joined = session.info.get(_UNIT)
    if joined is not None:
        yield joined
        return
    with transaction() as opened, unit_in(opened, who) as unit:
        yield unit


@contextmanager
def transaction() -> Iterator[Session]:
    """A writing transaction of the current service: committed on leaving, undone on an exception."""
    service = current()
    session = service.db.session()
    # What was read before belongs to an older snapshot, and SQLite cannot turn a reader into a writer.
    session.rollback()
    session.connection(execution_options={"immediate": True})
    try:
        yield session
        session.commit()
    except StaleDataError:
        session.rollback()
        raise Stale() from None
    except BaseException:
        session.rollback()
        raise
    service.wake.set()


@contextmanager
def unit_in(session: Session, who: Person, cause: Envelope | None = None) -> Iterator[Unit]:
    """A unit inside an open transaction; the processor opens one per message."""
    unit = Unit(current(), session, who, cause)
    session.info[_UNIT] = unit
    try:
        yield unit
        unit.seal()
    finally:
        session.info.pop(_UNIT, None)


def read() -> Session:
    """The session for queries."""
    return current().db.session()
