"""Places with uncertainty: what a ranking hides (F4).

True marks are drawn from their posterior N(θ̂, Cov). Given μ and the severities, works are independent, so a draw
goes through the small space of experts and no covariance of all works is ever built.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from services.expertise.rules.statistics.calibration import Part
from services.expertise.rules.statistics.equations import Equations
from services.expertise.rules.statistics.marks import Floats
from services.expertise.rules.statistics.terms import Method

DRAWS, CHUNK = 4_000, 250
LIKELY, UNLIKELY = 0.90, 0.10
Places32 = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Places:
    """The places of all works (columns) in all draws (rows)."""

    drawn: Places32

    def interval(self, level: float = 0.90) -> tuple[Places32, Places32]:
        """The places between which each work stands in this share of draws."""
        draws, works = self.drawn.shape
        cut = round(draws * (1 - level) / 2)
        low, high = np.empty(works, dtype=np.int32), np.empty(works, dtype=np.int32)
        for begin in range(0, works, CHUNK):
            some = slice(begin, begin + CHUNK)
            rows = np.sort(np.ascontiguousarray(self.drawn[:, some].T), axis=1)
            low[some], high[some] = rows[:, cut], rows[:, draws - 1 - cut]
        return low, high

    def among_first(self, k: int) -> Floats:
        """P(top k) of each work."""
        return np.asarray((self.drawn <= k).mean(axis=0))

    def at_place(self, place: int) -> Floats:
        """P(place = p) of each work."""
        return np.asarray((self.drawn == place).mean(axis=0))

    def beats(self, one: int, other: int) -> float:
        """P(one work is better than another)."""
        return float((self.drawn[:, one] < self.drawn[:, other]).mean())


def draw_places(part: Part, seed: int, draws: int = DRAWS) -> Places | None:
    """The same seed gives the same places; None where nothing about noise is known (F4)."""
    if part.equations is None or part.variances is None or part.variances.work <= 0:
        return None
    generator = np.random.Generator(np.random.PCG64(seed))
    works = len(part.marks.works)
    places: Places32 = np.empty((draws, works), dtype=np.int32)
    ordinal = np.arange(works, 0, -1, dtype=np.int32)
    for begin in range(0, draws, CHUNK):
        size = min(CHUNK, draws - begin)
        best_last = np.argsort(posterior_draws(part.equations, part.variances.noise, size, generator), axis=1)
        np.put_along_axis(places[begin : begin + size], best_last, ordinal[None, :], axis=1)
    return Places(places)


def posterior_draws(
    equations: Equations, noise: float, size: int, generator: np.random.Generator
) -> npt.NDArray[np.float32]:
    """Draws (rows) of θ: first μ and severities with covariance σ² B⁻¹, then each work by itself."""
    from scipy import linalg

    top, works = equations.solution
    deviation = np.sqrt(noise)
    standard = generator.standard_normal((size, len(top)), dtype=np.float32).T
    head = linalg.blas.strsm(1.0, equations.short_factor, standard, lower=1, trans_a=1, overwrite_b=1)
    shared = equations.taken.astype(np.float32) @ np.ascontiguousarray(head)
    own = generator.standard_normal((len(works), size), dtype=np.float32)
    own *= np.sqrt(1 / equations.diagonal).astype(np.float32)[:, None]
    own -= shared
    own *= np.float32(deviation)
    own += works.astype(np.float32)[:, None]
    return np.ascontiguousarray(own.T)


def tie_zone(chances: Floats) -> npt.NDArray[np.bool_]:
    """Works of which it is not proved on which side of the cut-off they stand: .10 < P(top k) < .90 (F4)."""
    return np.asarray((chances > UNLIKELY) & (chances < LIKELY))


def first_works(values: Floats, k: int) -> frozenset[int]:
    """The works at or above the k-th mark; equal marks at the cut-off stand together."""
    if k >= len(values):
        return frozenset(range(len(values)))
    edge = np.partition(values, len(values) - k)[len(values) - k]
    return frozenset(np.flatnonzero(values >= edge - 1e-9).tolist())


@dataclass(frozen=True)
class Influence:
    """An expert without whom the first k would be others, and who comes and goes then."""

    expert: Any
    gone: tuple[Any, ...]
    come: tuple[Any, ...]


def influences(part: Part, k: int) -> list[Influence]:
    """Leave each expert out in turn, variance ratios kept: whose marks decide who is among the first k (F4)."""
    marks, found = part.marks, []
    before = first_works(part.values, k)
    by_expert = np.argsort(marks.expert, kind="stable")
    edges = np.cumsum(marks.per_expert.astype(np.int64))
    for at, rows in enumerate(np.split(by_expert, edges[:-1])):
        after = first_works(_values_without(part, rows), k)
        if after != before:
            gone, come = (
                tuple(marks.works[work] for work in sorted(difference))
                for difference in (before - after, after - before)
            )
            found.append(Influence(marks.experts[at], gone, come))
    return found


def _values_without(part: Part, rows: npt.NDArray[np.int64]) -> Floats:
    """The printed marks without some marks; a work left with none stands last."""
    marks = part.marks
    left = marks.per_work - np.bincount(marks.work[rows], minlength=len(marks.works))
    if part.method is Method.CALIBRATED and part.equations is not None:
        top, works = part.equations.without(rows)
        values = top[0] + works
    else:
        taken = np.bincount(marks.work[rows], weights=marks.value[rows], minlength=len(marks.works))
        sums = marks.work_means * marks.per_work - taken
        values = np.divide(sums, left, out=np.zeros_like(sums), where=left > 0)
    return np.where(left > 0, values, -np.inf)


def neighbours(places: Places, order: Sequence[int]) -> list[float]:
    """P(a work is better than the next one) down the list."""
    found: list[float] = []
    for begin in range(0, len(order) - 1, CHUNK):
        some = places.drawn[:, order[begin : begin + CHUNK + 1]]
        found += (some[:, :-1] < some[:, 1:]).mean(axis=0).tolist()
    return found
