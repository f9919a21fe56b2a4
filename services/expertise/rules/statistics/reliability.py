"""How far the marks of a jury agree: Krippendorff's α, Kendall's W and the traffic light (F3).

A number is None where it is not defined: when all marks are equal, α is 0/0 and not 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import numpy as np

from services.expertise.rules.statistics.marks import Floats
from services.expertise.rules.statistics.terms import Light, Scale

#: The marks of one unit by observer; None where an observer did not mark it.
Unit: TypeAlias = Sequence[Decimal | float | None]


def light(alpha: float | None) -> Light:
    """Below .667 nothing is awarded without discussion (F3)."""
    if alpha is None:
        return Light.UNDEFINED
    if alpha >= 0.8:
        return Light.SOUND
    return Light.TENTATIVE if alpha >= 0.667 else Light.WEAK


def krippendorff(units: Sequence[Unit], scale: Scale) -> float | None:
    """α = 1 − observed / expected disagreement over units with two marks or more (F3)."""
    paired = [[float(mark) for mark in unit if mark is not None] for unit in units]
    paired = [marks for marks in paired if len(marks) > 1]
    if not paired:
        return None
    sizes = np.array([len(marks) for marks in paired])
    unit = np.repeat(np.arange(len(paired)), sizes)
    values, at, counts = np.unique(
        np.concatenate([np.asarray(marks) for marks in paired]), return_inverse=True, return_counts=True
    )
    if len(values) == 1:
        return None
    total = int(sizes.sum())
    weight = 1 / (sizes - 1)
    match scale:
        case Scale.NOMINAL:
            same = np.unique(unit * len(values) + at, return_counts=True)
            together = np.bincount(same[0] // len(values), weights=same[1] * (same[1] - 1))
            observed = float(weight @ (sizes * (sizes - 1) - together))
            expected = float(total**2 - (counts**2).sum())
        case Scale.RATIO:
            observed = sum(
                float(one * _ratio(marks, marks).sum())
                for one, marks in zip(weight, (np.asarray(row) for row in paired), strict=True)
            )
            expected = sum(
                float(counts[row] * (counts * _ratio(values[row : row + 1], values)[0]).sum())
                for row in range(len(values))
            )
        case _:
            # The ordinal distance between two values is the distance between their middle ranks.
            points = np.cumsum(counts) - counts / 2 if scale is Scale.ORDINAL else values
            points = points - float(points @ counts) / total
            inside, sums = (np.bincount(unit, weights=points[at] ** power) for power in (2, 1))
            observed = float(weight @ (2 * (sizes * inside - sums**2)))
            expected = 2.0 * total * float(counts @ points**2)
    return 1 - (total - 1) * observed / expected if expected > 0 else None


def _ratio(one: Floats, other: Floats) -> Floats:
    """((a − b) / (a + b))² for each pair; equal marks, two zeros too, have no distance."""
    apart, together = one[:, None] - other[None, :], one[:, None] + other[None, :]
    shares: Floats = np.divide(apart, together, out=np.zeros_like(apart), where=apart != 0)
    return shares**2


@dataclass(frozen=True)
class Concordance:
    """Kendall's W of complete rankings with its χ² and probability under no agreement."""

    w: float
    chi_square: float
    p: float


def kendall(marks: Sequence[Sequence[Decimal | float]]) -> Concordance | None:
    """W of judges (rows) who marked all works (columns), corrected for ties (F3)."""
    table = np.array([[float(mark) for mark in row] for row in marks], dtype=np.float64)
    if table.ndim != 2 or table.shape[0] < 2 or table.shape[1] < 2:
        return None
    judges, works = table.shape
    ranks, ties = np.empty_like(table), 0.0
    for row, given in enumerate(table):
        _, at, counts = np.unique(given, return_inverse=True, return_counts=True)
        ranks[row] = (np.cumsum(counts) - (counts - 1) / 2)[at]
        ties += float((counts**3 - counts).sum())
    sums = ranks.sum(axis=0)
    spread = float(((sums - sums.mean()) ** 2).sum())
    most = judges**2 * (works**3 - works) - judges * ties
    if most <= 0:
        return None
    from scipy.special import chdtrc

    w = 12 * spread / most
    chi_square = judges * (works - 1) * w
    return Concordance(w, chi_square, float(chdtrc(works - 1, chi_square)))
