"""A plan for a whole stage: computed, explained, or shown to be impossible (BR-40, BR-41, BR-43, F1)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.expertise.rules.assignment.certificate import (
    Cut,
    Helps,
    minimum_cut,
    what_helps,
    with_newcomers,
)
from services.expertise.rules.assignment.connection import Connected, connect
from services.expertise.rules.assignment.fairness import Fair, fairest
from services.expertise.rules.assignment.flow import Flow
from services.expertise.rules.assignment.goals import Values, optimum, values
from services.expertise.rules.assignment.instance import FORBIDDEN, Instance, Ints
from services.expertise.rules.assignment.repair import repaired
from services.expertise.rules.assignment.task import Built, Pair, Task, build, variants
from shared.refusal import N_, Refused

#: How many reserve experts are named for an entry.
RESERVE = 3


@dataclass(frozen=True)
class Plan:
    """A computed plan: new pairs and given-up ones as indices of ``built``, what it is worth, the certificate.

    ``best`` are the values of the optimum before parts of the graph were joined; ``proved`` is the proof: how many
    pairs of the network the optimum was found among and after how many rounds no other pair could improve it.
    """

    built: Built
    expert: Ints
    work: Ints
    released: tuple[Ints, Ints]
    newcomers: int
    now: Values
    best: Values
    fair: Fair | None
    connected: Connected | None
    cut: Cut | None
    helps: Helps | None
    rounds: int
    arcs: int

    @property
    def complete(self) -> bool:
        """Whether every entry gets its experts."""
        return self.cut is None

    @property
    def pairs(self) -> list[Pair]:
        """New pairs (entry, expert), forced ones among them; places for newcomers are not among them."""
        built = self.built
        known = self.expert < len(built.experts)
        mine = {
            (built.entries[work].entry_id, built.experts[expert].expert_id)
            for expert, work in zip(self.expert[known].tolist(), self.work[known].tolist(), strict=True)
        }
        return sorted((mine | (built.task.forced - built.task.assigned)) - built.task.movable)

    @property
    def given_up(self) -> list[Pair]:
        """Old pairs that the plan takes back."""
        built = self.built
        return sorted(
            (built.entries[work].entry_id, built.experts[expert].expert_id)
            for expert, work in zip(*(one.tolist() for one in self.released), strict=True)
        )


def plan(task: Task) -> list[Pair]:
    """Every entry gets its experts, loads are even, and the same seed gives the same plan (BR-40, BR-43).

    Refuses when the demand cannot be met and names the entries, how many experts each can get and why.
    """
    made = compute(task, explain=False)
    if made.cut is not None:
        raise shortage(made.built, made.cut)
    return made.pairs


def compute(task: Task, *, explain: bool = True) -> Plan:
    """Compute a plan by the options of the task; an impossible one comes with its certificate (F1)."""
    built, options = build(task), task.options
    problem = built.problem
    if options.newcomers:
        problem = with_newcomers(problem, options.newcomers)
    flow = repaired(problem, *built.old) if options.repair else optimum(problem, options.order)
    if not flow.complete:
        return _impossible(built, problem, flow, explain=explain)
    expert, work = flow.expert, flow.work
    best = values(problem, expert, work, built.given)
    fair = None
    if options.fairness and not options.repair:
        fair = fairest(problem, flow, options.order, given=built.given, seconds=options.seconds)
        expert, work = fair.expert, fair.work
        best = values(problem, expert, work, built.given)
    joined = None
    if options.connect and not options.repair:
        floor = None if fair is None else (fair.worst - built.given).astype(np.int32)
        joined = connect(problem, expert, work, built.kept, floor=floor)
        expert, work = joined.expert, joined.work
    return Plan(
        built=built,
        expert=expert,
        work=work,
        released=_released(built, expert, work),
        newcomers=int((expert >= len(built.experts)).sum()),
        now=values(problem, expert, work, built.given),
        best=best,
        fair=fair,
        connected=joined,
        cut=None,
        helps=None,
        rounds=flow.rounds,
        arcs=flow.arcs,
    )


def _impossible(built: Built, problem: Instance, flow: Flow, *, explain: bool) -> Plan:
    cut = minimum_cut(problem, flow)
    helps = None
    if explain:
        others = {name: build(task).problem for name, task in variants(built.task).items()}
        helps = what_helps(problem, cut, others)
    worth = values(problem, flow.expert, flow.work, built.given)
    return Plan(
        built=built,
        expert=flow.expert,
        work=flow.work,
        released=_released(built, flow.expert, flow.work),
        newcomers=0,
        now=worth,
        best=worth,
        fair=None,
        connected=None,
        cut=cut,
        helps=helps,
        rounds=flow.rounds,
        arcs=flow.arcs,
    )


def _released(built: Built, expert: Ints, work: Ints) -> tuple[Ints, Ints]:
    size = len(built.entries)
    old = built.old[0].astype(np.int64) * size + built.old[1]
    gone = np.setdiff1d(old, expert.astype(np.int64) * size + work)
    return (gone // max(size, 1)).astype(np.int32), (gone % max(size, 1)).astype(np.int32)


def reserve(made: Plan) -> list[Sequence[int]]:
    """For each entry the experts who would step in next: allowed, not yet full, the best fit first (F1)."""
    problem, built = made.built.problem, made.built
    known = made.expert < problem.experts
    expert, work = made.expert[known], made.work[known]
    left = problem.upper - np.bincount(expert, minlength=problem.experts)
    sitting = np.zeros(problem.caps.shape, dtype=np.int32)
    np.add.at(sitting, (work, problem.group[expert]), 1)
    fit = problem.affinity.copy()
    fit[expert, work] = FORBIDDEN
    fit[left <= 0] = FORBIDDEN
    found: list[Sequence[int]] = []
    for number in range(len(built.entries)):
        open_ = np.flatnonzero(
            (fit[:, number] != FORBIDDEN) & (sitting[number] < problem.caps[number])[problem.group]
        )
        order = np.lexsort((open_, -left[open_], -fit[open_, number].astype(np.int32)))
        found.append(open_[order[:RESERVE]].tolist())
    return found


def shortage(built: Built, cut: Cut) -> Refused:
    """The refusal of an impossible plan: entries, how many experts each can get, what stands in the way (BR-40)."""
    problem = built.problem
    if not cut.short.any():
        return Refused(
            "F1",
            N_("Наименьшая нагрузка недостижима: заявок без конфликта не хватает экспертам. Снизьте её."),
            field="least_load",
        )
    full = set(cut.saturated.tolist())
    lines = []
    for work in sorted(np.flatnonzero(cut.short).tolist(), key=lambda one: built.entries[one].label):
        allowed = set(np.flatnonzero(problem.affinity[:, work] != FORBIDDEN).tolist())
        reasons = [f"{kind} {count}" for kind, count in sorted(built.reasons(work).items())]
        if allowed & full or any(problem.upper[one] == 0 for one in allowed):
            reasons.append("MAX_LOAD")
        room = problem.caps[work] < problem.need[work]
        if any(room[problem.group[one]] for one in allowed):
            reasons.append("SAME_MUNICIPALITY")
        got = built.task.min_experts - int(cut.short[work])
        lines.append(f"{built.entries[work].label} ({got}/{built.task.min_experts}: {', '.join(reasons) or '—'})")
    return Refused(
        "BR-40",
        N_("Не хватает экспертов, назначение не сделано. Заявки и что мешает: %(entries)s"),
        entries="; ".join(lines),
    )
