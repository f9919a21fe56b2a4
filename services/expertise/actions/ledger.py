"""The log of an edition: every mark, assignment, waiver and change of stage is a line of it (F6)."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite

from services.expertise.model import LedgerCount, LedgerLine, LedgerSalt
from services.expertise.rules import ledger as rules
from services.expertise.rules.vocabulary import LedgerKind
from shared import clock
from shared.unit import Unit


def record(
    u: Unit, kind: LedgerKind, *, edition_id: UUID, subject_id: UUID, data: Mapping[str, Any] | None = None
) -> None:
    """Write the next line of the edition's log, in the transaction that makes it true (F6).

    ``data`` holds identifiers, codes, states and decimals as text; names and free words come in as
    :func:`commit`. Lines are numbered without gaps: the counter is locked until the end of the unit.
    """
    u.session.flush()
    seq = _next(u, edition_id)
    at = clock.now()
    line = rules.line_bytes(
        seq=seq,
        kind=kind.value,
        at=at,
        actor=u.who.account_id,
        edition_id=edition_id,
        subject_id=subject_id,
        data=data or {},
    )
    u.session.add(
        LedgerLine(
            edition_id=edition_id,
            seq=seq,
            kind=kind,
            subject_id=subject_id,
            at=at,
            line=line,
            leaf=rules.leaf_hash(line),
        )
    )


def commit(u: Unit, edition_id: UUID, text: str) -> str:
    """A salted commitment to a name or free words, to stand in a line of the log (F6).

    Salt and text are kept beside the log and may be destroyed without breaking it.
    """
    salt = secrets.token_hex(16)
    commitment = rules.commitment(salt, text)
    u.add(LedgerSalt(edition_id=edition_id, commitment=commitment, salt=salt, text=text))
    return commitment


def _next(u: Unit, edition_id: UUID) -> int:
    """The number of the next line; the counter stays locked until the end of the unit."""
    dialect: Any = postgresql if u.session.get_bind().dialect.name == "postgresql" else sqlite
    counter = dialect.insert(LedgerCount).values(edition_id=edition_id, size=1)
    size: int = u.session.execute(
        counter.on_conflict_do_update(
            index_elements=[LedgerCount.edition_id], set_={"size": LedgerCount.size + 1}
        ).returning(LedgerCount.size),
        execution_options={"synchronize_session": False},
    ).scalar_one()
    return size - 1
