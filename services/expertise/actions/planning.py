"""Plans of a whole stage: assigned at once, or computed, looked at and then applied (F1, BR-40, BR-43)."""

import zlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.actions.assignments import current_stage, end_assignment, propose
from services.expertise.model import Assignment, AssignmentPlan, AssignmentRun, Stage
from services.expertise.queries import plans
from services.expertise.rules import assignment as rules
from services.expertise.rules.states import ASSIGNMENT
from services.expertise.rules.vocabulary import (
    LIVE_ASSIGNMENTS,
    AssignmentKind,
    AssignmentState,
    LedgerKind,
    PlanState,
    StageKind,
)
from shared import clock
from shared.jobs import Kind, Running, enqueue
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work

PLAN = "assignment.plan"
#: Up to so many pairs a plan is computed while its secretary waits; with fairness up to so many.
INLINE, INLINE_FAIR = 60_000, 600
#: Why an assignment ends that a plan gives up.
REPLANNED = "Назначения пересчитаны по плану"


def assign_experts(
    who: Person, *, edition_id: UUID, stage_kind: StageKind | str, seed: int | None = None
) -> int:
    """Give every entry of the current stage its experts, evenly and without conflicts (BR-40, BR-41, BR-43).

    What is assigned already stays; a second run only fills the gaps. Returns how many were assigned.
    """
    with work(who) as u:
        stage = _stage(u, edition_id, stage_kind)
        seed = _seed(stage, seed)
        pairs = rules.plan(plans.task(u.session, stage, seed))
        _apply(u, stage, seed, pairs)
        return len(pairs)


def propose_plan(
    who: Person,
    *,
    edition_id: UUID,
    stage_kind: StageKind | str,
    seed: int | None = None,
    options: Mapping[str, Any] | None = None,
) -> UUID:
    """Compute a plan to be looked at; nothing is assigned yet. A great one is computed outside the request (F1)."""
    with work(who) as u:
        stage = _stage(u, edition_id, stage_kind)
        wanted = rules.read_options(options or {})
        plan = u.add(
            AssignmentPlan(
                stage_id=stage.id,
                state=PlanState.WAITING,
                seed=_seed(stage, seed),
                options=wanted.as_data(),
                result={},
                inputs="",
                created_by=who.account_id,
            )
        )
        u.session.flush()
        task = plans.task(u.session, stage, plan.seed, wanted)
        size = len(task.entries) * len(task.experts)
        if size > (INLINE_FAIR if wanted.fairness else INLINE):
            enqueue(u, PLAN, {"plan_id": str(plan.id)})
        else:
            _compute(plan, task)
        u.journal("plan.asked", plan, {"options": plan.options, "seed": plan.seed})
        return plan.id


def apply_plan(who: Person, *, plan_id: UUID) -> int:
    """Apply a plan that was looked at, if nothing that it rests on has changed since; gives the number of new pairs."""
    with work(who) as u:
        access.require_secretary(who)
        plan = _plan(u, plan_id)
        stage = _stage(u, plan.stage.edition_id, plan.stage.kind)
        if plan.state is not PlanState.READY:
            raise Refused("F1", N_("Применить можно только готовый план"))
        if plan.result["newcomers"]:
            raise Refused("F1", N_("План рассчитан на экспертов, которых ещё нет: сначала включите их"))
        task = plans.task(u.session, stage, plan.seed, rules.read_options(plan.options))
        if rules.fingerprint(rules.build(task)) != plan.inputs:
            raise Refused("F1", N_("С тех пор изменились заявки, эксперты или назначения. Посчитайте план заново."))
        _release(u, stage, plan.result["released"])
        pairs = [(UUID(one["entry_id"]), UUID(one["expert_id"])) for one in plan.result["pairs"]]
        _apply(u, stage, plan.seed, pairs)
        plan.state, plan.applied_at = PlanState.APPLIED, clock.now()
        u.session.execute(
            sa.update(AssignmentPlan)
            .where(AssignmentPlan.stage_id == stage.id, AssignmentPlan.state == PlanState.READY)
            .where(AssignmentPlan.id != plan.id)
            .values(state=PlanState.STALE)
        )
        u.journal("plan.applied", plan, {"assigned": len(pairs), "released": len(plan.result["released"])})
        return len(pairs)


def _stage(u: Unit, edition_id: UUID, kind: StageKind | str) -> Stage:
    """The running stage, for a secretary who is no expert (model 3.5)."""
    _, stage = current_stage(u, edition_id, StageKind(kind))
    access.require_assigner(u.who, plans.expert_persons(u.session))
    return stage


def _seed(stage: Stage, seed: int | None) -> int:
    return zlib.crc32(f"{stage.edition.title} {stage.kind.value}".encode()) if seed is None else seed


def _plan(u: Unit, plan_id: UUID) -> AssignmentPlan:
    plan = u.session.get(AssignmentPlan, plan_id, with_for_update=True)
    if plan is None:
        raise NotFound(N_("план назначений"))
    return plan


def _compute(plan: AssignmentPlan, task: rules.Task) -> None:
    made = rules.compute(task)
    plan.inputs = rules.fingerprint(made.built)
    plan.result = rules.as_data(made)
    plan.state = PlanState.READY if made.complete else PlanState.IMPOSSIBLE


def _apply(u: Unit, stage: Stage, seed: int, pairs: list[rules.Pair]) -> None:
    made = [propose(u, entry_id, stage, expert_id, AssignmentKind.REGULAR) for entry_id, expert_id in pairs]
    u.session.flush()
    told = [(one.id, {**ledger.assigned(one), "seed": seed}) for one in made]
    ledger.record_many(u, LedgerKind.ASSIGNED, edition_id=stage.edition_id, told=told)
    run = u.add(AssignmentRun(stage_id=stage.id, seed=seed, assigned=len(pairs), made_at=clock.now()))
    u.journal("stage.assigned", run, {"seed": seed, "assigned": len(pairs)})


def _release(u: Unit, stage: Stage, released: list[list[str]]) -> None:
    """Take back what the plan gives up: proposals that nobody has accepted yet."""
    for entry_id, expert_id in released:
        assignment = u.session.scalar(
            sa.select(Assignment).where(
                Assignment.stage_id == stage.id,
                Assignment.entry_id == UUID(entry_id),
                Assignment.expert_id == UUID(expert_id),
                Assignment.state.in_(LIVE_ASSIGNMENTS),
            )
        )
        if assignment is None or assignment.state is not AssignmentState.PROPOSED:
            raise Refused("F1", N_("С тех пор изменились заявки, эксперты или назначения. Посчитайте план заново."))
        end_assignment(u, assignment, ASSIGNMENT.after(assignment.state, "replace"), REPLANNED)


def _run(job: Running) -> None:
    """Compute a waiting plan outside the request; done twice is done once."""
    plan_id = UUID(job.payload["plan_id"])
    who = Person.system("expertise")
    with work(who) as u:
        plan = _plan(u, plan_id)
        if plan.state is not PlanState.WAITING:
            return
        task = plans.task(u.session, plan.stage, plan.seed, rules.read_options(plan.options))
    made = rules.compute(task)
    with work(who) as u:
        plan = _plan(u, plan_id)
        if plan.state is PlanState.WAITING:
            plan.inputs, plan.result = rules.fingerprint(made.built), rules.as_data(made)
            plan.state = PlanState.READY if made.complete else PlanState.IMPOSSIBLE
            u.journal("plan.computed", plan, {"state": plan.state.value})


def _gave_up(u: Unit, payload: Mapping[str, Any]) -> None:
    plan = _plan(u, UUID(payload["plan_id"]))
    if plan.state is PlanState.WAITING:
        plan.state = PlanState.FAILED


JOBS: Mapping[str, Kind] = {PLAN: Kind(_run, _gave_up)}
