"""Repair of a plan: as few assignments change as possible, then the affinity is as great as possible (F1)."""

import numpy as np

from services.expertise.rules.assignment.flow import Flow, Weights, solve
from services.expertise.rules.assignment.instance import Instance, Ints


def repaired(problem: Instance, old_expert: Ints, old_work: Ints) -> Flow:
    """The plan nearest to the old pairs: coverage, then the most old pairs kept, then affinity, then even loads.

    ``problem`` holds what must be planned again, the old pairs that may still move among it.
    """
    heaviest = int((problem.base + problem.upper).max(initial=0))
    affinity = 4 * heaviest + 2
    top = max(int(problem.affinity.max(initial=0)), 1) * affinity
    kept = (top + 1) * (problem.experts + 2) + affinity
    return solve(problem, Weights(affinity=affinity, spread=1, kept=kept), (old_expert, old_work))


def changed(flow: Flow, old_expert: Ints, old_work: Ints, works: int) -> int:
    """How many of the old pairs the plan gives up."""
    old = old_expert.astype(np.int64) * works + old_work
    new = flow.expert.astype(np.int64) * works + flow.work
    return int(np.setdiff1d(old, new).size)
