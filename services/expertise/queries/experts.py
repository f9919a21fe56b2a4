"""Experts, their queues and assignments."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise import access
from services.expertise.model import (
    Assignment,
    ContestEdition,
    Entry,
    ExpertProfile,
    Nomination,
    ScoreSheet,
    Stage,
)
from services.expertise.queries import blind, facts, found, names
from services.expertise.queries.files import files_of
from services.expertise.queries.sheets import draft_view, sheet_view
from services.expertise.queries.views import (
    AssignmentCard,
    AssignmentLine,
    DraftView,
    ExpertCard,
    ExpertLine,
    ExpertLoad,
)
from services.expertise.readmodel import Municipality, Organisation, PersonCopy
from services.expertise.rules.conflicts import hard_conflict
from services.expertise.rules.states import MAY_READ, UNDER_EXPERTISE, stage_of
from services.expertise.rules.vocabulary import (
    LIVE_ASSIGNMENTS,
    AssignmentState,
    ConflictKind,
    EditionState,
    SheetState,
)
from shared import clock
from shared.person import Person, Role
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read


def experts(who: Person, *, stage_id: UUID | None = None) -> list[ExpertLine]:
    """All enrolled experts by name, with their load in a stage, or in all running ones; for those who run
    contests."""
    if not who.has(*access.ALL_ENTRIES):
        raise NotAllowed()
    return expert_lines(read(), stage_id)


def expert_lines(session: Session, stage_id: UUID | None, expert_id: UUID | None = None) -> list[ExpertLine]:
    """All enrolled experts by name, or one of them."""
    mine = Assignment.stage_id == stage_id if stage_id else Assignment.stage_id.in_(_running())
    waiting = Assignment.state != AssignmentState.DONE
    load = (
        sa.select(
            Assignment.expert_id,
            sa.func.count().label("load"),
            sa.func.count().filter(waiting).label("waiting"),
            sa.func.count().filter(waiting, Assignment.due_at <= clock.now()).label("overdue"),
        )
        .where(mine, Assignment.state.in_(LIVE_ASSIGNMENTS))
        .group_by(Assignment.expert_id)
        .subquery()
    )
    statement = (
        sa.select(
            ExpertProfile, PersonCopy, Organisation, Municipality, load.c.load, load.c.waiting, load.c.overdue
        )
        .join(PersonCopy, PersonCopy.id == ExpertProfile.person_id)
        .outerjoin(Organisation, Organisation.id == PersonCopy.organisation_id)
        .outerjoin(Municipality, Municipality.oktmo == Organisation.municipality_oktmo)
        .outerjoin(load, load.c.expert_id == ExpertProfile.id)
        .order_by(PersonCopy.last_name, PersonCopy.first_name, ExpertProfile.id)
    )
    if expert_id is not None:
        statement = statement.where(ExpertProfile.id == expert_id)
    today = clock.today()
    return [
        ExpertLine(
            expert_id=profile.id,
            person_id=profile.person_id,
            name=person.short_name,
            organisation_name=organisation and organisation.called_on(today),
            municipality_name=municipality and municipality.called_on(today),
            level=profile.level,
            max_load=profile.max_load,
            specialities=profile.specialities,
            load=held or 0,
            waiting=unfinished or 0,
            overdue=late or 0,
        )
        for profile, person, organisation, municipality, held, unfinished, late in session.execute(statement)
    ]


def expert(who: Person, expert_id: UUID) -> ExpertCard:
    """The profile of an expert with the load of running stages: for those who run contests, and for oneself."""
    session = read()
    profile = session.get(ExpertProfile, expert_id)
    mine = profile is not None and access.is_the_expert(who, profile.person_id)
    if not mine and not who.has(*access.ALL_ENTRIES):
        raise NotAllowed()
    line = next(iter(expert_lines(session, None, expert_id)), None)
    if line is None:
        raise NotFound(N_("эксперт"))
    done = Assignment.state == AssignmentState.DONE
    rows = session.execute(
        sa.select(
            ContestEdition.id,
            ContestEdition.title,
            Stage.kind,
            sa.func.count(),
            sa.func.count().filter(done),
            sa.func.count().filter(~done, Assignment.due_at <= clock.now()),
        )
        .join(Stage, Stage.id == Assignment.stage_id)
        .join(ContestEdition, ContestEdition.id == Stage.edition_id)
        .where(Assignment.expert_id == expert_id, Assignment.state.in_(LIVE_ASSIGNMENTS))
        .group_by(ContestEdition.id, ContestEdition.title, ContestEdition.opens_on, Stage.kind, Stage.position)
        .order_by(ContestEdition.opens_on.desc(), Stage.position)
    )
    return ExpertCard(**vars(line), loads=[ExpertLoad(*row) for row in rows])


def own_profile(who: Person) -> UUID | None:
    """The profile of the person who asks, when enrolled as an expert."""
    profile = found.expert_of(read(), who.person_id) if who.person_id else None
    return profile and profile.id


def _running() -> sa.Select[Any]:
    """Stages in which experts are working now."""
    return (
        sa.select(Stage.id)
        .join(ContestEdition, ContestEdition.id == Stage.edition_id)
        .where(
            sa.or_(
                *(
                    sa.and_(ContestEdition.state == state, Stage.kind == kind)
                    for state in EditionState
                    if (kind := stage_of(state)) is not None
                )
            )
        )
    )


def queue(who: Person, *, waiting_only: bool = False) -> list[AssignmentLine]:
    """The expert's own assignments: those that wait come first, by deadline."""
    live = LIVE_ASSIGNMENTS - {AssignmentState.DONE} if waiting_only else LIVE_ASSIGNMENTS
    if not who.has(Role.EXPERT) or who.person_id is None:
        return []
    rows = read().execute(
        _lines()
        .where(ExpertProfile.person_id == who.person_id, Assignment.state.in_(live))
        .order_by(Assignment.state == AssignmentState.DONE, Assignment.due_at, Entry.reg_no)
    )
    lines = _as_lines(read(), rows.all())
    return [one for one in lines if one.is_open] if waiting_only else lines


def assignment(who: Person, assignment_id: UUID) -> AssignmentCard:
    """An assignment of one's own; the entry and the rubric open after acceptance (BR-42)."""
    session = read()
    row = found.assignment(session, assignment_id)
    access.require_the_expert(who, row.expert.person_id)
    (line,) = _as_lines(session, session.execute(_lines().where(Assignment.id == assignment_id)).all())
    cover = blind.veil(session, row.entry) if line.is_blind else None
    may_read = row.state in MAY_READ
    own = _own_sheets(session, assignment_id) if may_read else []
    code = names.expert_codes(session, row.entry.edition_id)[row.expert_id]
    live = next((one for one in own if one.state is not SheetState.CANCELLED), None)
    sheets = [sheet_view(one, code, None) for one in own if one is live or one.state is SheetState.CANCELLED]
    if cover:
        sheets = [blind.sheet_of(one, cover) for one in sheets]
    files = blind.files_of(row.entry_id) if cover else files_of(row.entry_id)
    summary = cover.hide(row.entry.summary) if cover else row.entry.summary
    return AssignmentCard(
        **vars(line),
        may_read=may_read,
        summary=summary if may_read else "",
        rubric=row.entry.nomination.rubric.rules,
        policy=row.entry.edition.policy,
        sheet=next((one for one in sheets if one.state is not SheetState.CANCELLED), None),
        cancelled=[one for one in sheets if one.state is SheetState.CANCELLED],
        draft=draft_view(live, row.entry.nomination.rubric.rules, row.entry.edition.policy),
        files=files if may_read else [],
        # A hint at the municipality or the employer would tell whose the work is (F18).
        hints=_hints(session, row) if row.state is AssignmentState.PROPOSED and not cover else [],
    )


def draft_of(who: Person, assignment_id: UUID) -> DraftView:
    """One's own draft as it stands: what a page shows after saving and compares with (BR-45)."""
    session = read()
    row = found.assignment(session, assignment_id)
    access.require_the_expert(who, row.expert.person_id)
    live = found.live_sheet(session, assignment_id) if row.state in MAY_READ else None
    return draft_view(live, row.entry.nomination.rubric.rules, row.entry.edition.policy)


def _own_sheets(session: Session, assignment_id: UUID) -> list[ScoreSheet]:
    """The sheets of an assignment that an expert has: the live one and those that were signed and cancelled."""
    return list(
        session.scalars(
            sa.select(ScoreSheet)
            .where(
                ScoreSheet.assignment_id == assignment_id,
                sa.or_(ScoreSheet.state != SheetState.CANCELLED, ScoreSheet.signed_at.is_not(None)),
            )
            .order_by(ScoreSheet.id.desc())
        )
    )


def _hints(session: Session, row: Assignment) -> list[ConflictKind]:
    """What speaks against this expert, for the declaration of independence (BR-41, BR-42)."""
    edition = row.entry.edition
    expert = facts.expert_facts(session, edition).get(row.expert_id)
    if expert is None:
        return []
    (entry,) = facts.entry_facts(session, edition, [row.entry])
    conflict = hard_conflict(expert, entry, facts.contestants(session, edition.id))
    same_place = expert.municipality_oktmo and expert.municipality_oktmo == entry.municipality_oktmo
    found_hints = [conflict] if conflict else []
    return [*found_hints, ConflictKind.SAME_MUNICIPALITY] if same_place else found_hints


def _as_lines(session: Session, rows: Sequence[Any]) -> list[AssignmentLine]:
    """Lines of assignments; works of blind editions under their codes, in the order of the codes (F18)."""
    hidden = blind.veils(session, [row.Entry for row in rows if row.ContestEdition.hides_applicants])
    lines = []
    for row in rows:
        line = AssignmentLine(**_line(row))
        cover = hidden.get(line.entry_id)
        if cover:
            line = replace(
                line, reg_no=cover.title, topic=cover.hide(line.topic), applicant_name=None, is_blind=True
            )
        lines.append(line)
    # The database ordered by number; where numbers are hidden the order would still tell them.
    return sorted(lines, key=lambda one: (one.state is AssignmentState.DONE, one.due_at, one.reg_no))


def _lines() -> sa.Select[Any]:
    return (
        sa.select(
            Assignment,
            Entry,
            ContestEdition,
            Entry.reg_no,
            Entry.topic,
            Entry.state.label("entry_state"),
            Entry.submitted_at,
            Organisation,
            ContestEdition.title.label("edition_title"),
            ContestEdition.state.label("edition_state"),
            Nomination.title.label("nomination_title"),
            Stage.kind.label("stage_kind"),
        )
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(ContestEdition, ContestEdition.id == Entry.edition_id)
        .join(Nomination, Nomination.id == Entry.nomination_id)
        .join(Stage, Stage.id == Assignment.stage_id)
        .join(ExpertProfile, ExpertProfile.id == Assignment.expert_id)
        .outerjoin(Organisation, Organisation.id == Entry.applicant_id)
    )


def _line(row: Any) -> dict[str, Any]:
    """Topic and applicant are told before acceptance: without them nobody could declare independence."""
    one: Assignment = row[0]
    going_on = stage_of(row.edition_state) is row.stage_kind and row.entry_state in UNDER_EXPERTISE
    finished = one.state is AssignmentState.DONE
    return {
        "assignment_id": one.id,
        "entry_id": one.entry_id,
        "reg_no": row.reg_no,
        "topic": row.topic,
        "applicant_name": names.called(row.Organisation, row.submitted_at),
        "edition_title": row.edition_title,
        "nomination_title": row.nomination_title,
        "stage_kind": row.stage_kind,
        "kind": one.kind,
        "state": one.state,
        "due_at": one.due_at,
        "is_overdue": going_on and not finished and one.due_at <= clock.now(),
        "is_open": going_on,
    }
