"""Who of the commission may not hear an appeal, and why (BR-41, BR-57, BR-59, F-24)."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from services.expertise.model import (
    Appeal,
    Assignment,
    ContestEdition,
    Council,
    CouncilMember,
    Entry,
    ExpertProfile,
    ScoreSheet,
)
from services.expertise.queries.barring import found_bars
from services.expertise.rules.vocabulary import AppealBar, AppealState, AssignmentState, CouncilKind


def commission_of(session: Session, edition_id: UUID) -> Council | None:
    """The appeal commission of an edition with its members."""
    return session.scalar(
        sa.select(Council)
        .where(Council.edition_id == edition_id, Council.kind == CouncilKind.APPEAL)
        .options(selectinload(Council.members))
    )


def appeal_bars(
    session: Session, edition: ContestEdition, entry: Entry, commission: Council
) -> dict[UUID, AppealBar]:
    """Members who scored the entry, even on a cancelled sheet, who work for a party or a rival, who recused."""
    people = [member.person_id for member in commission.members]
    found = {
        person_id: AppealBar(bar.value)
        for person_id, bar in found_bars(session, edition, commission.members, [entry]).get(entry.id, {}).items()
    }
    experts = sa.select(ExpertProfile.person_id).where(ExpertProfile.person_id.in_(people))
    recused = experts.join(Assignment, Assignment.expert_id == ExpertProfile.id).where(
        Assignment.entry_id == entry.id, Assignment.state == AssignmentState.RECUSED
    )
    for person_id in session.scalars(recused):
        found.setdefault(person_id, AppealBar.DECLARED)
    scored = experts.join(ScoreSheet, ScoreSheet.expert_id == ExpertProfile.id).where(
        ScoreSheet.entry_id == entry.id
    )
    found.update(dict.fromkeys(session.scalars(scored), AppealBar.SCORED))
    return found


def hearers_of(session: Session, entry: Entry) -> set[UUID]:
    """People of the commission who read an entry because its appeal is before them."""
    heard = session.scalar(
        sa.select(Appeal.id).where(Appeal.entry_id == entry.id, Appeal.state != AppealState.WITHDRAWN)
    )
    commission = commission_of(session, entry.edition_id) if heard else None
    if commission is None:
        return set()
    barred = appeal_bars(session, entry.edition, entry, commission)
    return {member.person_id for member in commission.members} - set(barred)


def member_of(commission: Council | None, person_id: UUID | None) -> CouncilMember | None:
    """The seat of a person on the commission."""
    members = commission.members if commission else []
    return next((member for member in members if member.person_id == person_id), None)
