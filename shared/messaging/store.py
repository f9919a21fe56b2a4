"""The two tables of messaging: the outbox (what we tell) and the inbox (what we were told).

Work of a service is spread over lanes by a hash of source and subject; each lane is worked under
its own lock, so several workers share the inbox while the order of one subject holds.
"""

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from shared import clock
from shared.db import UtcDateTime
from shared.messaging.envelope import Envelope

LANES = 16
#: Numbers of our advisory locks: the relay's, and the first half of a lane's.
_LOCK_RELAY = sa.text("SELECT pg_try_advisory_xact_lock(7201, 0)")
_LOCK_LANES = sa.text(
    "SELECT lane FROM unnest(CAST(:lanes AS integer[])) AS lane WHERE pg_try_advisory_xact_lock(7202, lane)"
)
_Seq = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class OutboxMixin:
    """Messages of this service in the order they became true; ``published_at`` empty = still to send."""

    seq: Mapped[int] = mapped_column(_Seq, primary_key=True, autoincrement=True)
    message_id: Mapped[UUID] = mapped_column(sa.Uuid(), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    subject: Mapped[str] = mapped_column(sa.String(64))
    version: Mapped[int] = mapped_column(sa.BigInteger())
    envelope: Mapped[str] = mapped_column(sa.Text())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        unsent = sa.text("published_at IS NULL")
        return (sa.Index("ix_outbox_unsent", "seq", postgresql_where=unsent, sqlite_where=unsent),)


class InboxMixin:
    """Messages received, once each; handled, waiting for their time, or parked for a person's decision."""

    seq: Mapped[int] = mapped_column(_Seq, primary_key=True, autoincrement=True)
    source: Mapped[str] = mapped_column(sa.String(40))
    message_id: Mapped[UUID] = mapped_column(sa.Uuid())
    name: Mapped[str] = mapped_column(sa.String(120))
    subject: Mapped[str] = mapped_column(sa.String(64))
    version: Mapped[int] = mapped_column(sa.BigInteger())
    lane: Mapped[int] = mapped_column(sa.SmallInteger())
    envelope: Mapped[str] = mapped_column(sa.Text())
    received_at: Mapped[datetime] = mapped_column(UtcDateTime())
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    attempts: Mapped[int] = mapped_column(sa.Integer(), default=0)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    parked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    last_error: Mapped[str | None] = mapped_column(sa.Text())

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        waiting = sa.text("handled_at IS NULL AND parked_at IS NULL")
        parked = sa.text("parked_at IS NOT NULL AND handled_at IS NULL")
        return (
            sa.UniqueConstraint("source", "message_id"),
            sa.Index("ix_inbox_waiting", "lane", "seq", postgresql_where=waiting, sqlite_where=waiting),
            sa.Index(
                "ix_inbox_subject", "source", "subject", "seq", postgresql_where=waiting, sqlite_where=waiting
            ),
            sa.Index("ix_inbox_parked", "parked_at", postgresql_where=parked, sqlite_where=parked),
        )


def lane_of(source: str, subject: str) -> int:
    """The lane of a subject, the same on every machine."""
    return zlib.crc32(f"{source} {subject}".encode()) % LANES


def write_out(session: Session, outbox: Any, envelopes: Sequence[Envelope]) -> None:
    """Put messages into the outbox, in this transaction, and ring for the relay."""
    session.execute(
        sa.insert(outbox.__table__),
        [
            {
                "message_id": e.id,
                "name": e.name,
                "subject": e.subject,
                "version": e.version,
                "envelope": e.wrap(),
                "created_at": e.time,
            }
            for e in envelopes
        ],
    )
    notify(session, "outbox")


def write_in(session: Session, inbox: Any, received: Iterable[tuple[Envelope, str]]) -> int:
    """Put received messages into the inbox in one batch; known ones are left as they are.

    Returns how many were new. ``received`` pairs an envelope with its text.
    """
    now = clock.now()
    rows = [
        {
            "source": e.service,
            "message_id": e.id,
            "name": e.name,
            "subject": e.subject,
            "version": e.version,
            "lane": lane_of(e.service, e.subject),
            "envelope": text,
            "received_at": now,
            "due_at": now,
            "attempts": 0,
        }
        for e, text in received
    ]
    if not rows:
        return 0
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    result: Any = session.execute(dialect.insert(inbox.__table__).on_conflict_do_nothing(), rows)
    notify(session, "inbox")
    return int(result.rowcount)


def unsent(session: Session, outbox: Any, limit: int) -> Sequence[Any]:
    """The next rows to send, oldest first."""
    return session.execute(_unsent(outbox), {"limit": limit}).all()


@cache
def _unsent(outbox: Any) -> sa.Select[Any]:
    """The question is asked many times a second, so it is put together once."""
    table = outbox.__table__
    return (
        sa.select(table.c.seq, table.c.message_id, table.c.name, table.c.envelope)
        .where(table.c.published_at.is_(None))
        .order_by(table.c.seq)
        .limit(sa.bindparam("limit"))
    )


def mark(session: Session, kind: Any, seqs: Sequence[int], **values: Any) -> None:
    """Set a moment on many rows in one statement."""
    session.execute(_mark(kind, tuple(values)), {"seqs": seqs, **values})


@cache
def _mark(kind: Any, names: tuple[str, ...]) -> sa.Update:
    table = kind.__table__
    chosen = table.c.seq.in_(sa.bindparam("seqs", expanding=True))
    return sa.update(table).where(chosen).values({name: sa.bindparam(name) for name in names})


def notify(session: Session, channel: str) -> None:
    """Ring the bell of PostgreSQL; it sounds at the commit."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text(f"NOTIFY {channel}"))


def try_lock(session: Session) -> bool:
    """Take the relay's lock, which ends with the transaction. SQLite needs none: it has one writer at a time."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(session.scalar(_LOCK_RELAY))


def lock_lanes(session: Session, lanes: Sequence[int]) -> Sequence[int]:
    """Those of the lanes that nobody else works on; ours until the end of the transaction."""
    if session.get_bind().dialect.name != "postgresql":
        return lanes
    return session.scalars(_LOCK_LANES, {"lanes": list(lanes)}).all()
