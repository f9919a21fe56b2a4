"""The operator's desk: messages that no retry could handle wait here for a person's decision."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shared import clock
from shared.person import Person, Role
from shared.refusal import N_, NotAllowed, NotFound, Refused
from shared.service import current
from shared.unit import read, work


def parked(who: Person) -> Sequence[Any]:
    """Parked inbox rows, oldest first."""
    _may(who)
    inbox = current().tables.inbox
    statement = sa.select(inbox).where(inbox.parked_at.is_not(None), inbox.handled_at.is_(None))
    return read().scalars(statement.order_by(inbox.seq).limit(200)).all()


def resend(who: Person, message_id: UUID) -> None:
    """Let the message be handled again, from the first attempt."""
    _may(who)
    with work(who) as u:
        row = _row(u.session, message_id)
        row.parked_at, row.due_at, row.attempts = None, clock.now(), 0
        u.session.add(_line(who, "message.resent", message_id, row.name, ""))


def give_up(who: Person, message_id: UUID, reason: str) -> None:
    """Close the message unhandled; the reason stays with it."""
    _may(who)
    if not reason.strip():
        raise Refused("DESK", N_("Укажите, почему сообщение не будет обработано"), field="reason")
    with work(who) as u:
        row = _row(u.session, message_id)
        row.handled_at, row.last_error = clock.now(), f"given up: {reason.strip()}\n{row.last_error or ''}"
        u.session.add(_line(who, "message.given_up", message_id, row.name, reason))


def _may(who: Person) -> None:
    if not who.has(Role.OPERATOR, Role.SYSTEM_ADMIN):
        raise NotAllowed()


def _row(session: Any, message_id: UUID) -> Any:
    inbox = current().tables.inbox
    statement = sa.select(inbox).where(inbox.message_id == message_id, inbox.parked_at.is_not(None))
    row = session.scalars(statement.where(inbox.handled_at.is_(None))).first()
    if row is None:
        raise NotFound(str(message_id))
    return row


def _line(who: Person, what: str, message_id: UUID, name: str, reason: str) -> Any:
    return current().tables.audit(
        account_id=who.account_id,
        what=what,
        object_kind="Message",
        object_id=message_id,
        note={"name": name, "reason": reason},
    )
