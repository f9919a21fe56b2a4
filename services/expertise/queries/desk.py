"""The secretary's desk: the assignment matrix with conflicts, the list of discrepancies (model 3.6)."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.model import Assignment, ContestEdition, Entry, ScoreSheet, Stage
from services.expertise.queries import facts, found, names
from services.expertise.queries.experts import expert_lines
from services.expertise.queries.standings import scored_percents
from services.expertise.queries.views import Matrix, MatrixCell, MatrixRow
from services.expertise.rules.conflicts import soft_conflict
from services.expertise.rules.scoring import stage_score
from services.expertise.rules.states import UNDER_EXPERTISE, stage_of
from services.expertise.rules.vocabulary import LIVE_ASSIGNMENTS, ConflictLevel, StageKind
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


def assignment_matrix(
    who: Person, edition_id: UUID, stage_kind: StageKind | None = None, *, nomination_id: UUID | None = None
) -> Matrix | None:
    """Entries × experts: who is assigned, who may not be and why; None outside expert stages."""
    access.require_secretary(who)
    session = read()
    edition = found.edition(session, edition_id)
    kind = stage_kind or stage_of(edition.state)
    if kind is None:
        return None
    stage = found.stage(edition, kind)
    statement = (
        sa.select(Entry)
        .where(Entry.edition_id == edition_id, Entry.state.in_(UNDER_EXPERTISE))
        .order_by(Entry.reg_no)
    )
    if nomination_id is not None:
        statement = statement.where(Entry.nomination_id == nomination_id)
    entries = session.scalars(statement).all()
    return Matrix(
        stage_kind=kind,
        min_experts=stage.min_experts,
        experts=expert_lines(session, stage.id),
        rows=_rows(edition, stage, entries),
    )


def discrepancies(who: Person, edition_id: UUID) -> list[MatrixRow]:
    """Entries whose sheets differ so much that an extra expert is needed (BR-49)."""
    matrix = assignment_matrix(who, edition_id)
    return [row for row in matrix.rows if row.lacks] if matrix else []


def edition_of_assignment(who: Person, assignment_id: UUID) -> UUID:
    """The edition that an assignment belongs to, for the way back to its matrix."""
    access.require_secretary(who)
    return found.assignment(read(), assignment_id).entry.edition_id


def entry_of_sheet(who: Person, sheet_id: UUID) -> UUID:
    """The entry that a sheet scores, for the way back to its card."""
    access.require_secretary(who)
    sheet = read().get(ScoreSheet, sheet_id)
    if sheet is None:
        raise NotFound(N_("оценочный лист"))
    return sheet.entry_id


def _rows(edition: ContestEdition, stage: Stage, entries: list[Entry]) -> list[MatrixRow]:
    session = read()
    teams: dict[UUID, dict[UUID, Assignment]] = {}
    for one in session.scalars(
        sa.select(Assignment).where(Assignment.stage_id == stage.id, Assignment.state.in_(LIVE_ASSIGNMENTS))
    ):
        teams.setdefault(one.entry_id, {})[one.expert_id] = one
    sheets = scored_percents(session, stage.id)
    organisations = names.organisations_called(session, {entry.applicant_id for entry in entries})
    codes = {nomination.id: nomination.code for nomination in edition.nominations}
    conflicts = _conflicts(edition, stage, entries, teams)
    return [
        MatrixRow(
            entry_id=entry.id,
            reg_no=entry.label,
            applicant_name=organisations(entry.applicant_id, entry.submitted_at),
            nomination_code=codes[entry.nomination_id],
            cells={
                **conflicts[entry.id],
                **{
                    key: MatrixCell(assignment_id=one.id, state=one.state, kind=one.kind)
                    for key, one in teams.get(entry.id, {}).items()
                },
            },
            assigned=len(teams.get(entry.id, {})),
            result=stage_score(sheets.get(entry.id, []), edition.policy),
        )
        for entry in entries
    ]


def _conflicts(
    edition: ContestEdition,
    stage: Stage,
    entries: list[Entry],
    teams: Mapping[UUID, Mapping[UUID, Assignment]],
) -> dict[UUID, dict[UUID, MatrixCell]]:
    """Why an expert may not, or should rather not, be given an entry, as things stand now (BR-41, F17)."""
    session = read()
    policy = edition.policy
    experts = facts.expert_facts(session, edition)
    rules = facts.conflicts(session, edition, experts)
    cells: dict[UUID, dict[UUID, MatrixCell]] = {}
    for fact in facts.entry_facts(session, edition, entries):
        team = [experts[key] for key in teams.get(fact.entry_id, {}) if key in experts]
        against = rules.against(fact)
        cells[fact.entry_id] = mine = {}
        for expert in experts.values():
            first = next(iter(against.get(expert.expert_id, ())), None)
            if first is not None and first.level is ConflictLevel.HARD:
                mine[expert.expert_id] = MatrixCell(conflict=first.kind, level=first.level)
                continue
            place = soft_conflict(
                expert, fact, team, policy.same_municipality, stage.min_experts, policy.municipality_cap
            )
            if place is not None:
                mine[expert.expert_id] = MatrixCell(conflict=place, level=ConflictLevel.SOFT)
            elif first is not None:
                mine[expert.expert_id] = MatrixCell(conflict=first.kind, level=first.level)
    return cells
