"""Support cases: the list by scope, the thread, its files, I-22 (S-055, S-086)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from services.registry import access, model
from services.registry.model.organisation import Organisation
from services.registry.queries.authors import author_names
from services.registry.queries.search import contains
from services.registry.rules import cases as rules
from services.registry.rules.project_kinds import CaseSide, CaseState, EntryKind
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


@dataclass(frozen=True)
class CaseRow:
    """A case in a list: who must speak next, whether a reminder is due, what this person has not read."""

    case: model.SupportCase
    awaited: CaseSide | None
    due: bool
    unread: int


@dataclass(frozen=True)
class CaseCard(CaseRow):
    """A case with its thread."""

    side: CaseSide
    authors: dict[UUID, str]
    may_operate: bool


def side_of(who: Person) -> CaseSide:
    """On which side of every case a person stands."""
    return CaseSide.OPERATOR if access.may_operate(who) else CaseSide.REQUESTER


def cases(
    who: Person,
    *,
    state: CaseState | None = None,
    text: str | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[CaseRow]:
    """Cases of this person, those without an answer for the longest time first (S-055)."""
    table = model.SupportCase
    query = _own(who)
    if state:
        query = query.where(table.state == state)
    query = query.where(*contains(table.topic_key, text))
    closed = table.state == CaseState.CLOSED
    found = paged(query.order_by(closed, table.last_on, table.id), page, size)
    return Page(_rows(who, found.items), found.total, found.page, found.pages)


def case(who: Person, case_id: UUID) -> CaseCard:
    """The thread of a case; for a stranger it does not exist (S-055)."""
    entries = selectinload(model.SupportCase.entries).joinedload(model.CaseEntry.file)
    row = read().get(model.SupportCase, case_id, options=[entries])
    if row is None or not access.may_reach_case(who, row.organisation_id, row.municipality_oktmo):
        raise NotFound(N_("обращение"))
    (shown,) = _rows(who, [row])
    return CaseCard(
        case=row,
        awaited=shown.awaited,
        due=shown.due,
        unread=shown.unread,
        side=side_of(who),
        authors=author_names(entry.account_id for entry in row.entries),
        may_operate=access.may_operate(who),
    )


def case_file(who: Person, file_id: UUID) -> model.CaseFile:
    """A file of a thread, for those who have the case; for a stranger it does not exist."""
    found = read().execute(
        sa.select(model.CaseFile, model.SupportCase.organisation_id, model.SupportCase.municipality_oktmo)
        .join(model.CaseEntry, model.CaseEntry.id == model.CaseFile.entry_id)
        .join(model.SupportCase, model.SupportCase.id == model.CaseEntry.case_id)
        .where(model.CaseFile.id == file_id)
    )
    row = found.first()
    if row is None or not access.may_reach_case(who, row[1], row[2]):
        raise NotFound(N_("файл обращения"))
    kept: model.CaseFile = row[0]
    return kept


def waiting_cases(who: Person) -> list[CaseRow]:
    """Cases that wait for an answer of this person's side, the longest first."""
    table = model.SupportCase
    other = CaseSide.REQUESTER if access.may_operate(who) else CaseSide.OPERATOR
    query = _own(who).where(table.state != CaseState.CLOSED, table.last_side == other)
    return _rows(who, list(read().scalars(query.order_by(table.last_on, table.id).limit(50))))


def case_numbers(who: Person, first: date, last: date) -> rules.CaseNumbers:
    """I-22 of a period, for the operator: opened, closed, the median of days."""
    access.require(access.may_operate(who))
    table, entry = model.SupportCase, model.CaseEntry
    opened = list(read().scalars(sa.select(table.opened_on)))
    ends: dict[UUID, list[rules.Closing]] = defaultdict(list)
    rows = read().execute(
        sa.select(entry.case_id, table.opened_on, entry.kind, entry.at)
        .join(table, table.id == entry.case_id)
        .where(entry.kind != EntryKind.MESSAGE)
        .order_by(entry.case_id, entry.no)
    )
    for key, opened_on, kind, at in rows:
        ends[key].append(rules.Closing(opened_on, kind, clock.local(at).date()))
    return rules.case_numbers(opened, ends.values(), first, last)


def _own(who: Person) -> sa.Select[Any]:
    """Cases within this person's reach, as `access.may_reach_case` has it."""
    table = model.SupportCase
    query = sa.select(table).options(joinedload(table.organisation).lazyload(Organisation.role_rows))
    if access.may_operate(who):
        return query
    organisations, municipalities = access.case_scope(who)
    access.require(bool(organisations or municipalities))
    return query.where(
        sa.or_(
            table.organisation_id.in_(organisations),
            sa.and_(table.organisation_id.is_(None), table.municipality_oktmo.in_(municipalities)),
        )
    )


def _rows(who: Person, found: list[model.SupportCase]) -> list[CaseRow]:
    today = clock.today()
    known = read().execute(
        sa.select(model.CaseSeen.case_id, model.CaseSeen.entries_count).where(
            model.CaseSeen.account_id == who.account_id,
            model.CaseSeen.case_id.in_([row.id for row in found]),
        )
    )
    seen = dict(known.all())
    rows = []
    for row in found:
        awaited = rules.awaited(row.state, row.last_side)
        due = awaited is not None and rules.is_due(row.last_on, today)
        rows.append(CaseRow(row, awaited, due, row.entries_count - seen.get(row.id, 0)))
    return rows
