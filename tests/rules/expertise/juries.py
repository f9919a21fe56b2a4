"""Juries for the tests of statistics: golden marks and drawn ones."""

from typing import Any

import numpy as np

GOLDEN = [
    ("A", "e1", 8), ("A", "e2", 6), ("A", "e3", 9), ("B", "e1", 7), ("B", "e2", 5), ("B", "e4", 6),
    ("C", "e1", 9), ("C", "e3", 9), ("C", "e4", 7), ("D", "e2", 7), ("D", "e3", 10), ("D", "e4", 8),
    ("E", "e1", 5), ("E", "e3", 7), ("E", "e4", 4), ("F", "e2", 4), ("F", "e1", 6), ("F", "e3", 7),
]  # fmt: skip


def jury(
    seed: int, works: int = 30, experts: int = 10, each: int = 3, *, severity: float = 6.0, noise: float = 4.0
) -> list[tuple[int, int, float]]:
    """Marks of works of quality N(60, 10²), each marked by some experts; the loads are as equal as can be."""
    generator = np.random.default_rng(seed)
    quality = generator.normal(60, 10, works)
    strictness = generator.normal(0, 1, experts) * severity
    rows: list[tuple[int, int, float]] = []
    waiting: list[int] = []
    for work in range(works):
        taken: list[int] = []
        while len(taken) < each:
            if not any(one not in taken for one in waiting):
                waiting += generator.permutation(experts).tolist()
            taken.append(waiting.pop(next(at for at, one in enumerate(waiting) if one not in taken)))
        noises = generator.normal(0, noise, each)
        rows += [
            (work, expert, float(quality[work] + strictness[expert] + noises[turn]))
            for turn, expert in enumerate(taken)
        ]
    return rows


def order_of(values: Any) -> list[int]:
    """Numbers of the works from the best."""
    return [int(one) for one in np.argsort(-np.asarray(values), kind="stable")]
