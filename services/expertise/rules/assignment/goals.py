"""What a plan strives for, in order: coverage, then even loads or affinity, then the other one (F1, BR-43)."""

from dataclasses import dataclass

import numpy as np

from services.expertise.rules.assignment.flow import Flow, Weights, affinity_of, solve
from services.expertise.rules.assignment.instance import Instance, Ints
from services.expertise.rules.vocabulary import LoadOrder


def optimum(problem: Instance, order: LoadOrder = LoadOrder.EVEN) -> Flow:
    """The exact optimum: coverage first, then the two goals of ``order`` one after the other (F1, BR-43).

    EVEN asks for loads that differ by one at most; where conflicts leave no such plan, for the least sum of squares.
    """
    top = max(int(problem.affinity.max(initial=0)), 1)
    if order is LoadOrder.AFFINITY:
        heaviest = int((problem.base + problem.upper).max(initial=0))
        return solve(problem, Weights(affinity=4 * heaviest + 2, spread=1))
    level = solve(problem.bounded(*level_bounds(problem)))
    if level.complete:
        return level
    return solve(problem, Weights(affinity=1, spread=top * (problem.experts + 2)))


def level_bounds(problem: Instance) -> tuple[Ints, Ints]:
    """Bounds of load that make loads as even as the bounds of the problem allow, conflicts aside (BR-43)."""
    low, high = problem.base + problem.lower, problem.base + problem.upper
    total = int(problem.base.sum()) + problem.wanted
    below, above = 0, int(high.max(initial=0)) + 1
    while above - below > 1:
        middle = (below + above) // 2
        if int(np.clip(middle, low, high).sum()) <= total:
            below = middle
        else:
            above = middle
    return np.clip(below, low, high) - problem.base, np.clip(below + 1, low, high) - problem.base


@dataclass(frozen=True)
class Values:
    """What a plan is worth: total and worst affinity in ten-thousandths, sum of squared loads, who carries what."""

    affinity: int
    worst: int
    squares: int
    least: int
    most: int


def values(problem: Instance, expert: Ints, work: Ints, given: Ints | None = None) -> Values:
    """The objective values of a plan; ``given`` is the affinity that works have from kept assignments."""
    per_work = np.zeros(problem.works, dtype=np.int64) if given is None else given.astype(np.int64)
    np.add.at(per_work, work, problem.affinity[expert, work])
    loads = problem.base + np.bincount(expert, minlength=problem.experts)
    able = problem.base + problem.upper > 0
    busy = loads[able] if able.any() else np.zeros(1, dtype=np.int64)
    return Values(
        affinity=affinity_of(problem, expert, work),
        worst=int(per_work.min()) if per_work.size else 0,
        squares=int((loads.astype(np.int64) ** 2).sum()),
        least=int(busy.min()),
        most=int(busy.max()),
    )
