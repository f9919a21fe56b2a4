"""Why a plan is impossible: the minimum cut of the flow, and what would help, each advice really tried (F1)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from services.expertise.rules.assignment.flow import Flow, solve
from services.expertise.rules.assignment.instance import FORBIDDEN, FREE, Flags, Instance, Ints

#: How many single experts are tried when somebody's load could be raised.
TRIED = 12


@dataclass(frozen=True)
class Cut:
    """The minimum cut: ``works`` that cannot all be served, experts who carry all they may, who is ``idle``.

    ``possible`` of ``wanted`` pairs can be made. ``short[w]`` is what a work lacks in one best partial plan.
    ``idle_experts`` cannot reach their lower bounds: together the experts ``bound`` to few works get no more.
    """

    wanted: int
    possible: int
    works: Ints
    saturated: Ints
    short: Ints
    idle_experts: Ints
    bound: Ints
    capped: bool


def minimum_cut(problem: Instance, flow: Flow) -> Cut:
    """The certificate of an incomplete plan; with lower bounds the cut of the circulation (F1)."""
    graph = _Residual(problem, flow)
    works, saturated, capped = graph.behind(flow.short > 0)
    idle = np.flatnonzero(flow.idle).astype(np.int32)
    return Cut(
        wanted=problem.wanted,
        possible=int(flow.expert.size),
        works=works,
        saturated=saturated,
        short=flow.short,
        idle_experts=idle,
        bound=graph.beyond(idle),
        capped=capped,
    )


class _Residual:
    """The network of all allowed pairs under a flow."""

    def __init__(self, problem: Instance, flow: Flow) -> None:
        self.problem, self.flow = problem, flow
        self.free = (problem.affinity != FORBIDDEN) & (problem.upper > 0)[:, None] & (problem.need > 0)
        self.free[flow.expert, flow.work] = False
        counts = np.zeros(problem.caps.shape, dtype=np.int32)
        np.add.at(counts, (flow.work, problem.group[flow.expert]), 1)
        self.roomy = (counts < problem.caps) | (problem.caps >= problem.need[:, None])

    def behind(self, lacking: Flags) -> tuple[Ints, Ints, bool]:
        """Works and experts from which a lacking work could be reached: the sink side of the cut."""
        problem, flow = self.problem, self.flow
        works, experts = lacking.copy(), np.zeros(problem.experts, dtype=bool)
        seats = np.zeros(problem.caps.shape, dtype=bool)
        while True:
            before = int(works.sum() + experts.sum() + seats.sum())
            seats |= works[:, None] & self.roomy
            experts |= (self.free & seats.T[problem.group]).any(axis=1)
            mine = experts[flow.expert]
            seats[flow.work[mine], problem.group[flow.expert[mine]]] = True
            works[flow.work[mine]] = True
            if int(works.sum() + experts.sum() + seats.sum()) == before:
                break
        blocked = self.free[:, works] & ~experts[:, None]
        found = np.flatnonzero(works).astype(np.int32), np.flatnonzero(experts).astype(np.int32)
        return *found, bool((blocked & (problem.caps.T > 0)[problem.group][:, works]).any())

    def beyond(self, idle: Ints) -> Ints:
        """Experts among whom idle ones compete: those reachable from an idle expert."""
        problem, flow = self.problem, self.flow
        experts = np.zeros(problem.experts, dtype=bool)
        experts[idle] = True
        works = np.zeros(problem.works, dtype=bool)
        seats = np.zeros(problem.caps.shape, dtype=bool)
        while True:
            before = int(works.sum() + experts.sum() + seats.sum())
            for one in np.unique(problem.group[experts]):
                members = experts & (problem.group == one)
                seats[:, one] |= self.free[members].any(axis=0)
            works |= (seats & self.roomy).any(axis=1)
            seats |= works[:, None]
            experts[flow.expert[seats[flow.work, problem.group[flow.expert]]]] = True
            if int(works.sum() + experts.sum() + seats.sum()) == before:
                return np.flatnonzero(experts).astype(np.int32)


@dataclass(frozen=True)
class Helps:
    """What would make the plan possible, each found by really solving: None or empty where nothing does.

    ``newcomers`` more experts of other municipalities; ``more_load`` works more for each saturated expert;
    ``single`` an expert and how many works more would do alone; ``variants`` names of other settings.
    """

    newcomers: int | None
    more_load: int | None
    single: tuple[tuple[int, int], ...]
    variants: tuple[str, ...]
    without_lower: bool


def what_helps(problem: Instance, cut: Cut, variants: dict[str, Instance]) -> Helps:
    """Try more experts, more load, other settings; only what has been tried and works is advised (F1)."""
    missing = cut.wanted - cut.possible
    idle = bool(cut.idle_experts.size)
    return Helps(
        newcomers=None
        if idle or not missing
        else least(1, missing, lambda n: solve(with_newcomers(problem, n)).complete),
        more_load=None
        if idle or not cut.saturated.size
        else least(1, missing, partial(_enough, problem, cut.saturated)),
        single=() if idle else _single(problem, cut, missing),
        variants=tuple(name for name, other in variants.items() if solve(other).complete),
        without_lower=idle and solve(problem.relieved()).complete,
    )


def least(low: int, high: int, works: Callable[[int], bool]) -> int | None:
    """The least number from ``low`` to ``high`` with which it works, if it works with ``high``."""
    if high < low or not works(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if works(middle):
            high = middle
        else:
            low = middle + 1
    return low


def with_newcomers(problem: Instance, count: int, load: int | None = None) -> Instance:
    """The problem with more experts, each of a municipality of its own and free of conflicts."""
    each = load or max(int(np.median(problem.upper + problem.base)) if problem.experts else 1, 1)
    width = problem.caps.shape[1]
    more = np.zeros((count, problem.works), dtype=np.int16)
    zeros = np.zeros(count, dtype=np.int32)
    return Instance(
        affinity=np.vstack((problem.affinity, more)),
        need=problem.need,
        lower=np.concatenate((problem.lower, zeros)),
        upper=np.concatenate((problem.upper, np.full(count, each, dtype=np.int32))),
        base=np.concatenate((problem.base, zeros)),
        group=np.concatenate((problem.group, np.arange(width, width + count, dtype=np.int32))),
        caps=np.hstack((problem.caps, np.full((problem.works, count), FREE, dtype=np.int16))),
    )


def _raised(problem: Instance, experts: Ints, more: int) -> Instance:
    upper = problem.upper.copy()
    upper[experts] += more
    return replace(problem, upper=upper)


def _enough(problem: Instance, experts: Ints, more: int) -> bool:
    return solve(_raised(problem, experts, more)).complete


def _single(problem: Instance, cut: Cut, missing: int) -> tuple[tuple[int, int], ...]:
    found = []
    for expert in cut.saturated[:TRIED]:
        more = least(1, missing, partial(_enough, problem, np.array([expert], dtype=np.int32)))
        if more is not None:
            found.append((int(expert), more))
    return tuple(found)
