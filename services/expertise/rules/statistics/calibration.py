"""Expert-severity calibration: an expert's strictness is told from the quality of the works (F2).

The calibrated mark of a work is μ + θ̂; it shrinks to the mean where there is little to go by. It is shown only
where the guards of F2 hold, and it advises: the official place follows the regulations of the contest. Standard
errors are those of comparisons, with the mean of the works and with the mean of the jury.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.expertise.rules.statistics.equations import Equations
from services.expertise.rules.statistics.marks import Floats, Mark, Marks, read_marks
from services.expertise.rules.statistics.terms import Guard, Method
from services.expertise.rules.statistics.variances import Variances, with_experts, without_experts

FEWEST_EXPERTS, FEWEST_WORKS = 5, 4


@dataclass(frozen=True)
class Severity:
    """How far above (+) or below (−) the mean of the jury an expert marks, with its standard error."""

    expert: Any
    value: float
    error: float


@dataclass(frozen=True)
class Part:
    """One connected part: its marks, what was found and what the printed marks rest on.

    ``equations`` carries the posterior of the works; it is absent where nothing about noise can be said.
    """

    marks: Marks
    method: Method
    guard: Guard | None
    values: Floats
    errors: Floats | None
    severities: tuple[Severity, ...]
    variances: Variances | None
    equations: Equations | None

    @property
    def mu(self) -> float | None:
        """The general mean of the model."""
        return float(self.equations.solution[0][0]) if self.equations else None


@dataclass(frozen=True)
class Calibration:
    """All parts of a jury, the largest first."""

    parts: tuple[Part, ...]

    @property
    def connected(self) -> bool:
        """Whether every work can be compared with every other."""
        return len(self.parts) <= 1


def calibrate(rows: Iterable[Mark]) -> Calibration:
    """Calibrate each connected part whose guards hold; the others keep their raw means (F2)."""
    return Calibration(tuple(_part(marks) for marks in read_marks(rows).parts()))


def calibrated_at(marks: Marks, work_ratio: float, expert_ratio: float) -> Equations:
    """The equations with variance ratios that are known beforehand (golden values of F2)."""
    return Equations(marks, work_ratio, expert_ratio)


def best_fit(marks: Marks) -> tuple[Variances, Equations]:
    """Variances by REML and the equations at them, without guards: for simulations and cross-checks."""
    null, equations = without_experts(marks)
    return with_experts(marks, null, equations)


def _part(marks: Marks) -> Part:
    if np.ptp(marks.value) == 0:
        return _raw(marks, Guard.ALL_EQUAL)
    if len(marks.works) < 2 or len(marks) <= len(marks.works) or not _repeats_differ(marks):
        return _raw(marks, Guard.NOT_REPEATED)
    null, plain = without_experts(marks)
    if len(marks.experts) < FEWEST_EXPERTS:
        return _raw(marks, Guard.FEW_EXPERTS, null, plain)
    if marks.per_expert.min() < FEWEST_WORKS:
        return _raw(marks, Guard.FEW_WORKS, null, plain)
    variances, equations = with_experts(marks, null, plain)
    if not variances.severity_found:
        return _raw(marks, Guard.NO_SEVERITY, variances, plain)
    top, works = equations.solution
    spread = np.sqrt(variances.noise * equations.expert_contrasts)
    return Part(
        marks=marks,
        method=Method.CALIBRATED,
        guard=None,
        values=top[0] + works,
        errors=np.sqrt(variances.noise * equations.work_contrasts),
        severities=tuple(
            Severity(expert, float(value), float(error))
            for expert, value, error in zip(marks.experts, top[1:], spread, strict=True)
        ),
        variances=variances,
        equations=equations,
    )


def _raw(
    marks: Marks, guard: Guard, variances: Variances | None = None, equations: Equations | None = None
) -> Part:
    """Raw means; with repeated marks their errors are those of works and noise alone."""
    errors = np.sqrt(variances.noise * equations.work_contrasts) if variances and equations else None
    return Part(marks, Method.RAW_MEAN, guard, marks.work_means, errors, (), variances, equations)


def _repeats_differ(marks: Marks) -> bool:
    """Whether marks of the same work ever differ: without that there is no noise to measure."""
    return bool(np.abs(marks.value - marks.work_means[marks.work]).max() > 1e-9)
