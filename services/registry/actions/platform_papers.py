"""Papers about platforms: the extract on a day (D-19), the draft of an order and the order itself (D-07, BR-56)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions.papers import issue_paper
from services.registry.actions.proposals import chosen, enact_decisions
from services.registry.queries.asof import as_of, subjects, values
from services.registry.queries.platform_papers import DraftLine, extract, order_draft, platforms_of
from services.registry.queries.platform_reports import may_read
from services.registry.rules import proposals
from services.registry.rules.kinds import FactKind
from services.registry.rules.papers import PaperKind
from services.registry.rules.platforms import DEFAULT_MONTHS
from shared import ids
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work


def issue_platform_extract(
    who: Person, *, platform_id: UUID, on: date | None = None, known: date | None = None
) -> UUID:
    """Print what the register says of a platform's status on a day, as known on a day (D-19); gives the paper."""
    at = as_of(on, known)
    with work(who) as u:
        platform = u.get(model.Platform, platform_id)
        access.require(may_read(who, platform))
        there = subjects(FactKind.STATUS, at).subquery()
        if not u.session.scalar(sa.select(sa.exists().where(there.c.subject_id == platform_id))):
            raise Refused("F7", N_("На эту дату площадки в реестре ещё не было"), field="on")
        return issue_paper(
            u,
            kind=PaperKind.D19_EXTRACT,
            object_id=platform.id,
            build=lambda requisites: extract(requisites, [platform], at),
        ).id


def issue_organisation_extract(
    who: Person, *, organisation_id: UUID, on: date | None = None, known: date | None = None
) -> UUID:
    """Print all platforms of an organisation on a day, as known on a day (D-19); gives the paper."""
    at = as_of(on, known)
    with work(who) as u:
        organisation = u.get(model.Organisation, organisation_id)
        access.require(access.may_read_platform(who, [organisation.id], organisation.municipality_oktmo))
        found = platforms_of(organisation.id, at)
        return issue_paper(
            u,
            kind=PaperKind.D19_EXTRACT,
            object_id=organisation.id,
            build=lambda requisites: extract(requisites, found, at, organisation.id),
        ).id


def draft_order(
    who: Person, *, proposal_ids: Sequence[UUID], valid_from: date, months: int = DEFAULT_MONTHS
) -> UUID:
    """Print the draft of an order from chosen decisions and remember which they are (D-07, BR-56)."""
    access.require(access.may_operate(who))
    proposals.check_term(months)
    with work(who) as u:
        picked = chosen(u, proposal_ids)
        for one in picked:
            proposals.move(one.state, "enact")
        lines = _lines(picked)
        said = {f"протокол № {one.protocol_number} от {one.protocol_date:%d.%m.%Y}" for one in picked}
        draft = model.OrderDraft(
            id=ids.new_id(),
            valid_from=valid_from,
            months=months,
            lines=[
                model.OrderDraftLine(
                    proposal_id=one.id,
                    position=position,
                    outcome=one.outcome,
                    applicant_id=one.applicant_id,
                    topic=one.topic,
                    protocol_number=one.protocol_number,
                )
                for position, one in enumerate(picked)
            ],
        )
        paper = issue_paper(
            u,
            kind=PaperKind.D07_ORDER_DRAFT,
            object_id=draft.id,
            build=lambda requisites: order_draft(requisites, lines, said, valid_from, months),
        )
        draft.number, draft.paper_id = paper.number, paper.id
        u.session.flush()
        u.add(draft)
        u.journal("order_draft.printed", draft, {"count": len(picked)})
        return draft.id


def enact_draft(who: Person, *, draft_id: UUID, act_id: UUID) -> list[UUID]:
    """The signed order turns exactly the decisions of its draft into statuses, all or nothing (BR-56).

    Refused when the council has changed or withdrawn one of them since the draft was printed (BR-60).
    """
    access.require(access.may_operate(who))
    with work(who) as u:
        draft = u.get(model.OrderDraft, draft_id)
        if draft.act_id is not None:
            raise Refused("BR-56", N_("Этот проект уже исполнен приказом"))
        keys = [line.proposal_id for line in draft.lines]
        now = {
            one.id: (one.outcome, one.applicant_id, one.topic, one.protocol_number)
            for one in u.session.scalars(
                sa.select(model.StatusProposal).where(model.StatusProposal.id.in_(keys))
            )
        }
        for line in draft.lines:
            printed = (line.outcome, line.applicant_id, line.topic, line.protocol_number)
            if now.get(line.proposal_id) != printed:
                raise Refused(
                    "BR-60",
                    N_("Решение изменилось после печати проекта: %(topic)s. Сделайте новый проект"),
                    topic=line.topic,
                )
        draft.act_id = act_id
        done = enact_decisions(
            who, act_id=act_id, proposal_ids=keys, valid_from=draft.valid_from, months=draft.months
        )
        u.journal("order_draft.enacted", draft, {"act": str(act_id)})
        return done


def _lines(picked: Sequence[model.StatusProposal]) -> list[DraftLine]:
    """Applicants under their full names of today, co-applicants after them."""
    keys = {one.id: [one.applicant_id, *map(UUID, one.co_applicant_ids)] for one in picked}
    names = values({key for own in keys.values() for key in own}, [FactKind.NAME], as_of())
    found = []
    for one in picked:
        own = [names.get(key, {}).get(FactKind.NAME, ["—"])[0] for key in keys[one.id]]
        found.append(DraftLine(one.outcome, "; ".join(own), one.topic))
    return found
