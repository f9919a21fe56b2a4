"""«Что мне нужно сделать сегодня» at expertise (model 3.6)."""

from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from services.expertise import access
from services.expertise.model import Assignment, ContestEdition, Entry, TechnicalCheck
from services.expertise.queries.appeals import appeal_duties
from services.expertise.queries.contests import line, open_editions
from services.expertise.queries.councils import council_tasks
from services.expertise.queries.entries import own_entries
from services.expertise.queries.experts import queue
from services.expertise.queries.standings import scored_percents
from services.expertise.queries.views import Cabinet, DeskWork, EntryLine
from services.expertise.rules.scoring import stage_score
from services.expertise.rules.states import AWAITING_DECISION, UNDER_EXPERTISE, stage_of
from services.expertise.rules.vocabulary import LIVE_ASSIGNMENTS, EditionState, EntryState
from shared import clock
from shared.person import Person, Role
from shared.unit import read

AT_WORK = (
    EditionState.ACCEPTING,
    EditionState.TECHNICAL,
    EditionState.CORRESPONDENCE,
    EditionState.IN_PERSON,
    EditionState.DECISION,
)
NEEDS_APPLICANT = frozenset({EntryState.DRAFT, EntryState.CONDITIONAL, EntryState.REVISION})


def cabinet(who: Person) -> Cabinet:
    """What this person must do today at expertise, by the roles held."""
    desk = _desk(read()) if access.is_secretary(who) or who.has(Role.COUNCIL) else []
    may_file = bool(who.organisations(*access.APPLICANTS))
    return Cabinet(
        desk=[one for one in desk if not one.is_empty] if access.is_secretary(who) else [],
        queue=queue(who, waiting_only=True),
        entries=_waiting_entries(who),
        open_editions=open_editions(who) if may_file else [],
        council=[one for one in desk if one.to_decide] if who.has(Role.COUNCIL) else [],
        sessions=council_tasks(who),
        appeals=appeal_duties(who),
    )


def _waiting_entries(who: Person) -> list[EntryLine]:
    return [one for one in own_entries(who) if one.state in NEEDS_APPLICANT]


def _desk(session: Session) -> list[DeskWork]:
    editions = session.scalars(
        sa.select(ContestEdition)
        .where(ContestEdition.state.in_(AT_WORK))
        .options(joinedload(ContestEdition.series))
        .order_by(ContestEdition.opens_on)
    ).all()
    return [_work(session, edition) for edition in editions]


def _work(session: Session, edition: ContestEdition) -> DeskWork:
    rows = session.execute(
        sa.select(Entry.state, sa.func.count()).where(Entry.edition_id == edition.id).group_by(Entry.state)
    )
    counts = Counter({row[0]: row[1] for row in rows})
    overdue = session.scalar(
        sa.select(sa.func.count())
        .select_from(TechnicalCheck)
        .join(Entry, Entry.id == TechnicalCheck.entry_id)
        .where(
            Entry.edition_id == edition.id,
            Entry.state == EntryState.CONDITIONAL,
            TechnicalCheck.fix_until <= clock.now(),
        )
    )
    lacking_extra, lacking_experts = _expertise(session, edition)
    deciding = edition.state is EditionState.DECISION
    return DeskWork(
        edition=line(edition),
        to_register=counts[EntryState.SUBMITTED],
        to_check=counts[EntryState.REGISTERED] if edition.state is EditionState.TECHNICAL else 0,
        overdue_fixes=overdue or 0,
        lacking_extra=lacking_extra,
        lacking_experts=lacking_experts,
        to_decide=sum(counts[state] for state in AWAITING_DECISION) if deciding else 0,
    )


def _expertise(session: Session, edition: ContestEdition) -> tuple[int, int]:
    """How many entries of the current stage wait for an extra expert, and how many for any (BR-40, BR-49)."""
    current = stage_of(edition.state)
    stage = current and edition.stage(current)
    if not stage:
        return 0, 0
    rows = session.execute(
        sa.select(Entry.id, sa.func.count(Assignment.id))
        .outerjoin(
            Assignment,
            sa.and_(
                Assignment.entry_id == Entry.id,
                Assignment.stage_id == stage.id,
                Assignment.state.in_(LIVE_ASSIGNMENTS),
            ),
        )
        .where(Entry.edition_id == edition.id, Entry.state.in_(UNDER_EXPERTISE))
        .group_by(Entry.id)
    ).all()
    sheets = scored_percents(session, stage.id)
    policy = edition.policy
    discordant = sum(stage_score(sheets.get(entry_id, []), policy).lacks_extra for entry_id, _ in rows)
    return discordant, sum(assigned < stage.min_experts for _, assigned in rows)
