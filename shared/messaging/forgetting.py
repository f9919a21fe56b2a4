"""Kept envelopes forget what was told of a person whose data are destroyed (BR-69).

Outbox and inbox keep messages for replay and for people to look at; the older ones about a destroyed
person get the data of the last one, so that a replay tells the marker and never the name again.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from shared.messaging.envelope import unwrap


def overwrite(session: Session, table: Any, *, name: str, subject: str, data: Mapping[str, Any]) -> int:
    """Give every kept message of this name about this subject the same ``data``; how many there were."""
    rows = session.scalars(sa.select(table).where(table.subject == subject, table.name == name)).all()
    for row in rows:
        row.envelope = replace(unwrap(row.envelope.encode()), data=dict(data)).wrap()
    return len(rows)
