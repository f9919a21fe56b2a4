"""Small random instances of the assignment problem and an exact reference for them (scipy, HiGHS)."""

from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack

from services.expertise.rules.assignment.instance import FORBIDDEN, FREE, Instance, instance


@st.composite
def instances(
    draw: Any, *, lower: bool = True, caps: bool = True, most: int = 7, need: int = 3, conflicts: bool = True
) -> Instance:
    """An instance of up to ``most`` experts and works, three municipalities, conflicts, bounds and caps."""
    experts, works = draw(st.integers(1, most)), draw(st.integers(1, most))
    coarse, fine = st.integers(0, 4).map(lambda n: n * 2_500), st.integers(0, 10_000)
    score = st.one_of(st.just(FORBIDDEN), coarse, fine) if conflicts else st.one_of(coarse, fine)
    upper = draw(st.lists(st.integers(0 if conflicts else 1, 4), min_size=experts, max_size=experts))
    cap = st.sampled_from([FREE, 0, 1, 1, 2]) if caps else st.just(FREE)
    return instance(
        draw(st.lists(st.lists(score, min_size=works, max_size=works), min_size=experts, max_size=experts)),
        draw(st.lists(st.integers(0, need), min_size=works, max_size=works)),
        upper,
        lower=[min(draw(st.integers(0, 2)), one) if lower else 0 for one in upper],
        base=draw(st.lists(st.integers(0, 3), min_size=experts, max_size=experts)),
        group=draw(st.lists(st.integers(0, 2), min_size=experts, max_size=experts)),
        caps=[[draw(cap) for _ in range(3)] for _ in range(works)],
    )


def exact(problem: Instance, *, partial: bool = False) -> int | None:
    """The greatest total affinity by linear programming; with ``partial`` the greatest number of pairs."""
    expert, work = np.nonzero(problem.affinity != FORBIDDEN)
    size = expert.size
    if not size:
        return 0 if partial or not (problem.need.any() or problem.lower.any()) else None
    at, ones, groups = np.arange(size), np.ones(size), problem.caps.shape[1]
    goal = -ones if partial else -problem.affinity[expert, work].astype(float)
    by_work = csr_matrix((ones, (work, at)), shape=(problem.works, size))
    by_expert = csr_matrix((ones, (expert, at)), shape=(problem.experts, size))
    seats = csr_matrix(
        (ones, (work * groups + problem.group[expert], at)), shape=(problem.works * groups, size)
    )
    top = [by_expert, seats], [problem.upper, problem.caps.ravel()]
    if partial:
        table, limit = vstack([*top[0], by_work]), np.concatenate([*top[1], problem.need])
        found = linprog(goal, A_ub=table, b_ub=limit, bounds=(0, 1), method="highs")
    else:
        table, limit = vstack([*top[0], -by_expert]), np.concatenate([*top[1], -problem.lower])
        found = linprog(
            goal, A_ub=table, b_ub=limit, A_eq=by_work, b_eq=problem.need, bounds=(0, 1), method="highs"
        )
    return None if found.status else round(-found.fun)


def every_plan(problem: Instance) -> list[list[tuple[int, int]]]:
    """All full plans within the bounds, by trying them all."""
    plans: list[list[tuple[int, int]]] = []

    def go(work: int, chosen: list[tuple[int, int]]) -> None:
        if work == problem.works:
            loads = np.bincount([one for one, _ in chosen], minlength=problem.experts) if chosen else 0
            if (loads >= problem.lower).all():
                plans.append(chosen)
            return
        able = [
            one
            for one in range(problem.experts)
            if problem.affinity[one, work] != FORBIDDEN
            and sum(expert == one for expert, _ in chosen) < problem.upper[one]
        ]
        for team in combinations(able, int(problem.need[work])):
            seats = np.bincount(problem.group[list(team)], minlength=problem.caps.shape[1])
            if (seats <= problem.caps[work]).all():
                go(work + 1, [*chosen, *((one, work) for one in team)])

    go(0, [])
    return plans


def broken(problem: Instance, expert: Any, work: Any) -> list[str]:
    """What a plan violates; lower bounds and needs aside."""
    found = []
    if (problem.affinity[expert, work] == FORBIDDEN).any():
        found.append("forbidden")
    if (np.bincount(expert, minlength=problem.experts) > problem.upper).any():
        found.append("upper")
    seats = np.zeros(problem.caps.shape, dtype=int)
    np.add.at(seats, (work, problem.group[expert]), 1)
    if (seats > problem.caps).any():
        found.append("cap")
    if len(set(zip(expert.tolist(), work.tolist(), strict=True))) != expert.size:
        found.append("twice")
    return found
