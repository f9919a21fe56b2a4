"""What keeps an edition from its next stage; empty when nothing does."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import ContestEdition, Entry, Stage
from services.expertise.queries import looks
from services.expertise.queries.found import stage as find_stage
from services.expertise.queries.standings import scored_percents
from services.expertise.rules import guards
from services.expertise.rules.scoring import stage_score
from services.expertise.rules.states import UNDER_EXPERTISE, next_on_road, stage_of
from services.expertise.rules.vocabulary import EditionState, EntryState, StageKind
from shared import clock
from shared.refusal import Refused


def obstacles(session: Session, edition: ContestEdition) -> list[Refused]:
    """Every reason why the edition cannot be advanced now."""
    try:
        following = next_on_road(edition.state, [stage.kind for stage in edition.stages])
    except Refused as refusal:
        return [refusal]
    current = stage_of(edition.state)
    if current is not None:
        return _expertise(session, edition, find_stage(edition, current))
    submission = find_stage(edition, StageKind.SUBMISSION)
    if edition.state is EditionState.ANNOUNCED:
        return guards.before_accepting(submission.opens_at, clock.now())
    found = []
    if edition.state is EditionState.ACCEPTING:
        found += guards.after_accepting(submission.closes_at, clock.now())
    if edition.state is EditionState.TECHNICAL or edition.stage(StageKind.TECHNICAL) is None:
        found += _technical(session, edition)
    if stage_of(following) and edition.hides_applicants:
        found += guards.before_blind_expertise(looks.unready(session, edition))
    return found


def _technical(session: Session, edition: ContestEdition) -> list[Refused]:
    """Without a technical stage registered entries go straight to the experts."""
    waiting = (EntryState.SUBMITTED, EntryState.REGISTERED, EntryState.CONDITIONAL)
    rows = session.execute(
        sa.select(Entry.state, Entry.reg_no, Entry.topic)
        .where(Entry.edition_id == edition.id, Entry.state.in_(waiting))
        .order_by(Entry.reg_no)
    )
    labels: dict[EntryState, list[str]] = {state: [] for state in waiting}
    for state, reg_no, topic in rows:
        labels[state].append(reg_no or topic)
    checked_here = edition.stage(StageKind.TECHNICAL) is not None
    return guards.after_technical(
        labels[EntryState.SUBMITTED],
        labels[EntryState.REGISTERED] if checked_here else [],
        labels[EntryState.CONDITIONAL],
    )


def _expertise(session: Session, edition: ContestEdition, stage: Stage) -> list[Refused]:
    rows = session.execute(
        sa.select(Entry.id, Entry.reg_no, Entry.state).where(
            Entry.edition_id == edition.id, Entry.state.in_(UNDER_EXPERTISE | {EntryState.REVISION})
        )
    ).all()
    sheets = scored_percents(session, stage.id)
    policy = edition.policy
    return guards.after_expertise(
        [
            guards.Progress(
                row.reg_no, stage_score(sheets.get(row.id, []), policy), row.state is EntryState.REVISION
            )
            for row in rows
        ],
        stage.min_experts,
    )
