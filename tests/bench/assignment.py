"""F1, P6: the exact assignment against exact references on the same instances, 3 experts a work, 10 % conflicts.

With municipality caps (one expert of each of 44) and lower bounds (0.8 of the mean load). The references: linear
programming by HiGHS where it can, OR-tools over all pairs otherwise; at 10,000 works the dual bound over all pairs.
"""

import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack

from services.expertise.rules.assignment.flow import Flow, affinity_of, solve
from services.expertise.rules.assignment.goals import optimum
from services.expertise.rules.assignment.instance import FORBIDDEN, FREE, SCALE, Instance, instance
from services.expertise.rules.assignment.prices import bound
from services.expertise.rules.vocabulary import LoadOrder

EACH, PLACES, CONFLICTS = 3, 44, 0.10
SIZES = ((500, 150), (5_000, 1_500), (10_000, 3_000))


def run() -> dict[str, float]:
    """Measure; seconds, ratios, megabytes."""
    result: dict[str, float] = {}
    solve(sample(50, 20))  # loads the solver
    bare, _ = timed(partial(solve, sample(5_000, 1_500, capped=False)), 1)
    for works, experts in SIZES:
        problem = sample(works, experts)
        name = f"assignment {works}×{experts}×{EACH}"
        spent, found = timed(partial(solve, problem), 5 if works < 1_000 else 1)
        assert found.complete
        result |= {
            f"{name}, s": spent,
            f"{name}, objective": worth(problem, found),
            f"{name}, rounds": found.rounds,
            f"{name}, peak memory of the process, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        assert found.prices is not None
        proved = bound(problem, found.prices)
        assert affinity_of(problem, found.expert, found.work) == proved
        result[f"{name}, dual bound over all pairs"] = proved / SCALE
        even, level = timed(partial(optimum, problem, LoadOrder.EVEN), 1)
        loads = level.loads(experts)
        result |= {f"{name}, even loads first, s": even, f"{name}, spread of loads": float(np.ptp(loads))}
        if works == 10_000:
            result["assignment 10,000×3,000 : 5,000×1,500 without caps (P6: ≤ 30)"] = spent / bare
        if works == 500:
            slow, best = timed(partial(by_highs, problem), 1)
            result |= compared(name, "HiGHS LP", worth(problem, found), spent, best, slow)
    for works, experts in SIZES[:2]:
        problem = sample(works, experts)
        name = f"assignment {works}×{experts}×{EACH}"
        slow, best = timed(partial(by_all_pairs, problem), 1)
        mine, spent = result[f"{name}, objective"], result[f"{name}, s"]
        result |= compared(name, "OR-tools over all pairs", mine, spent, best, slow)
    result["assignment, peak memory with the references, MB"] = (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    )
    return result


def compared(name: str, other: str, mine: float, spent: float, best: float, slow: float) -> dict[str, float]:
    """The same optimum, or the measurement is void."""
    assert abs(mine - best) < 1e-6 * max(best, 1), (name, other, mine, best)
    return {f"{name}, {other}, s": slow, f"{name}, {other} : product": slow / spent}


def timed(what: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """The median time and the last answer."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        found = what()
        times.append(time.perf_counter() - begun)
    return statistics.median(times), found


def worth(problem: Instance, found: Flow) -> float:
    return affinity_of(problem, found.expert, found.work) / SCALE


def sample(works: int, experts: int, *, capped: bool = True) -> Instance:
    """A random instance; the same for the same size."""
    chance = np.random.default_rng(works)
    fit = (chance.random((experts, works), dtype=np.float32) * SCALE).astype(np.int16)
    fit[chance.random((experts, works), dtype=np.float32) < CONFLICTS] = FORBIDDEN
    mean = works * EACH / experts
    return instance(
        fit,
        np.full(works, EACH),
        np.full(experts, int(np.ceil(1.5 * mean))),
        lower=np.full(experts, int(0.8 * mean) if capped else 0),
        group=chance.integers(0, PLACES, experts),
        caps=np.full((works, PLACES), 1 if capped else FREE),
    )


def by_highs(problem: Instance) -> float:
    """Linear programming over all pairs."""
    expert, work = np.nonzero(problem.affinity != FORBIDDEN)
    at, ones, groups = np.arange(expert.size), np.ones(expert.size), problem.caps.shape[1]
    by_work = csr_matrix((ones, (work, at)))
    by_expert = csr_matrix((ones, (expert, at)), shape=(problem.experts, expert.size))
    seats = csr_matrix((ones, (work * groups + problem.group[expert], at)), shape=(problem.caps.size, expert.size))
    found = linprog(
        -problem.affinity[expert, work].astype(float),
        A_ub=vstack((by_expert, -by_expert, seats)),
        b_ub=np.concatenate((problem.upper, -problem.lower, problem.caps.ravel())),
        A_eq=by_work,
        b_eq=problem.need,
        bounds=(0, 1),
        method="highs",
    )
    return float(-found.fun) / SCALE


def by_all_pairs(problem: Instance) -> float:
    """The same network with every allowed pair in it at once."""
    expert, work = np.nonzero(problem.affinity != FORBIDDEN)
    experts, works, groups = problem.experts, problem.works, problem.caps.shape[1]
    source, first_work, first_seat = experts, experts + 1, experts + 1 + works
    flow = min_cost_flow.SimpleMinCostFlow()
    seat = work * groups + problem.group[expert]
    cost = problem.affinity[expert, work].astype(np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(expert, first_seat + seat, np.ones_like(expert), -cost)
    every = np.arange(works * groups)
    zero = np.zeros(every.size, dtype=np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(
        first_seat + every, first_work + every // groups, problem.caps.ravel().astype(np.int64), zero
    )
    room = (problem.upper - problem.lower).astype(np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(np.full(experts, source), np.arange(experts), room, np.zeros_like(room))
    flow.set_nodes_supplies(np.arange(experts), problem.lower.astype(np.int64))
    flow.set_node_supply(source, problem.wanted - int(problem.lower.sum()))
    flow.set_nodes_supplies(first_work + np.arange(works), -problem.need.astype(np.int64))
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost() / SCALE
