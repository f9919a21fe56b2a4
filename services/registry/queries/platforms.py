"""Platforms: the register on a date, the card by scope, decisions that wait for an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload

from services.registry import access, model
from services.registry.queries.asof import as_of, end_of, holds, timeline, values
from services.registry.queries.organisations import organisation_names
from services.registry.queries.search import contains
from services.registry.queries.territory import municipality_names
from services.registry.rules import platforms as rules
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import (
    FactKind,
    PartyRole,
    PlatformKind,
    PlatformState,
    ProposalState,
    StatusStep,
)
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


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
    known: date | None = None,
    municipality_oktmo: str | None = None,
    organisation_id: UUID | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[PlatformRow]:
    """The register of platforms as it was on a day, as known on a day; open fields, open to everybody (F7)."""
    at, table, status = as_of(on, known), model.Platform, sa.orm.aliased(model.Fact)
    holders = selectinload(table.parties).joinedload(model.PlatformParty.organisation)
    query = (
        sa.select(table, status.key)
        .join(status, sa.and_(status.subject_id == table.id, holds(status, FactKind.STATUS, at)))
        .options(lazyload(table.history), holders.lazyload(model.Organisation.role_rows))
        .where(*contains(table.topic_key, text))
        .order_by(table.kind, table.topic_key, table.id)
    )
    if kind:
        query = query.where(table.kind == kind)
    if state:
        query = query.where(status.key == str(state))
    if municipality_oktmo:
        query = query.where(table.municipality_oktmo == municipality_oktmo)
    if organisation_id:
        party = sa.orm.aliased(model.Fact)
        taking_part = sa.select(party.subject_id).where(
            holds(party, FactKind.PARTY, at), party.ref_id == organisation_id
        )
        query = query.where(table.id.in_(taking_part))
    found = paged(query, page, size, scalars=False)
    rows = [PlatformRow(platform, PlatformState(then)) for platform, then in found.items]
    return Page(rows, found.total, found.page, found.pages)


@dataclass(frozen=True)
class PartyRow:
    """An organisation of a platform on the day asked."""

    organisation_id: UUID
    name: str
    #: HOLDER, HUB or MEMBER.
    role: PartyRole


@dataclass(frozen=True)
class PlatformCard:
    """A platform; grounds and history only for those who may read them (model 3.5)."""

    platform: model.Platform
    on: date
    #: The state on the day, as known then; none where the platform was not there yet.
    state: PlatformState | None
    parties: list[PartyRow]
    term_end: date | None
    inner: bool
    municipality: str | None
    history: Sequence[model.StatusRecord]
    may_operate: bool
    #: Actions that the present state allows.
    actions: list[StatusStep]


def platform(
    who: Person, platform_id: UUID, on: date | None = None, known: date | None = None
) -> PlatformCard:
    """The card of a platform on a day: open fields for everybody, the history by scope (model 3.5, F7)."""
    table, at = model.Platform, as_of(on, known)
    row = read().get(
        table, platform_id, options=[selectinload(table.history).joinedload(model.StatusRecord.act)]
    )
    if row is None:
        raise NotFound(N_("площадка"))
    status = next(
        (one for one in timeline(row.id, FactKind.STATUS, known) if one.statement.holds(at.on)), None
    )
    inner = access.may_read_platform(who, [*row.holder_ids, *row.member_ids], row.municipality_oktmo)
    operates = access.may_operate(who)
    return PlatformCard(
        platform=row,
        on=at.on,
        state=PlatformState(status.key) if status else None,
        parties=_parties(row.id, at),
        term_end=rules.term_end(row.steps),
        inner=inner,
        municipality=municipality_names(at).get(row.municipality_oktmo) if row.municipality_oktmo else None,
        history=_records(row, at) if inner else (),
        may_operate=operates,
        actions=rules.possible(row.state, row.steps, clock.today()) if operates else [],
    )


def _parties(platform_id: UUID, at: AsOf) -> list[PartyRow]:
    """Organisations of a platform on a day, holders first, under their names of that day."""
    said = [one for one in timeline(platform_id, FactKind.PARTY, at.known) if one.statement.holds(at.on)]
    names = values([one.ref_id for one in said], [FactKind.NAME], at)
    order = list(PartyRole)
    rows = [
        PartyRow(one.ref_id, names.get(one.ref_id, {}).get(FactKind.NAME, ["—"])[0], PartyRole(one.value))
        for one in said
    ]
    return sorted(rows, key=lambda row: (order.index(row.role), row.name))


def _records(row: model.Platform, at: AsOf) -> Sequence[model.StatusRecord]:
    """Actions on the status that were known, the corrected ones too where the day of knowledge is past."""
    if at.known is None:
        return row.history
    record, moment = model.StatusRecord, end_of(at.known)
    return list(
        read().scalars(
            sa.select(record)
            .options(joinedload(record.act))
            .where(
                record.platform_id == row.id,
                record.recorded_at < moment,
                sa.or_(record.withdrawn_at.is_(None), record.withdrawn_at >= moment),
            )
            .order_by(record.ordinal)
        )
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
