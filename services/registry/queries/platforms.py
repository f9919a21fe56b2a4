"""Platforms: the register on a date, the card by scope, decisions that wait for an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload, selectinload

from services.registry import access, model
from services.registry.queries.counts import active
from services.registry.queries.organisations import municipality_names, organisation_names
from services.registry.queries.search import contains
from services.registry.rules import platforms as rules
from services.registry.rules.kinds import PlatformKind, PlatformState, ProposalState, StatusStep
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged

_A, _S = StatusStep, PlatformState


@dataclass(frozen=True)
class PlatformRow:
    """A platform and its state on the date asked."""

    platform: model.Platform
    state: PlatformState


def platforms(
    *,
    text: str | None = None,
    kind: PlatformKind | None = None,
    state: PlatformState | None = None,
    on: date | None = None,
    municipality_oktmo: str | None = None,
    organisation_id: UUID | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[PlatformRow]:
    """The register of platforms as it was on a date (BR-26); open fields, so open to everybody."""
    table, state_then = model.Platform, state_on(on or clock.today())
    holders = selectinload(table.parties).joinedload(model.PlatformParty.organisation)
    query = (
        sa.select(table, state_then)
        .options(
            lazyload(table.history), lazyload(table.periods), holders.lazyload(model.Organisation.role_rows)
        )
        .where(*contains(table.topic_key, text))
        .order_by(table.kind, table.topic_key, table.id)
    )
    if kind:
        query = query.where(table.kind == kind)
    if state:
        query = query.where(state_then == str(state))
    if municipality_oktmo:
        query = query.where(table.municipality_oktmo == municipality_oktmo)
    if organisation_id:
        query = query.where(
            table.id.in_(
                sa.select(model.PlatformParty.platform_id).where(
                    model.PlatformParty.organisation_id == organisation_id
                )
            )
        )
    found = paged(query, page, size, scalars=False)
    rows = [PlatformRow(platform, PlatformState(then)) for platform, then in found.items]
    return Page(rows, found.total, found.page, found.pages)


@dataclass(frozen=True)
class PlatformCard:
    """A platform; grounds and history only for those who may read them (model 3.5)."""

    platform: model.Platform
    on: date
    state: PlatformState
    term_end: date | None
    inner: bool
    municipality: str | None
    history: Sequence[model.StatusRecord]
    may_operate: bool
    #: Actions that the present state allows.
    actions: list[StatusStep]


def platform(who: Person, platform_id: UUID, on: date | None = None) -> PlatformCard:
    """The card of a platform on a date: open fields for everybody, the history by scope (model 3.5)."""
    table = model.Platform
    row = read().get(
        table,
        platform_id,
        options=[
            selectinload(table.parties).joinedload(model.PlatformParty.organisation),
            selectinload(table.history).joinedload(model.StatusRecord.act),
        ],
    )
    if row is None:
        raise NotFound(N_("площадка"))
    day = on or clock.today()
    inner = access.may_read_platform(who, [*row.holder_ids, *row.member_ids], row.municipality_oktmo)
    operates = access.may_operate(who)
    return PlatformCard(
        platform=row,
        on=day,
        state=rules.state_on(row.steps, day),
        term_end=rules.term_end(row.steps),
        inner=inner,
        municipality=municipality_names(day).get(row.municipality_oktmo) if row.municipality_oktmo else None,
        history=row.history if inner else (),
        may_operate=operates,
        actions=rules.possible(row.state, row.steps, clock.today()) if operates else [],
    )


@dataclass(frozen=True)
class ProposalRow:
    """A decision with the applicant's name."""

    proposal: model.StatusProposal
    applicant: str


def proposals(
    who: Person, *, state: ProposalState | None = ProposalState.WAITING, page: int = 1, size: int = 100
) -> Page[ProposalRow]:
    """Decisions of the expert council, for the operator (BR-56)."""
    access.require(access.may_operate(who))
    table = model.StatusProposal
    query = sa.select(table).order_by(table.outcome, table.nomination_code, table.topic, table.id)
    if state:
        query = query.where(table.state == state)
    found = paged(query, page, size)
    names = organisation_names({row.applicant_id for row in found.items})
    rows = [ProposalRow(row, names.get(row.applicant_id, "—")) for row in found.items]
    return Page(rows, found.total, found.page, found.pages)


def proposal(who: Person, proposal_id: UUID) -> ProposalRow:
    """One decision, for the operator."""
    access.require(access.may_operate(who))
    row = read().get(model.StatusProposal, proposal_id)
    if row is None:
        raise NotFound(N_("решение"))
    return ProposalRow(row, organisation_names({row.applicant_id}).get(row.applicant_id, "—"))


def waiting_proposals() -> int:
    """How many decisions wait for an order."""
    return (
        read().scalar(
            sa.select(sa.func.count())
            .select_from(model.StatusProposal)
            .where(model.StatusProposal.state == ProposalState.WAITING)
        )
        or 0
    )


def state_on(day: date) -> sa.ColumnElement[Any]:
    """The state on a date in SQL, the same as rules.platforms.state_on: the last record and the periods."""
    record, table = model.StatusRecord, model.Platform
    last = (
        sa.select(record.kind)
        .where(record.platform_id == table.id, record.on <= day)
        .order_by(record.ordinal.desc())
        .limit(1)
        .scalar_subquery()
    )
    covered = sa.exists().where(model.StatusPeriod.platform_id == table.id, active(day))
    return sa.case(
        (
            last.in_([_A.AWARD, _A.EXTEND, _A.RESUME]),
            sa.case((covered, _S.ACTIVE.value), else_=_S.EXPIRED.value),
        ),
        (last == _A.SUSPEND, _S.SUSPENDED.value),
        (last == _A.EXPIRE, _S.EXPIRED.value),
        (last == _A.COMPLETE, _S.COMPLETED.value),
        (last == _A.TERMINATE, _S.TERMINATED.value),
        (last == _A.DECLINE, _S.DECLINED.value),
        else_=_S.APPLIED.value,
    )
