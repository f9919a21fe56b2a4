"""A plan whose works and experts hang together, so that severity can be compared across them (F1, F2).

Two parts of the graph are joined by an exchange: two experts of different parts swap works. Loads stay as they are,
conflicts and caps are kept, and of all exchanges that join the parts the one that loses the least affinity is made.
"""

from dataclasses import dataclass

import numpy as np

from services.expertise.rules.assignment.instance import FORBIDDEN, Instance, Ints

#: How many of the cheapest exchanges are tried for each pair of parts.
TRIED = 400


@dataclass(frozen=True)
class Connected:
    """The plan after the exchanges: how many parts there were and are, how many swaps, what they lost."""

    expert: Ints
    work: Ints
    before: int
    after: int
    swaps: int
    lost: int


def parts(problem: Instance, expert: Ints, work: Ints, kept: tuple[Ints, Ints]) -> Ints:
    """The part to which each expert, then each work, belongs; whoever has nothing to do belongs to none (-1)."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    every = np.concatenate((expert, kept[0])), np.concatenate((work, kept[1])) + problem.experts
    size = problem.experts + problem.works
    graph = csr_matrix((np.ones(every[0].size, dtype=np.int8), every), shape=(size, size))
    labels: Ints = connected_components(graph, directed=False)[1].astype(np.int32)
    touched = np.zeros(size, dtype=bool)
    touched[every[0]] = touched[every[1]] = True
    labels[~touched] = -1
    found, numbered = np.unique(labels[touched], return_inverse=True)
    del found
    labels[touched] = numbered
    return labels


def connect(
    problem: Instance, expert: Ints, work: Ints, kept: tuple[Ints, Ints] | None = None, *, floor: Ints | None = None
) -> Connected:
    """Join the parts of a plan by exchanges that lose as little affinity as possible (F1, goal 5).

    ``floor[w]`` is the affinity under which the new experts of a work may not fall (a fair plan stays fair).
    """
    none = np.zeros(0, dtype=np.int32)
    kept = kept or (none, none)
    expert, work = expert.copy(), work.copy()
    labels = parts(problem, expert, work, kept)
    before = after = int(labels.max(initial=-1)) + 1
    swaps = lost = 0
    while after > 1:
        swap = _cheapest(problem, expert, work, kept, labels, floor)
        if swap is None:
            break
        one, other, loss = swap
        expert[one], expert[other] = expert[other], expert[one]
        swaps, lost = swaps + 1, lost + loss
        labels = parts(problem, expert, work, kept)
        after = int(labels.max()) + 1
    return Connected(expert, work, before, after, swaps, lost)


def _cheapest(
    problem: Instance, expert: Ints, work: Ints, kept: tuple[Ints, Ints], labels: Ints, floor: Ints | None
) -> tuple[int, int, int] | None:
    """The cheapest exchange that leaves fewer parts; looked for from the smallest part on."""
    part = labels[expert]
    sizes = np.bincount(part, minlength=int(labels.max()) + 1)
    held = np.bincount(
        np.concatenate((work, kept[1])).astype(np.int64) * problem.caps.shape[1]
        + problem.group[np.concatenate((expert, kept[0]))],
        minlength=problem.caps.size,
    ).reshape(problem.caps.shape) - np.bincount(
        kept[1].astype(np.int64) * problem.caps.shape[1] + problem.group[kept[0]], minlength=problem.caps.size
    ).reshape(problem.caps.shape)
    sums = np.zeros(problem.works, dtype=np.int64)
    np.add.at(sums, work, problem.affinity[expert, work])
    for small in np.argsort(sizes, kind="stable"):
        mine, others = np.flatnonzero(part == small), np.flatnonzero(part != small)
        if not mine.size or not others.size:
            continue
        mine = mine[:2_000]
        e1, w1 = expert[mine][:, None], work[mine][:, None]
        e2, w2 = expert[others][None, :], work[others][None, :]
        a12, a21 = problem.affinity[e1, w2].astype(np.int64), problem.affinity[e2, w1].astype(np.int64)
        own1, own2 = problem.affinity[e1, w1].astype(np.int64), problem.affinity[e2, w2].astype(np.int64)
        good = (a12 != FORBIDDEN) & (a21 != FORBIDDEN)
        g1, g2 = problem.group[e1], problem.group[e2]
        good &= (g1 == g2) | (
            (held[w1, g2] < problem.caps[w1, g2]) & (held[w2, g1] < problem.caps[w2, g1])
        )
        if floor is not None:
            good &= (sums[w1] - own1 + a21 >= floor[w1]) & (sums[w2] - own2 + a12 >= floor[w2])
        loss = np.where(good, own1 + own2 - a12 - a21, np.iinfo(np.int64).max).ravel()
        for place in np.argsort(loss, kind="stable")[:TRIED]:
            if not good.ravel()[place]:
                break
            one, other = int(mine[place // others.size]), int(others[place % others.size])
            swapped = expert.copy()
            swapped[one], swapped[other] = expert[other], expert[one]
            if int(parts(problem, swapped, work, kept).max()) < int(labels.max()):
                return one, other, int(loss[place])
    return None
