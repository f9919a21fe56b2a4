"""Outbox → transport: one relay per service at a time, in order, never forgetting a row.

It polls for rows without ``published_at`` rather than remembering the last number it sent: a
number is given at the insert but becomes visible at the commit, and a watermark would skip it.
A crash after sending and before marking sends again; the inbox removes duplicates.
"""

from shared import clock
from shared.messaging import store
from shared.messaging.transport import Parcel, Publisher
from shared.service import current
from shared.unit import transaction

BATCH = 1000


def relay_once(publisher: Publisher, *, batch: int = BATCH) -> int:
    """Send the next batch; returns how many went out (0: nothing to do, or another relay is at it)."""
    service = current()
    looking = service.db.session()
    looking.rollback()
    if not store.unsent(looking, service.tables.outbox, 1):
        return 0
    with transaction() as session:
        if not store.try_lock(session):
            return 0
        rows = store.unsent(session, service.tables.outbox, batch)
        if rows:
            publisher.publish([Parcel(row.message_id, row.name, row.envelope.encode()) for row in rows])
            # The broker has them.
            store.mark(session, service.tables.outbox, [row.seq for row in rows], published_at=clock.now())
        return len(rows)
