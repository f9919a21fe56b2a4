"""Assignment of experts: planned for a whole stage or one by one; acceptance, recusal, release."""

import zlib
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import (
    Assignment,
    AssignmentRun,
    ContestEdition,
    Entry,
    Stage,
)
from services.expertise.queries import facts, found, scored_percents
from services.expertise.rules.assignment import Task, plan
from services.expertise.rules.conflicts import ConflictKind, hard_conflict, soft_conflict
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


def assign_experts(
    who: Person, *, edition_id: UUID, stage_kind: StageKind | str, seed: int | None = None
) -> int:
    """Give every entry of the current stage its experts, evenly and without conflicts (BR-40, BR-41, BR-43).

    What is assigned already stays; a second run only fills the gaps. Returns how many were assigned.
    """
    with work(who) as u:
        edition, stage = _current_stage(u, edition_id, StageKind(stage_kind))
        experts = facts.expert_facts(u.session, edition)
        access.require_assigner(who, {expert.person_id for expert in experts.values()})
        entries = u.session.scalars(
            sa.select(Entry)
            .where(Entry.edition_id == edition_id, Entry.state.in_(UNDER_EXPERTISE))
            .order_by(Entry.reg_no)
        ).all()
        if seed is None:
            seed = zlib.crc32(f"{edition.title} {stage.kind.value}".encode())
        pairs = plan(
            Task(
                entries=facts.entry_facts(u.session, edition, entries),
                experts=list(experts.values()),
                contestants=facts.contestants(u.session, edition_id),
                min_experts=stage.min_experts,
                same_municipality=edition.policy.same_municipality,
                assigned=_assigned(u, stage),
                seed=seed,
            )
        )
        made = [_propose(u, entry_id, stage, expert_id, AssignmentKind.REGULAR) for entry_id, expert_id in pairs]
        told = [(one.id, {**ledger.assigned(one), "seed": seed}) for one in made]
        ledger.record_many(u, LedgerKind.ASSIGNED, edition_id=edition.id, told=told)
        run = u.add(AssignmentRun(stage_id=stage.id, seed=seed, assigned=len(pairs), made_at=clock.now()))
        u.journal("stage.assigned", run, {"seed": seed, "assigned": len(pairs)})
        return len(pairs)


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
        edition, stage = _current_stage(u, entry.edition_id, StageKind(stage_kind))
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
        contestants = facts.contestants(u.session, edition.id)
        conflict = hard_conflict(experts[expert_id], fact, contestants)
        if conflict is None and not override_reason:
            colleagues = [experts[one] for one in team if one in experts]
            conflict = soft_conflict(
                experts[expert_id], fact, colleagues, edition.policy.same_municipality, stage.min_experts
            )
        if conflict is not None:
            raise _in_conflict(conflict)
        assignment = _propose(u, entry.id, stage, expert_id, kind)
        assignment.override_reason = override_reason
        ledger.assignment(u, LedgerKind.ASSIGNED, assignment, override=ledger.words(u, edition.id, override_reason))
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
        _end(u, assignment, state, reason)
        u.journal("assignment.recused", assignment)


def release_assignment(who: Person, *, assignment_id: UUID, reason: str) -> None:
    """The secretary takes an unfinished assignment back, to give it to another expert (model 3.3)."""
    with work(who) as u:
        assignment = found.assignment(u.session, assignment_id)
        access.require_assigner(who, {assignment.expert.person_id})
        state = ASSIGNMENT.after(assignment.state, "replace")
        _end(u, assignment, state, reason)
        u.journal("assignment.replaced", assignment, {"reason": reason})


def _own(u: Unit, assignment_id: UUID) -> Assignment:
    assignment = found.assignment(u.session, assignment_id)
    access.require_the_expert(u.who, assignment.expert.person_id)
    if stage_of(assignment.entry.edition.state) is not assignment.stage.kind:
        raise Refused("3.3 Assignment", N_("Этап экспертизы закрыт"))
    return assignment


def _end(u: Unit, assignment: Assignment, state: AssignmentState, reason: str) -> None:
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


def _current_stage(u: Unit, edition_id: UUID, kind: StageKind) -> tuple[ContestEdition, Stage]:
    access.require_secretary(u.who)
    edition = found.edition(u.session, edition_id)
    stage = found.stage(edition, kind)
    if stage_of(edition.state) is not kind:
        raise Refused("BR-40", N_("Эксперты назначаются на том этапе, который идёт"), field="stage_kind")
    return edition, stage


def _assigned(u: Unit, stage: Stage) -> frozenset[tuple[UUID, UUID]]:
    """Who holds which entry in the stage already."""
    rows = u.session.execute(
        sa.select(Assignment.entry_id, Assignment.expert_id).where(
            Assignment.stage_id == stage.id, Assignment.state.in_(LIVE_ASSIGNMENTS)
        )
    )
    return frozenset((entry_id, expert_id) for entry_id, expert_id in rows)


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


def _in_conflict(conflict: ConflictKind) -> Refused:
    return Refused(
        "BR-41",
        N_("Конфликт интересов, эксперт не может быть назначен: %(conflict)s"),
        field="expert_id",
        conflict=label(conflict),
    )


def _propose(u: Unit, entry_id: UUID, stage: Stage, expert_id: UUID, kind: AssignmentKind) -> Assignment:
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
