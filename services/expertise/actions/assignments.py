"""Assignment of experts one by one; acceptance, recusal, release (BR-40…BR-43)."""

from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import Assignment, ContestEdition, Entry, Stage
from services.expertise.queries import facts, found, scored_percents
from services.expertise.rules.conflicts import ConflictKind, barring, soft_conflict
from services.expertise.rules.labels import label
from services.expertise.rules.scoring import stage_score
from services.expertise.rules.states import ASSIGNMENT, SHEET, UNDER_EXPERTISE, stage_of
from services.expertise.rules.vocabulary import (
    LIVE_ASSIGNMENTS,
    AssignmentKind,
    AssignmentState,
    LedgerKind,
    StageKind,
)
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def assign_expert(
    who: Person,
    *,
    entry_id: UUID,
    stage_kind: StageKind | str,
    expert_id: UUID,
    kind: AssignmentKind | str = AssignmentKind.REGULAR,
    override_reason: str | None = None,
) -> UUID:
    """Assign one expert; hard conflicts always block, the soft one unless overridden with a reason (BR-41).

    An EXTRA expert is assigned only where the regular ones disagree (BR-49).
    """
    with work(who) as u:
        entry = found.entry(u.session, entry_id)
        edition, stage = current_stage(u, entry.edition_id, StageKind(stage_kind))
        experts = facts.expert_facts(u.session, edition)
        access.require_assigner(who, {expert.person_id for expert in experts.values()})
        if entry.state not in UNDER_EXPERTISE:
            raise Refused("BR-40", N_("Заявка сейчас не на экспертизе"), field="entry_id")
        if expert_id not in experts:
            raise Refused("3.2 Assignment", N_("Такого эксперта нет"), field="expert_id")
        team = _team(u, entry.id, stage)
        if expert_id in team:
            raise Refused("3.2 Assignment", N_("Эксперт уже назначен на эту заявку"), field="expert_id")
        kind = AssignmentKind(kind)
        if kind is AssignmentKind.EXTRA:
            _require_discrepancy(u, edition, stage, entry, team)
        _require_capacity(u, stage, expert_id, experts[expert_id].max_load)
        (fact,) = facts.entry_facts(u.session, edition, [entry])
        against = facts.conflicts(u.session, edition, experts).against(fact).get(expert_id, [])
        barred = barring(against)
        if barred is not None:
            raise in_conflict(barred.kind)
        if not override_reason:
            colleagues = [experts[one] for one in team if one in experts]
            policy = edition.policy
            conflict = soft_conflict(
                experts[expert_id],
                fact,
                colleagues,
                policy.same_municipality,
                stage.min_experts,
                policy.municipality_cap,
            )
            if conflict is not None:
                raise in_conflict(conflict)
        assignment = propose(u, entry.id, stage, expert_id, kind)
        assignment.override_reason = override_reason
        why = ledger.words(u, edition.id, override_reason)
        ledger.assignment(u, LedgerKind.ASSIGNED, assignment, override=why)
        u.journal("assignment.proposed", assignment, {"kind": kind.value, "override": override_reason})
        return assignment.id


def accept_assignment(who: Person, *, assignment_id: UUID) -> None:
    """The expert accepts and thereby declares independence; only then the entry opens (BR-42)."""
    with work(who) as u:
        assignment = _own(u, assignment_id)
        assignment.state = ASSIGNMENT.after(assignment.state, "accept")
        assignment.accepted_at = clock.now()
        ledger.assignment(u, LedgerKind.ASSIGNMENT_ACCEPTED, assignment)
        u.journal("assignment.accepted", assignment)


def recuse(who: Person, *, assignment_id: UUID, reason: str) -> None:
    """The expert steps back with a reason; no consent is needed, the entry stays closed to them (BR-42)."""
    with work(who) as u:
        assignment = _own(u, assignment_id)
        state = ASSIGNMENT.after(assignment.state, "recuse")
        end_assignment(u, assignment, state, reason)
        u.journal("assignment.recused", assignment)


def release_assignment(who: Person, *, assignment_id: UUID, reason: str) -> None:
    """The secretary takes an unfinished assignment back, to give it to another expert (model 3.3)."""
    with work(who) as u:
        assignment = found.assignment(u.session, assignment_id)
        access.require_assigner(who, {assignment.expert.person_id})
        state = ASSIGNMENT.after(assignment.state, "replace")
        end_assignment(u, assignment, state, reason)
        u.journal("assignment.replaced", assignment, {"reason": reason})


def _own(u: Unit, assignment_id: UUID) -> Assignment:
    assignment = found.assignment(u.session, assignment_id)
    access.require_the_expert(u.who, assignment.expert.person_id)
    if stage_of(assignment.entry.edition.state) is not assignment.stage.kind:
        raise Refused("3.3 Assignment", N_("Этап экспертизы закрыт"))
    return assignment


def end_assignment(u: Unit, assignment: Assignment, state: AssignmentState, reason: str) -> None:
    """An assignment ends with a reason, and its draft sheet with it."""
    if not reason.strip():
        raise Refused("BR-42", N_("Укажите причину"), field="reason")
    assignment.state = state
    assignment.reason = reason
    sheet = found.live_sheet(u.session, assignment.id)
    if sheet is not None:
        sheet.state = SHEET.after(sheet.state, "drop")
        sheet.cancel_reason = reason
    why = ledger.words(u, assignment.entry.edition_id, reason)
    ledger.assignment(u, LedgerKind.ASSIGNMENT_ENDED, assignment, reason=why)


def current_stage(u: Unit, edition_id: UUID, kind: StageKind) -> tuple[ContestEdition, Stage]:
    """The running expert stage of an edition, for its secretary (BR-40)."""
    access.require_secretary(u.who)
    edition = found.edition(u.session, edition_id)
    stage = found.stage(edition, kind)
    if stage_of(edition.state) is not kind:
        raise Refused("BR-40", N_("Эксперты назначаются на том этапе, который идёт"), field="stage_kind")
    return edition, stage


def _team(u: Unit, entry_id: UUID, stage: Stage) -> set[UUID]:
    return set(
        u.session.scalars(
            sa.select(Assignment.expert_id).where(
                Assignment.entry_id == entry_id,
                Assignment.stage_id == stage.id,
                Assignment.state.in_(LIVE_ASSIGNMENTS),
            )
        )
    )


def _require_discrepancy(
    u: Unit, edition: ContestEdition, stage: Stage, entry: Entry, team: set[UUID]
) -> None:
    sheets = scored_percents(u.session, stage.id).get(entry.id, [])
    if not stage_score(sheets, edition.policy).lacks_extra:
        raise Refused("BR-49", N_("Расхождения оценок нет, дополнительный эксперт не нужен"), field="kind")
    waiting = u.session.scalar(
        sa.select(Assignment.id).where(
            Assignment.entry_id == entry.id,
            Assignment.stage_id == stage.id,
            Assignment.kind == AssignmentKind.EXTRA,
            Assignment.state.in_(LIVE_ASSIGNMENTS),
        )
    )
    if waiting:
        raise Refused("BR-49", N_("Дополнительный эксперт уже назначен"), field="kind")


def _require_capacity(u: Unit, stage: Stage, expert_id: UUID, max_load: int) -> None:
    load = u.session.scalar(
        sa.select(sa.func.count())
        .select_from(Assignment)
        .where(
            Assignment.stage_id == stage.id,
            Assignment.expert_id == expert_id,
            Assignment.state.in_(LIVE_ASSIGNMENTS),
        )
    )
    if (load or 0) >= max_load:
        raise Refused(
            "BR-43",
            N_("Нагрузка эксперта исчерпана: %(load)s из %(limit)s"),
            field="expert_id",
            load=load,
            limit=max_load,
        )


def in_conflict(conflict: ConflictKind) -> Refused:
    """The refusal of a pair in conflict (BR-41)."""
    return Refused(
        "BR-41",
        N_("Конфликт интересов, эксперт не может быть назначен: %(conflict)s"),
        field="expert_id",
        conflict=label(conflict),
    )


def propose(u: Unit, entry_id: UUID, stage: Stage, expert_id: UUID, kind: AssignmentKind) -> Assignment:
    """Propose an entry to an expert until the end of the stage; whoever calls writes the log (F6)."""
    return u.add(
        Assignment(
            entry_id=entry_id,
            stage_id=stage.id,
            expert_id=expert_id,
            kind=kind,
            state=AssignmentState.PROPOSED,
            due_at=stage.closes_at,
        )
    )
