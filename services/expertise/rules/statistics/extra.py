"""Where one more expert tells most: the expected fall of doubt at the cut-off (F5)."""

from collections.abc import Hashable
from dataclasses import dataclass
from math import erfc, sqrt
from typing import Any

import numpy as np

from services.expertise.rules.statistics.calibration import Part


@dataclass(frozen=True)
class Posterior:
    """What is known of each work, of the noise of a mark and of an unknown expert."""

    works: tuple[Hashable, ...]
    values: tuple[float, ...]
    errors: tuple[float, ...]
    noise: float
    severity_error: float


@dataclass(frozen=True)
class Doubt:
    """A work near the cut-off: P(top k), its doubt P·(1−P) and what one more mark is expected to leave of it."""

    work: Any
    chance: float
    doubt: float
    left: float

    @property
    def drop(self) -> float:
        """The expected fall."""
        return self.doubt - self.left


def posterior(part: Part) -> Posterior | None:
    """The posterior that F5 buys marks by; None where noise is not known."""
    if part.equations is None or part.variances is None or part.errors is None or part.variances.work <= 0:
        return None
    top, works = part.equations.solution
    severity = float(np.mean([one.error for one in part.severities])) if part.severities else 0.0
    return Posterior(
        works=part.marks.works,
        values=tuple((top[0] + works).tolist()),
        errors=tuple(part.errors.tolist()),
        noise=part.variances.noise,
        severity_error=severity,
    )


def doubts(known: Posterior, k: int) -> list[Doubt]:
    """Works by the expected drop of P·(1−P), the largest first.

    One more independent mark: σ_new² = 1 / (1/σ_θ² + 1/(σ² + SE_e²)); before it is seen, the new mean is spread
    around the old one with variance σ_θ² − σ_new². The cut-off lies midway between places k and k + 1.
    """
    if not 0 < k < len(known.works):
        return []
    ranked = sorted(known.values, reverse=True)
    cut = (ranked[k - 1] + ranked[k]) / 2
    nodes, weights = np.polynomial.hermite_e.hermegauss(21)
    found = []
    for work, value, error in zip(known.works, known.values, known.errors, strict=True):
        now = _above((value - cut) / error)
        new = 1 / (1 / error**2 + 1 / (known.noise + known.severity_error**2))
        moves = (value - cut + nodes * sqrt(error**2 - new)) / sqrt(new)
        after = np.array([_above(move) for move in moves])
        left = float(weights @ (after * (1 - after)) / weights.sum())
        found.append(Doubt(work, now, now * (1 - now), left))
    return sorted(found, key=lambda one: -one.drop)


def _above(deviate: float) -> float:
    return 0.5 * erfc(-deviate / sqrt(2))
