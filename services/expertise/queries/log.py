"""The log of an edition for those who run contests: paged, filtered, with codes instead of names (F6, BR-61)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise import access
from services.expertise.model import Appeal, Assignment, Entry, EntryFile, LedgerLine, ScoreSheet
from services.expertise.queries import found, names
from services.expertise.queries.views import LogLine
from services.expertise.rules.vocabulary import LedgerKind
from shared.person import Person
from shared.refusal import NotAllowed
from shared.unit import read
from shared.web.paging import Page, paged


def log_page(
    who: Person,
    edition_id: UUID,
    *,
    kind: LedgerKind | None = None,
    reg_no: str = "",
    page: int = 1,
    size: int = 50,
) -> Page[LogLine]:
    """Lines of an edition's log, the newest first, by kind and by the entry that they are about."""
    if not access.may_browse_log(who):
        raise NotAllowed()
    session = read()
    found.edition(session, edition_id)
    statement = (
        sa.select(LedgerLine).where(LedgerLine.edition_id == edition_id).order_by(LedgerLine.seq.desc())
    )
    if kind is not None:
        statement = statement.where(LedgerLine.kind == kind)
    if reg_no:
        statement = statement.where(LedgerLine.subject_id.in_(_subjects(edition_id, reg_no)))
    portion = paged(statement, page, size)
    return Page(_views(session, edition_id, portion.items), portion.total, portion.page, portion.pages)


def log_lines(session: Session, edition_id: UUID, condition: sa.ColumnElement[bool]) -> list[LogLine]:
    """The lines that meet a condition, in their order."""
    rows = session.scalars(
        sa.select(LedgerLine)
        .where(LedgerLine.edition_id == edition_id, condition)
        .order_by(LedgerLine.seq)
    )
    return _views(session, edition_id, rows)


def _subjects(edition_id: UUID, reg_no: str) -> sa.Select[tuple[UUID]]:
    """The entry of this number with its files, assignments and sheets."""
    entry = sa.select(Entry.id).where(Entry.edition_id == edition_id, Entry.reg_no == reg_no)
    parts = [sa.select(kind.id).where(kind.entry_id.in_(entry)) for kind in (Appeal, Assignment, ScoreSheet, EntryFile)]
    return sa.select(sa.union_all(entry, *parts).subquery().c.id)


def _views(session: Session, edition_id: UUID, rows: Iterable[LedgerLine]) -> list[LogLine]:
    lines = list(rows)
    told = [json.loads(row.line) for row in lines]
    keys = {key for one in told for key in _keys(one)}
    numbers = session.execute(sa.select(Entry.id, Entry.reg_no).where(Entry.id.in_(keys)))
    labels = {str(key): number for key, number in numbers if number}
    labels |= {str(key): code for key, code in names.expert_codes(session, edition_id).items()}
    return [
        LogLine(
            seq=row.seq,
            at=row.at,
            kind=row.kind,
            subject_id=row.subject_id,
            about=[labels[str(key)] for key in _keys(one) if str(key) in labels],
            data=one["data"],
            leaf=row.leaf,
        )
        for row, one in zip(lines, told, strict=True)
    ]


def _keys(told: Mapping[str, Any]) -> list[UUID]:
    """What a line is about: the entry first, then the expert."""
    data = told["data"].get("content") or told["data"]
    wanted = [told["subject"], data.get("entry"), data.get("expert")]
    return list(dict.fromkeys(UUID(one) for one in wanted if one))
