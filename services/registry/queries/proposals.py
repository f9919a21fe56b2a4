"""Decisions of the council that wait for an order, and the drafts printed from them (D-07, BR-56)."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.queries.organisations import organisation_names
from services.registry.rules.kinds import Outcome, ProposalState
from services.registry.rules.proposals import outcome_of
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged

_OVERTAKEN = sa.and_(
    model.StatusProposal.later_outcome.is_not(None), model.StatusProposal.later_note.is_(None)
)


@dataclass(frozen=True)
class ProposalRow:
    """A decision with the applicant's name."""

    proposal: model.StatusProposal
    applicant: str

    @property
    def later(self) -> Outcome | None:
        """What the council decided later; None when that asks for no order."""
        return outcome_of(self.proposal.later_outcome or "")


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


def overtaken_proposals(who: Person) -> list[ProposalRow]:
    """Decisions enacted or put aside that the council has decided otherwise since, for the operator (BR-60)."""
    access.require(access.may_operate(who))
    table = model.StatusProposal
    rows = list(read().scalars(sa.select(table).where(_OVERTAKEN).order_by(table.later_protocol_date, table.id)))
    names = organisation_names({row.applicant_id for row in rows})
    return [ProposalRow(row, names.get(row.applicant_id, "—")) for row in rows]


def overtaken_count() -> int:
    """How many of them nobody has seen to."""
    return read().scalar(sa.select(sa.func.count()).select_from(model.StatusProposal).where(_OVERTAKEN)) or 0


def order_drafts(who: Person) -> list[model.OrderDraft]:
    """Drafts that no signed order has enacted yet, the newest first, for the operator (D-07)."""
    access.require(access.may_operate(who))
    table = model.OrderDraft
    query = sa.select(table).where(table.act_id.is_(None)).order_by(table.id.desc()).limit(50)
    return list(read().scalars(query))


def order_draft(who: Person, draft_id: UUID) -> model.OrderDraft:
    """One draft, for the operator."""
    access.require(access.may_operate(who))
    row = read().get(model.OrderDraft, draft_id)
    if row is None:
        raise NotFound(N_("проект приказа"))
    return row
