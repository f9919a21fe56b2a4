"""What proves a contest: the page for everybody, the bundle of a log, the proof of one entry (F6)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise import access
from services.expertise.model import (
    Assignment,
    Entry,
    EntryFile,
    LedgerCount,
    LedgerLine,
    ScoreSheet,
    SheetSeal,
)
from services.expertise.queries import found
from services.expertise.queries.contests import edition as edition_card
from services.expertise.queries.heads import head_line, heads_of, last_head, log_keys
from services.expertise.queries.log import log_lines
from services.expertise.queries.views import EntryProof, HeadView, KeyView, ProofPage
from services.expertise.rules.vocabulary import LedgerKind, SheetState
from shared.merkle import Tree
from shared.person import Person
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read

__all__ = ["entry_bundle", "entry_proof", "head_line", "heads", "last_head", "log_keys", "proof_bundle", "proof_page"]

FORMAT, ENTRY_FORMAT = "metodset-protocol-proof/1", "metodset-entry-proof/1"
#: What an applicant learns of the own entry before the results are published.
BEFORE_RESULTS = (
    LedgerKind.ENTRY_SUBMITTED,
    LedgerKind.ENTRY_REGISTERED,
    LedgerKind.ENTRY_CHECKED,
    LedgerKind.ENTRY_CHANGED,
    LedgerKind.FILE_ADDED,
)


def proof_page(who: Person, edition_id: UUID) -> ProofPage:
    """Heads, keys and what this person may do with the log; heads tell nothing of marks and are for everybody."""
    card = edition_card(who, edition_id)
    session = read()
    published = card.published_at is not None
    return ProofPage(
        size=session.scalar(sa.select(LedgerCount.size).where(LedgerCount.edition_id == edition_id)) or 0,
        heads=heads_of(session, edition_id),
        keys=log_keys(),
        may_download=access.may_take_log(who, published),
        may_browse=access.may_browse_log(who),
        may_sign=access.may_keep_contests(who),
    )


def heads(who: Person, edition_id: UUID) -> list[HeadView]:
    """Every signed head of an edition that this person may know of, the newest first."""
    edition_card(who, edition_id)
    return heads_of(read(), edition_id)


def proof_bundle(who: Person, edition_id: UUID) -> dict[str, Any]:
    """The whole log as it was hashed, heads and public keys: for everybody once the results are published."""
    session = read()
    row = found.edition(session, edition_id)
    if not access.may_take_log(who, row.published_at is not None):
        raise NotAllowed(N_("Журнал открывается всем вместе с результатами"))
    lines = session.scalars(
        sa.select(LedgerLine.line).where(LedgerLine.edition_id == edition_id).order_by(LedgerLine.seq)
    )
    signed = list(reversed(heads_of(session, edition_id)))
    return {
        "format": FORMAT,
        "edition": str(edition_id),
        "title": row.title,
        "lines": [line.decode() for line in lines],
        "heads": [_signed(head) for head in signed],
        "keys": _keys(log_keys(), {head.kid for head in signed}),
    }


def entry_proof(who: Person, entry_id: UUID) -> EntryProof:
    """The lines of the log about one entry that this person may read, and the head that binds them."""
    entry, published, conditions = _about(who, entry_id)
    session = read()
    return EntryProof(
        entry_id=entry.id,
        edition_id=entry.edition_id,
        reg_no=entry.label,
        published=published,
        head=last_head(session, entry.edition_id),
        lines=log_lines(session, entry.edition_id, conditions),
    )


def entry_bundle(who: Person, entry_id: UUID) -> dict[str, Any]:
    """The lines about one entry with their inclusion proofs against the newest head (RFC 6962, 2.1.1).

    After publication the applicant also gets what opens the words of the sheets: comments and conclusion.
    """
    entry, published, conditions = _about(who, entry_id)
    session = read()
    head = last_head(session, entry.edition_id)
    if head is None:
        raise NotFound(N_("подписанная голова журнала"))
    leaves = session.scalars(
        sa.select(LedgerLine.leaf)
        .where(LedgerLine.edition_id == entry.edition_id, LedgerLine.seq < head.size)
        .order_by(LedgerLine.seq)
    )
    tree = Tree([bytes.fromhex(one) for one in leaves])
    rows = session.execute(
        sa.select(LedgerLine.seq, LedgerLine.line)
        .where(
            LedgerLine.edition_id == entry.edition_id,
            LedgerLine.seq < head.size,
            sa.or_(conditions, LedgerLine.kind == LedgerKind.RUBRIC_FROZEN),
        )
        .order_by(LedgerLine.seq)
    )
    return {
        "format": ENTRY_FORMAT,
        "edition": str(entry.edition_id),
        "entry": str(entry.id),
        "reg_no": entry.label,
        "head": _signed(head),
        "keys": _keys(log_keys(), {head.kid}),
        "lines": [
            {"seq": row.seq, "line": row.line.decode(), "path": [one.hex() for one in tree.inclusion(row.seq)]}
            for row in rows
        ],
        "words": _words(session, entry.id) if published else {},
    }


def _about(who: Person, entry_id: UUID) -> tuple[Entry, bool, sa.ColumnElement[bool]]:
    """The entry, whether its results are published, and which lines this person may have about it."""
    session = read()
    entry = found.entry(session, entry_id)
    if not access.may_prove_entry(who, entry.parties):
        raise NotFound(N_("заявка"))
    published = entry.edition.published_at is not None
    if not published and not access.may_browse_log(who):
        own = sa.and_(LedgerLine.subject_id == entry_id, LedgerLine.kind.in_(BEFORE_RESULTS))
        return entry, published, own
    return entry, published, LedgerLine.subject_id.in_(subjects_of(session, entry_id))


def subjects_of(session: Session, entry_id: UUID) -> Sequence[UUID]:
    """What lines about an entry are about: itself, its files, assignments and sheets."""
    parts = [
        sa.select(kind.id).where(kind.entry_id == entry_id) for kind in (Assignment, ScoreSheet, EntryFile)
    ]
    return [entry_id, *(key for part in parts for key in session.scalars(part))]


def _words(session: Session, entry_id: UUID) -> dict[str, Any]:
    """Comments and conclusions of valid sheets with their salts; a destroyed salt gives nothing."""
    rows = session.execute(
        sa.select(ScoreSheet, SheetSeal.salt)
        .join(SheetSeal, SheetSeal.sheet_id == ScoreSheet.id)
        .where(
            ScoreSheet.entry_id == entry_id,
            ScoreSheet.state == SheetState.SIGNED,
            SheetSeal.salt.is_not(None),
        )
    )
    return {
        str(sheet.id): {**sheet.words, "salt": salt}
        for sheet, salt in rows
    }


def _signed(head: HeadView) -> dict[str, str]:
    return {"text": head.text, "signature": head.signature}


def _keys(keys: Sequence[KeyView], wanted: set[str]) -> list[dict[str, str]]:
    return [{"id": key.kid, "public": key.public} for key in keys if key.kid in wanted]
