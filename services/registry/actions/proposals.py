"""Decisions of the expert council become statuses by an order (BR-56)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model, queries
from services.registry.actions import platforms
from services.registry.rules import proposals
from services.registry.rules.kinds import Outcome, PlatformKind, ProposalState
from services.registry.rules.names import clean
from services.registry.rules.platforms import DEFAULT_MONTHS, last_day
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def enact_decisions(
    who: Person,
    *,
    act_id: UUID,
    proposal_ids: Sequence[UUID],
    valid_from: date,
    months: int = DEFAULT_MONTHS,
) -> list[UUID]:
    """Enact waiting decisions by one order: award, extend, complete, terminate (BR-55, BR-56).

    Gives the platforms concerned, in the order of the proposals. All or nothing.
    """
    access.require(access.may_operate(who))
    proposals.check_term(months)
    with work(who) as u:
        u.get(model.Act, act_id)
        curator = queries.network_operator_id()
        enacted = []
        for proposal in chosen(u, proposal_ids):
            proposal.state = proposals.move(proposal.state, "enact")
            platform_id = _enact(who, proposal, act_id, valid_from, months, curator)
            proposal.platform_id, proposal.act_id = platform_id, act_id
            enacted.append(platform_id)
        u.journal("proposals.enacted", u.get(model.Act, act_id), {"count": len(enacted)})
        return enacted


def chosen(u: Unit, proposal_ids: Sequence[UUID]) -> list[model.StatusProposal]:
    """The decisions picked, in their order, each once; at least one (BR-56)."""
    if not proposal_ids:
        raise Refused("BR-56", N_("Отметьте хотя бы одно решение"), field="proposal_ids")
    wanted = sa.select(model.StatusProposal).where(model.StatusProposal.id.in_(proposal_ids))
    known = {proposal.id: proposal for proposal in u.session.scalars(wanted)}
    if len(known) != len(set(proposal_ids)):
        raise NotFound(N_("решение"))
    return [known[key] for key in dict.fromkeys(proposal_ids)]


def decline_proposal(who: Person, *, proposal_id: UUID, reason: str) -> None:
    """Put a decision aside without an order, with the reason (model 3.3: decline)."""
    access.require(access.may_operate(who))
    if not reason.strip():
        raise Refused("BR-56", N_("Укажите причину"), field="reason")
    with work(who) as u:
        proposal = u.get(model.StatusProposal, proposal_id)
        proposal.state = proposals.move(proposal.state, "decline")
        proposal.reason = clean(reason)
        u.journal("proposal.declined", proposal)


def receive_decision(
    u: Unit,
    *,
    entry_id: UUID,
    edition_title: str,
    nomination_code: str,
    applicant_id: UUID,
    co_applicant_ids: Sequence[UUID],
    platform_id: UUID | None,
    platform_kind: str | None,
    topic: str,
    outcome: str,
    protocol_number: str,
    protocol_date: date,
    final_score: object,
) -> None:
    """Keep a council's decision that asks for an order; a newer one replaces a waiting one (BR-56, BR-60).

    One that was enacted or put aside is not undone by a message: the operator is given a task.
    """
    wanted = proposals.outcome_of(outcome)
    proposal = u.session.scalar(sa.select(model.StatusProposal).filter_by(entry_id=entry_id))
    if proposal is not None and proposal.state is not ProposalState.WAITING:
        _overtake(u, proposal, outcome, protocol_number, protocol_date)
        return
    if wanted is None:
        if proposal is not None:
            u.session.delete(proposal)
        return
    if proposal is None:
        proposal = u.add(model.StatusProposal(entry_id=entry_id, state=ProposalState.WAITING))
    proposal.edition_title = edition_title
    proposal.nomination_code = nomination_code
    proposal.applicant_id = applicant_id
    proposal.co_applicant_ids = [str(key) for key in co_applicant_ids]
    proposal.platform_id = platform_id
    proposal.platform_kind = PlatformKind(platform_kind) if platform_kind else None
    proposal.topic = topic
    proposal.outcome = wanted
    proposal.protocol_number = protocol_number
    proposal.protocol_date = protocol_date
    proposal.final_score = final_score
    u.journal("proposal.received", proposal, {"outcome": wanted.value})


def settle_later_decision(who: Person, *, proposal_id: UUID, reason: str) -> None:
    """Say what was done about a decision that the council took back after it had been enacted (BR-60)."""
    access.require(access.may_operate(who))
    if not reason.strip():
        raise Refused("BR-60", N_("Напишите, что сделано"), field="reason")
    with work(who) as u:
        proposal = u.get(model.StatusProposal, proposal_id)
        if proposal.later_outcome is None or proposal.later_note is not None:
            raise Refused("BR-60", N_("Это решение совет не пересматривал, или пересмотр уже учтён"))
        proposal.later_note = clean(reason)
        u.journal("proposal.later_settled", proposal)


def _overtake(
    u: Unit, proposal: model.StatusProposal, outcome: str, protocol_number: str, protocol_date: date
) -> None:
    known = proposal.later_outcome or proposal.outcome.value
    if known == outcome:
        return
    if outcome == proposal.outcome.value and proposal.later_note is None:
        proposal.later_outcome = proposal.later_protocol_number = proposal.later_protocol_date = None
        u.journal("proposal.restored", proposal)
        return
    proposal.later_outcome = outcome
    proposal.later_protocol_number, proposal.later_protocol_date = protocol_number, protocol_date
    proposal.later_note = None
    u.journal("proposal.overtaken", proposal, {"outcome": outcome})


def _enact(
    who: Person,
    proposal: model.StatusProposal,
    act_id: UUID,
    valid_from: date,
    months: int,
    curator: UUID | None,
) -> UUID:
    """What one decision does to a platform."""
    end = last_day(valid_from, months)
    if proposal.outcome is Outcome.AWARD_STATUS:
        found = _found(who, proposal, curator)
        platforms.award_status(who, platform_id=found, act_id=act_id, valid_from=valid_from, valid_to=end)
        return found
    platform = proposal.platform_id
    if platform is None:
        raise Refused("BR-55", N_("В решении не названа площадка: %(topic)s"), topic=proposal.topic)
    match proposal.outcome:
        case Outcome.EXTEND:
            platforms.extend_status(who, platform_id=platform, act_id=act_id, valid_to=end)
        case Outcome.COMPLETE:
            platforms.complete_status(who, platform_id=platform, on=valid_from, act_id=act_id)
        case Outcome.TERMINATE:
            platforms.terminate_status(who, platform_id=platform, on=valid_from, act_id=act_id)
    return platform


def _found(who: Person, proposal: model.StatusProposal, curator: UUID | None) -> UUID:
    """A new platform of the applicant; in a network kind the co-applicants are its members (BR-21)."""
    kind = proposal.platform_kind or PlatformKind.MUNICIPAL
    others = [UUID(key) for key in proposal.co_applicant_ids]
    network = kind is PlatformKind.MUNICIPAL_NETWORK
    return platforms.apply_for_platform(
        who,
        kind=kind,
        topic=proposal.topic,
        holder_ids=[proposal.applicant_id] if network else [proposal.applicant_id, *others],
        hub_id=proposal.applicant_id if network else None,
        member_ids=others if network else (),
        curator_id=curator,
    )
