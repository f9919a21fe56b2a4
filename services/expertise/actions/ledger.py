"""The log of an edition: every mark, assignment, waiver and change of stage is a line of it (F6)."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from services.expertise.actions.heads import sign_head
from services.expertise.model import Assignment, ContestEdition, Entry, LedgerCount, LedgerLine, LedgerSalt
from services.expertise.rules import ledger as rules
from services.expertise.rules.vocabulary import EditionState, LedgerKind
from shared import clock
from shared.unit import Unit

__all__ = [
    "assigned",
    "assignment",
    "commit",
    "edition",
    "entry",
    "moved",
    "record",
    "record_many",
    "sign_head",
    "words",
]

#: A line to be written: what it is about and what it says.
Told = tuple[UUID, Mapping[str, Any]]


def record(
    u: Unit, kind: LedgerKind, *, edition_id: UUID, subject_id: UUID, data: Mapping[str, Any] | None = None
) -> None:
    """Write the next line of the edition's log, in the transaction that makes it true (F6).

    ``data`` holds identifiers, codes, states and decimals as text; names and free words come in as
    :func:`commit`. Lines are numbered without gaps: the counter is locked until the end of the unit.
    """
    record_many(u, kind, edition_id=edition_id, told=[(subject_id, data or {})])


def record_many(u: Unit, kind: LedgerKind, *, edition_id: UUID, told: Sequence[Told]) -> None:
    """Write many lines of one kind in two statements, in the given order (F6)."""
    if not told:
        return
    u.session.flush()
    first, at = _take(u, edition_id, len(told)), clock.now()
    rows = []
    for seq, (subject_id, data) in enumerate(told, first):
        line = rules.line_bytes(
            seq=seq,
            kind=kind.value,
            at=at,
            actor=u.who.account_id,
            edition_id=edition_id,
            subject_id=subject_id,
            data=data,
        )
        rows.append(
            {
                "edition_id": edition_id,
                "seq": seq,
                "kind": kind,
                "subject_id": subject_id,
                "at": at,
                "line": line,
                "leaf": rules.leaf_hash(line),
            }
        )
    u.session.execute(sa.insert(LedgerLine), rows)


def edition(u: Unit, kind: LedgerKind, about: ContestEdition, **data: Any) -> None:
    """A line about an edition."""
    record(u, kind, edition_id=about.id, subject_id=about.id, data=data)


def moved(u: Unit, about: ContestEdition, before: EditionState, **data: Any) -> None:
    """An edition went on from a state to another (model 3.3)."""
    edition(u, LedgerKind.EDITION_STAGE, about, **{"from": before.value, "to": about.state.value, **data})


def entry(u: Unit, kind: LedgerKind, about: Entry, **data: Any) -> None:
    """A line about an entry, with the state that it is in now."""
    u.session.flush()
    told = {"nomination": str(about.nomination_id), "state": about.state.value, **data}
    record(u, kind, edition_id=about.edition_id, subject_id=about.id, data=told)


def assignment(u: Unit, kind: LedgerKind, about: Assignment, **data: Any) -> None:
    """A line about an assignment: which expert, which entry, which stage, its state now."""
    u.session.flush()
    edition_id = about.entry.edition_id if about.entry else u.get(Entry, about.entry_id).edition_id
    record(u, kind, edition_id=edition_id, subject_id=about.id, data={**assigned(about), **data})


def assigned(about: Assignment) -> dict[str, Any]:
    """What a line tells of an assignment."""
    return {
        "entry": str(about.entry_id),
        "expert": str(about.expert_id),
        "stage": str(about.stage_id),
        "kind": about.kind.value,
        "state": about.state.value,
    }


def commit(u: Unit, edition_id: UUID, text: str) -> str:
    """A salted commitment to a name or free words, to stand in a line of the log (F6).

    Salt and text are kept beside the log and may be destroyed without breaking it.
    """
    salt = secrets.token_hex(16)
    commitment = rules.commitment(salt, text)
    u.add(LedgerSalt(edition_id=edition_id, commitment=commitment, salt=salt, text=text))
    return commitment


def words(u: Unit, edition_id: UUID, text: str | None) -> str | None:
    """A commitment to words that may be absent: nothing stays nothing."""
    return commit(u, edition_id, text) if text and text.strip() else None


def _take(u: Unit, edition_id: UUID, count: int) -> int:
    """The number of the next line of ``count``; the counter stays locked until the end of the unit."""
    dialect: Any = postgresql if u.session.get_bind().dialect.name == "postgresql" else sqlite
    counter = dialect.insert(LedgerCount).values(edition_id=edition_id, size=count)
    size: int = u.session.execute(
        counter.on_conflict_do_update(
            index_elements=[LedgerCount.edition_id], set_={"size": LedgerCount.size + count}
        ).returning(LedgerCount.size),
        execution_options={"synchronize_session": False},
    ).scalar_one()
    return size - count
