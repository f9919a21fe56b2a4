"""How each expert marks: fit to the model, range used, halo, sameness (F3)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from services.expertise.rules.statistics.calibration import Part
from services.expertise.rules.statistics.terms import Fit

#: A correlation of fewer sheets says nothing.
FEWEST_SHEETS = 4


@dataclass(frozen=True)
class Habits:
    """What the sheets of one expert show."""

    expert: Any
    sheets: int
    deviation: float | None
    residual: float | None
    range_used: float | None
    halo: float | None
    identical: float | None

    @property
    def fit(self) -> Fit | None:
        """More than 1.5 of the expected square is noise, less than 0.5 is too regular (F3)."""
        if self.residual is None:
            return None
        if self.residual > 1.5:
            return Fit.NOISY
        return Fit.TOO_REGULAR if self.residual < 0.5 else Fit.USUAL


def residual_squares(part: Part) -> dict[Any, float]:
    """The mean square of each expert's residuals, each divided by its own variance: 1 is as expected."""
    if part.equations is None or part.variances is None or part.variances.noise <= 0:
        return {}
    freedom = 1 - part.equations.leverages()
    squares = part.equations.residuals**2 / part.variances.noise
    free = np.bincount(part.marks.expert, weights=freedom)
    sums = np.bincount(part.marks.expert, weights=squares)
    return {
        expert: float(sums[at] / free[at]) for at, expert in enumerate(part.marks.experts) if free[at] > 1e-9
    }


def deviations(part: Part) -> dict[Any, float]:
    """How far an expert's marks lie from the mean of the other marks of the same works, on average."""
    marks = part.marks
    counts = marks.per_work[marks.work]
    shared = counts > 1
    others = (marks.work_means[marks.work] * counts - marks.value)[shared] / (counts[shared] - 1)
    sums = np.bincount(
        marks.expert[shared], weights=marks.value[shared] - others, minlength=len(marks.experts)
    )
    seen = np.bincount(marks.expert[shared], minlength=len(marks.experts))
    return {expert: float(sums[at] / seen[at]) for at, expert in enumerate(marks.experts) if seen[at]}


def range_used(scores: Sequence[Decimal], scale: Sequence[Decimal]) -> float | None:
    """Which share of the scale lies between the expert's lowest and highest score."""
    if not scores or scale[-1] == scale[0]:
        return None
    return float((max(scores) - min(scores)) / (scale[-1] - scale[0]))


def identical(scores: Sequence[Decimal]) -> float | None:
    """The share of the score that the expert gives most often."""
    return Counter(scores).most_common(1)[0][1] / len(scores) if scores else None


def halo(sheets: Sequence[Mapping[str, Decimal]]) -> float | None:
    """The mean correlation between criteria over an expert's sheets; None for few sheets or constant criteria."""
    if len(sheets) < FEWEST_SHEETS:
        return None
    codes = sorted(set.intersection(*(set(sheet) for sheet in sheets)))
    columns = [np.array([float(sheet[code]) for sheet in sheets]) for code in codes]
    columns = [column for column in columns if np.ptp(column) > 0]
    if len(columns) < 2:
        return None
    table = np.corrcoef(np.array(columns))
    return float((table.sum() - len(columns)) / (len(columns) * (len(columns) - 1)))


def habits(
    squares: Mapping[Any, float],
    apart: Mapping[Any, float],
    sheets: Mapping[Any, Sequence[Mapping[str, Decimal]]],
    scale: Sequence[Decimal],
) -> list[Habits]:
    """All experts with sheets, in their order; ``squares`` and ``apart`` are those of their part."""
    found = []
    for expert in sorted(sheets):
        own = sheets.get(expert, ())
        scores = [score for sheet in own for score in sheet.values()]
        found.append(
            Habits(
                expert=expert,
                sheets=len(own),
                deviation=apart.get(expert),
                residual=squares.get(expert),
                range_used=range_used(scores, scale),
                halo=halo(own),
                identical=identical(scores),
            )
        )
    return found


def difficulties(sheets: Sequence[Mapping[str, Decimal]]) -> dict[str, float]:
    """How much lower (+) or higher (−) than the mean of all criteria a criterion is marked.

    Every sheet holds every criterion, so the least-squares difficulty d_c of F2 is this difference of means.
    """
    if not sheets:
        return {}
    codes = sorted(set.intersection(*(set(sheet) for sheet in sheets)))
    means = {code: float(np.mean([float(sheet[code]) for sheet in sheets])) for code in codes}
    general = float(np.mean(list(means.values()))) if means else 0.0
    return {code: general - mean for code, mean in means.items()}
