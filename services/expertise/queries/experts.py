"""Experts, their queues and assignments."""

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
from services.expertise.queries import found, names
from services.expertise.queries.sheets import sheet_view
from services.expertise.queries.views import AssignmentCard, AssignmentLine, ExpertLine
from services.expertise.readmodel import Municipality, Organisation, PersonCopy
from services.expertise.rules.states import MAY_READ, UNDER_EXPERTISE, stage_of
from services.expertise.rules.vocabulary import LIVE_ASSIGNMENTS, AssignmentState, SheetState
from shared import clock
from shared.person import Person, Role
from shared.refusal import NotAllowed
from shared.unit import read


def experts(who: Person, *, stage_id: UUID | None = None) -> list[ExpertLine]:
    """All enrolled experts by name, with their load in a stage; for those who run contests."""
    if not who.has(Role.SECRETARY, Role.OPERATOR, Role.COUNCIL):
        raise NotAllowed()
    return expert_lines(read(), stage_id)


def expert_lines(session: Session, stage_id: UUID | None) -> list[ExpertLine]:
    """All enrolled experts by name."""
    load = (
        sa.select(Assignment.expert_id, sa.func.count().label("load"))
        .where(Assignment.stage_id == stage_id, Assignment.state.in_(LIVE_ASSIGNMENTS))
        .group_by(Assignment.expert_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(ExpertProfile, PersonCopy, Organisation, Municipality, load.c.load)
        .join(PersonCopy, PersonCopy.id == ExpertProfile.person_id)
        .outerjoin(Organisation, Organisation.id == PersonCopy.organisation_id)
        .outerjoin(Municipality, Municipality.oktmo == Organisation.municipality_oktmo)
        .outerjoin(load, load.c.expert_id == ExpertProfile.id)
        .order_by(PersonCopy.last_name, PersonCopy.first_name, ExpertProfile.id)
    )
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
            load=assigned or 0,
        )
        for profile, person, organisation, municipality, assigned in rows
    ]


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
    lines = [AssignmentLine(**_line(row)) for row in rows]
    return [one for one in lines if one.is_open] if waiting_only else lines


def assignment(who: Person, assignment_id: UUID) -> AssignmentCard:
    """An assignment of one's own; the entry and the rubric open after acceptance (BR-42)."""
    session = read()
    row = found.assignment(session, assignment_id)
    access.require_the_expert(who, row.expert.person_id)
    line = _line(session.execute(_lines().where(Assignment.id == assignment_id)).one())
    may_read = row.state in MAY_READ
    sheet = found.live_sheet(session, assignment_id) if may_read else None
    return AssignmentCard(
        **line,
        may_read=may_read,
        summary=row.entry.summary if may_read else "",
        rubric=row.entry.nomination.rubric.rules,
        policy=row.entry.edition.policy,
        sheet=sheet_view(sheet, names.expert_codes(session, row.entry.edition_id)[row.expert_id], None)
        if sheet
        else None,
    )


def cancelled_sheet_of(session: Session, assignment_id: UUID) -> UUID | None:
    """The last cancelled sheet of an assignment, which a new one replaces (BR-46)."""
    return session.scalar(
        sa.select(ScoreSheet.id)
        .where(ScoreSheet.assignment_id == assignment_id, ScoreSheet.state == SheetState.CANCELLED)
        .order_by(ScoreSheet.id.desc())
        .limit(1)
    )


def _lines() -> sa.Select[Any]:
    return (
        sa.select(
            Assignment,
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
