"""Prices of experts and works under an optimal flow, and who would improve it: the proof of the optimum (F1).

The prices are shortest distances from S in the residual network. A pair whose affinity does not exceed the difference
of the prices cannot improve the plan; when that is so for every allowed pair, the plan is the optimum over all of them.
"""

from dataclasses import dataclass

import numpy as np

from services.expertise.rules.assignment.instance import FORBIDDEN, Flags, Instance, Ints, Longs

FAR = np.int64(1) << 60


@dataclass(frozen=True)
class Prices:
    """Distances of experts, of works and of seats ``[work, municipality]`` from S."""

    expert: Longs
    work: Longs
    seat: Longs


def prices(
    problem: Instance,
    *,
    codes: Longs,
    used: Flags,
    cost: Longs,
    idle: Ints,
    spread: int,
    dear: int,
) -> Prices:
    """Shortest distances from S along arcs that still have room (Bellman and Ford, on arrays)."""
    experts, works, groups = problem.experts, problem.works, problem.caps.shape[1]
    expert, work = np.divmod(codes, works)
    seat = work * groups + problem.group[expert]
    taken = np.bincount(seat[used], minlength=works * groups)
    full = taken >= np.minimum(problem.caps, problem.need[:, None]).ravel()
    full &= (problem.caps < problem.need[:, None]).ravel()
    full_seats, place = np.unique(seat[used & full[seat]], return_inverse=True)
    number = np.full(works * groups, -1, dtype=np.int64)
    number[full_seats] = np.arange(full_seats.size)

    # Nodes: experts, works, full seats. A seat with room is one with its work.
    target = np.where(full[seat], works + number[seat], work)
    forward = ~used & (target >= 0)
    down = _Arcs(expert[forward], target[forward], cost[forward], works + full_seats.size)
    behind = used & full[seat]
    tails = np.concatenate((work[used], works + place))
    heads = np.concatenate((expert[used], expert[behind]))
    back = np.concatenate((-cost[used], -cost[behind]))
    up = _Arcs(tails, heads, back, experts)

    load = np.bincount(expert[used], minlength=experts)
    sent = load + idle
    at_expert = np.where(sent < problem.upper, spread * (2 * (problem.base + sent).astype(np.int64) + 1), FAR)
    at_expert = np.where(idle > 0, np.minimum(at_expert, -dear), at_expert)
    at_work = np.full(works + full_seats.size, FAR)
    at_work[:works] = dear  # what a work costs that is not covered at all, and the most any other may cost
    while True:
        before = at_expert.copy()
        down.relax(at_expert, at_work)
        up.relax(at_work, at_expert)
        if np.array_equal(before, at_expert):
            break
    return Prices(at_expert, at_work[:works], _seats(problem, at_work, full, full_seats, up, at_expert, works, groups))


def _seats(
    problem: Instance,
    at_work: Longs,
    full: Flags,
    full_seats: Longs,
    up: "_Arcs",
    at_expert: Longs,
    works: int,
    groups: int,
) -> Longs:
    """What a seat costs: as its work where there is room, as its holder where there is none."""
    result = np.repeat(at_work[:works], groups)
    if full_seats.size:
        behind = up.tail >= works
        held = np.full(full_seats.size, -FAR)
        np.maximum.at(held, up.tail[behind] - works, at_expert[up.head[behind]] - up.cost[behind])
        result[full_seats] = held
    return result.reshape(works, groups)


def bound(problem: Instance, paid: Prices) -> int:
    """What no plan can exceed: the dual value of the prices over all allowed pairs (affinity alone, full coverage).

    Weak duality makes it a bound whatever the prices are; where it equals the affinity of a plan, that plan is optimal.
    """
    able = problem.upper > 0
    room = (problem.upper - problem.lower).astype(np.int64)
    value = int((np.maximum(paid.expert, 0) * room)[able].sum())
    value += int((paid.expert * problem.lower)[able].sum())
    value -= int((paid.work * problem.need).sum())
    value += int((np.maximum(paid.work[:, None] - paid.seat, 0) * problem.caps).sum())
    block = max(1, 2_000_000 // max(problem.experts, 1))
    for start in range(0, problem.works, block):
        part = slice(start, min(start + block, problem.works))
        gain = problem.affinity[able, part] - paid.expert[able, None] + paid.seat[part].T[problem.group[able]]
        allowed = (problem.affinity[able, part] != FORBIDDEN) & (problem.need[part] > 0)
        allowed &= (problem.caps[part].T > 0)[problem.group[able]]
        value += int(np.maximum(gain, 0)[allowed].sum())
    return value


class _Arcs:
    """Arcs sorted by their heads, so that the least offer of each head is found at once."""

    def __init__(self, tail: Longs, head: Longs, cost: Longs, heads: int) -> None:
        order = np.argsort(head, kind="stable")
        self.tail, self.head, self.cost = tail[order], head[order], cost[order]
        counts = np.bincount(head, minlength=heads)
        self.present = np.flatnonzero(counts)
        self.starts = (np.cumsum(counts) - counts)[self.present]

    def relax(self, source: Longs, sink: Longs) -> None:
        """Let every head take the least offer of its tails."""
        if self.tail.size:
            offers = np.minimum.reduceat(source[self.tail] + self.cost, self.starts)
            sink[self.present] = np.minimum(sink[self.present], offers)


def improving(problem: Instance, outside: Flags, paid: Prices, scale: int, *, more: int) -> Longs:
    """Allowed pairs outside the network that could improve the plan, the most promising of each work."""
    found = []
    block = max(1, 2_000_000 // max(problem.experts, 1))
    for start in range(0, problem.works, block):
        part = slice(start, min(start + block, problem.works))
        seat = paid.seat[part].T[problem.group]
        gain = problem.affinity[:, part].astype(np.int64) * scale
        gain -= paid.expert[:, None]
        gain += seat
        gain[~outside[:, part]] = 0
        promising = gain > 0
        crowded = promising.sum(axis=0) > more
        expert, work = np.nonzero(promising & ~crowded)
        found.append(expert * problem.works + (work + start))
        for column in np.flatnonzero(crowded):
            best = np.argpartition(-gain[:, column], more)[:more]
            found.append(best * problem.works + (column + start))
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
