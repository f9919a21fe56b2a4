"""Fairness: the work that fares worst shall fare as well as it can, before the total counts (F1, max-min).

With this goal the problem is no flow any more but a mixed whole-number program, solved by HiGHS within a limit of time;
the gap to the proved bound is told.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from services.expertise.rules.assignment.flow import Flow
from services.expertise.rules.assignment.goals import level_bounds
from services.expertise.rules.assignment.instance import FORBIDDEN, Instance, Ints, Longs
from services.expertise.rules.vocabulary import LoadOrder

#: Relative gaps at which the two solutions may stop when they are given little time.
GAP = 1e-6


@dataclass(frozen=True)
class Fair:
    """A fair plan: the affinity of its worst work, what has been proved about it, whether time ran out."""

    expert: Ints
    work: Ints
    worst: int
    bound: int
    finished: bool


def fairest(
    problem: Instance,
    start: Flow,
    order: LoadOrder,
    *,
    given: Ints | None = None,
    seconds: float = 60.0,
) -> Fair:
    """Maximise the worst work's affinity, then the total, at full coverage; EVEN keeps the loads of ``start`` even.

    ``start`` is the optimum without fairness: it proves that a plan exists and, under EVEN, how even loads can be.
    """
    even = order is LoadOrder.EVEN
    low, high = level_bounds(problem)
    loads = start.loads(problem.experts)
    if even and ((loads >= low) & (loads <= high)).all():
        problem, even = problem.bounded(low, high), False  # even loads are mere bounds here
    model = _Program(problem, start, even, np.zeros(problem.works, dtype=np.int32) if given is None else given)
    worst = model.worst_of(start.expert, start.work)
    if worst >= model.ceiling:
        return Fair(start.expert, start.work, worst, worst, True)  # nobody could do better by the worst work
    first = model.solve(None, seconds)
    if first is None:
        return Fair(start.expert, start.work, worst, model.ceiling, False)
    expert, work, bound, finished = first
    worst = model.worst_of(expert, work)
    second = model.solve(worst, seconds)
    if second is not None:
        expert, work, _, also = second
        finished = finished and also
    return Fair(expert, work, model.worst_of(expert, work), max(bound, worst), finished)


class _Program:
    """Variables: a pair is taken (whole), steps of load (EVEN), the affinity of the worst work."""

    def __init__(self, problem: Instance, start: Flow, even: bool, given: Ints) -> None:
        self.problem, self.given = problem, given.astype(np.int64)
        allowed = (problem.affinity != FORBIDDEN) & (problem.upper > 0)[:, None] & (problem.need > 0)
        allowed &= (problem.caps.T > 0)[problem.group]
        self.expert, self.work = np.nonzero(allowed)
        self.affinity = problem.affinity[self.expert, self.work].astype(np.int64)
        self.asked = np.flatnonzero(problem.need > 0)
        best = -np.sort(-np.where(allowed, problem.affinity, 0), axis=0)
        sums = np.concatenate((np.zeros((1, problem.works)), np.cumsum(best, axis=0, dtype=np.int64)))
        most = self.given + sums[np.minimum(problem.need, problem.experts), np.arange(problem.works)]
        self.ceiling = int(most[self.asked].min()) if self.asked.size else 0
        self.even = even
        room = problem.upper.astype(np.int64)
        self.owner = np.repeat(np.arange(problem.experts), room) if self.even else np.zeros(0, dtype=np.int64)
        step = np.arange(self.owner.size) - np.repeat(np.cumsum(room) - room, room) if self.even else self.owner
        self.price = 2 * (problem.base[self.owner] + step + 1).astype(np.int64) - 1
        loads = start.loads(problem.experts).astype(np.int64)
        self.squares = int(((problem.base + loads) ** 2 - problem.base.astype(np.int64) ** 2).sum())

    def worst_of(self, expert: Ints, work: Ints) -> int:
        """The affinity of the work that fares worst."""
        sums = self.given.copy()
        np.add.at(sums, work, self.problem.affinity[expert, work])
        return int(sums[self.asked].min()) if self.asked.size else 0

    def solve(self, floor: int | None, seconds: float) -> tuple[Ints, Ints, int, bool] | None:
        """The worst work as good as possible; with ``floor`` under every work, the total as good as possible."""
        from scipy import optimize, sparse

        problem, pairs, steps = self.problem, self.expert.size, self.owner.size
        size = pairs + steps + 1
        at = np.arange(pairs)
        rows: list[tuple[object, object, object]] = []

        def add(row: Longs, column: Longs, value: Any, count: int, low: object, high: object) -> None:
            table = sparse.csr_matrix((value, (row, column)), shape=(count, size))
            rows.append((table, low, high))

        ones = np.ones(pairs)
        add(self.work, at, ones, problem.works, problem.need, problem.need)
        add(self.expert, at, ones, problem.experts, problem.lower, problem.upper)
        seat = self.work * problem.caps.shape[1] + problem.group[self.expert]
        binding = np.flatnonzero((problem.caps < problem.need[:, None]).ravel())
        place = np.searchsorted(binding, seat)
        capped = np.isin(seat, binding)
        if capped.any():
            add(place[capped], at[capped], ones[capped], binding.size, -np.inf, problem.caps.ravel()[binding])
        if self.even:
            last = pairs + np.arange(steps)
            add(
                np.concatenate((self.expert, self.owner)),
                np.concatenate((at, last)),
                np.concatenate((ones, -np.ones(steps))),
                problem.experts,
                0,
                0,
            )
            add(np.zeros(steps, dtype=np.int64), last, self.price, 1, -np.inf, self.squares)
        worst = np.full(self.asked.size, size - 1)
        number = np.full(problem.works, -1)
        number[self.asked] = np.arange(self.asked.size)
        add(
            np.concatenate((number[self.work], np.arange(self.asked.size))),
            np.concatenate((at, worst)),
            np.concatenate((self.affinity, -np.ones(self.asked.size))),
            self.asked.size,
            -self.given[self.asked],
            np.inf,
        )
        goal = np.zeros(size)
        if floor is None:
            goal[-1] = -1
        else:
            goal[:pairs] = -self.affinity
        low, high = np.zeros(size), np.ones(size)
        low[-1] = 0 if floor is None else floor
        high[-1] = self.ceiling if floor is None else floor
        whole = np.ones(size)
        whole[-1] = 0
        answer = optimize.milp(
            goal,
            integrality=whole,
            bounds=optimize.Bounds(low, high),
            constraints=[optimize.LinearConstraint(*one) for one in rows],
            options={"time_limit": seconds, "mip_rel_gap": GAP},
        )
        if answer.x is None:
            return None
        taken = answer.x[:pairs] > 0.5
        bound = -answer.mip_dual_bound if answer.mip_dual_bound is not None else self.ceiling
        return (
            self.expert[taken].astype(np.int32),
            self.work[taken].astype(np.int32),
            int(np.floor(bound + 1e-6)),
            answer.status == 0,
        )
