"""The way of an edition from stage to stage."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import amendments, ledger, opening
from services.expertise.model import (
    Assignment,
    ContestEdition,
    Entry,
)
from services.expertise.queries import found, obstacles, standings
from services.expertise.rules.scoring import qualifies
from services.expertise.rules.states import (
    ASSIGNMENT,
    ENTRY,
    UNDER_EXPERTISE,
    next_on_road,
    stage_of,
)
from services.expertise.rules.vocabulary import (
    AssignmentState,
    EditionState,
    EntryState,
    LedgerKind,
    StageKind,
)
from shared.person import Person
from shared.refusal import N_
from shared.unit import Unit, work

UNFINISHED = (AssignmentState.PROPOSED, AssignmentState.ACCEPTED, AssignmentState.IN_WORK)


def advance_edition(who: Person, *, edition_id: UUID) -> EditionState:
    """Lead an edition to its next stage when nothing stands in the way (BR-36…BR-40, BR-49).

    Leaving an expert stage fixes what is scored; entering one hands the entries over to the experts.
    """
    with work(who) as u:
        access.require_contest_keeper(who)
        edition = found.edition(u.session, edition_id)
        in_the_way = obstacles(u.session, edition)
        if in_the_way:
            raise in_the_way[0]
        before = edition.state
        after = next_on_road(before, [stage.kind for stage in edition.stages])
        if after is EditionState.ACCEPTING:
            amendments.freeze(u, edition)
        if stage_of(before):
            _leave_expertise(u, edition, last=after is EditionState.DECISION)
        if stage_of(after):
            _enter_expertise(u, edition)
        edition.state = after
        u.announce(edition)
        u.journal("edition.advanced", edition, {"from": before.value, "to": after.value})
        ledger.moved(u, edition, before)
        ledger.sign_head(u, edition)
        return after


def _leave_expertise(u: Unit, edition: ContestEdition, *, last: bool) -> None:
    """Sheets are opened, entries are scored; assignments that nobody finished are taken back (BR-40, F6)."""
    current = stage_of(edition.state)
    assert current is not None
    stage = found.stage(edition, current)
    opening.open_sheets(u, edition, stage)
    ended = []
    for assignment in u.session.scalars(
        sa.select(Assignment).where(Assignment.stage_id == stage.id, Assignment.state.in_(UNFINISHED))
    ):
        assignment.state = ASSIGNMENT.after(assignment.state, "replace")
        assignment.reason = N_("Этап закрыт без этого листа")
        ended.append((assignment.id, {**ledger.assigned(assignment), "cause": "STAGE_CLOSED"}))
    ledger.record_many(u, LedgerKind.ASSIGNMENT_ENDED, edition_id=edition.id, told=ended)
    scored = _entries(u, edition, UNDER_EXPERTISE)
    for entry in scored:
        entry.state = ENTRY.after(entry.state, "score")
        if last and entry.state is EntryState.SCORED and len(edition.expert_stages) == 1:
            entry.state = ENTRY.after(entry.state, "finalise")
        u.announce(entry)
    if not last:
        _let_finalists_in(u, edition)
    _tell(u, edition, scored, "STAGE_CLOSED")


def _let_finalists_in(u: Unit, edition: ContestEdition) -> None:
    """Entries that reached the threshold and the number of finalists go on to the in-person stage (BR-54)."""
    standing = {one.entry_id: one for one in standings(u.session, edition)}
    for entry in _entries(u, edition, {EntryState.SCORED}):
        one = standing[entry.id]
        if qualifies(one.final, one.place, edition.policy):
            entry.state = ENTRY.after(entry.state, "qualify")


def _enter_expertise(u: Unit, edition: ContestEdition) -> None:
    """The first expert stage takes over the admitted entries (the registered ones when nobody checks)."""
    move: dict[EntryState, str] = {EntryState.ADMITTED: "begin", EntryState.ADMITTED_WITH_REMARKS: "begin"}
    if edition.stage(StageKind.TECHNICAL) is None:
        move[EntryState.REGISTERED] = "begin_unchecked"
    begun = _entries(u, edition, move)
    for entry in begun:
        entry.state = ENTRY.after(entry.state, move[entry.state])
        u.announce(entry)
    _tell(u, edition, begun, "STAGE_BEGUN")


def _tell(u: Unit, edition: ContestEdition, entries: Sequence[Entry], change: str) -> None:
    """The log learns what became of the entries (F6)."""
    told = [(entry.id, {"change": change, "state": entry.state.value}) for entry in entries]
    ledger.record_many(u, LedgerKind.ENTRY_CHANGED, edition_id=edition.id, told=told)


def _entries(u: Unit, edition: ContestEdition, states: Any) -> Sequence[Entry]:
    return u.session.scalars(
        sa.select(Entry).where(Entry.edition_id == edition.id, Entry.state.in_(list(states)))
    ).all()
