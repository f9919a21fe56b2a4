"""Variances of works, experts and noise by restricted maximum likelihood, and whether severity is there (F2)."""

from dataclasses import dataclass

import numpy as np

from services.expertise.rules.statistics.equations import Equations
from services.expertise.rules.statistics.marks import Floats, Marks

#: A ratio beyond this is no variance at all.
LARGEST, SMALLEST = 1e7, 1e-7
#: Marks that the model fits without a rest are still taken to have this share of their variance as noise.
LEAST_NOISE = 1e-5
#: A step that would raise the log likelihood by less than half of CLOSE_ENOUGH is the last one.
STEPS, LONGEST_STEP, CLOSE_ENOUGH = 60, 2.5, 1e-6
#: Half of a χ² with one degree of freedom: under no severity the variance lies on its border (Self, Liang 1987).
CRITICAL = 2.705543454095404


@dataclass(frozen=True)
class Variances:
    """σ² of the noise, of the works and of the experts, and how much likelihood the experts bring."""

    noise: float
    work: float
    expert: float
    ratio: float

    @property
    def severity_found(self) -> bool:
        """Whether σ_expert² > 0 by the likelihood-ratio test at 0.05 (F2)."""
        return self.ratio > CRITICAL

    @property
    def p(self) -> float:
        """The probability of such a ratio when experts do not differ."""
        from math import erfc, sqrt

        return 0.5 * erfc(sqrt(self.ratio / 2)) if self.ratio > 0 else 1.0


def without_experts(marks: Marks) -> tuple[Variances, Equations]:
    """Works and noise alone: one unknown ratio, so the likelihood is searched along it."""
    from scipy.optimize import minimize_scalar

    counts, mean = marks.per_work, marks.work_means
    within = float(((marks.value - mean[marks.work]) ** 2).sum())

    def twice_lost(log_ratio: float) -> float:
        ratio = float(np.exp(log_ratio))
        weight = counts * ratio / (counts + ratio)
        centre = float(weight @ mean) / float(weight.sum())
        quadratic = within + float(weight @ (mean - centre) ** 2)
        determinant = np.log((counts + ratio) / ratio).sum() + np.log(weight.sum())
        return float((len(marks) - 1) * np.log(quadratic) + determinant)

    found = minimize_scalar(
        twice_lost, bounds=(np.log(SMALLEST), np.log(LARGEST)), method="bounded", options={"xatol": 1e-7}
    )
    ratio = float(np.exp(found.x))
    if twice_lost(np.log(LARGEST)) <= found.fun + 1e-9:
        ratio = LARGEST
    equations = Equations(marks, ratio, np.inf)
    noise = equations.quadratic / (len(marks) - 1)
    work = noise / ratio if ratio < LARGEST else 0.0
    return Variances(noise, work, 0.0, 0.0), equations


def with_experts(marks: Marks, null: Variances, null_equations: Equations) -> tuple[Variances, Equations]:
    """All three variances by average-information steps on their logarithms, halved when likelihood falls.

    When the likelihood already falls at σ_expert² = 0, experts do not differ and the search is spared.
    """
    if _slope_at_none(null, null_equations) <= 0:
        return null, null_equations
    least = float(np.log(marks.value.var() * LEAST_NOISE))
    at = _inside(np.log(_first_guess(marks, null)), least)
    equations = _equations(marks, at)
    best = _twice_lost(equations, at)
    for _ in range(STEPS):
        slope, information = _scores(equations, np.exp(at))
        free = ~((at <= _lowest(at, least) + 1e-9) & (slope < 0))
        if not free.any():
            break
        information += 1e-9 * np.trace(information) * np.eye(3)
        step = np.zeros(3)
        step[free] = np.linalg.solve(information[np.ix_(free, free)], slope[free])
        step *= min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), 1e-12))
        near = float(slope @ step) < CLOSE_ENOUGH
        for _half in range(12):
            tried = _inside(at + step, least)
            there = _equations(marks, tried)
            lost = _twice_lost(there, tried)
            if lost <= best:
                break
            step /= 2
        else:
            break
        at, best, equations = tried, lost, there
        if near:
            break
    # μ and σ² of the null are profiled; put both on the same scale before comparing.
    null_lost = _twice_lost_profiled(null_equations)
    ratio = max(0.0, null_lost - _twice_lost_profiled(equations))
    noise, _, expert = (float(one) for one in np.exp(at))
    work = noise / equations.work_ratio if equations.work_ratio < LARGEST else 0.0
    return Variances(noise, work, expert, ratio), equations


def _first_guess(marks: Marks, null: Variances) -> Floats:
    """Moments: within works, marks deviate by σ² + σ_expert², and an expert's deviations add up."""
    from scipy import sparse

    size = len(marks.experts)
    counts = sparse.csr_array((1 / np.sqrt(marks.per_work[marks.work]), (marks.work, marks.expert)))
    laplace = sparse.diags_array(marks.per_expert) - counts.T @ counts
    deviations = marks.value - marks.work_means[marks.work]
    sums = np.bincount(marks.expert, weights=deviations, minlength=size)
    first, second = float(laplace.trace()), float(laplace.power(2).sum())
    shares = np.array([[len(marks) - len(marks.works), first], [first, second]])
    squares = np.array([deviations @ deviations, sums @ sums])
    noise, expert = np.linalg.lstsq(shares, squares)[0]
    least = 0.02 * null.noise
    return np.array([max(noise, least), max(null.work, least), max(expert, least)])


def _lowest(at: Floats, least: float) -> Floats:
    """Where each logarithm ends: some noise is left, and works and experts are not smaller than its share."""
    bound = float(np.log(LARGEST))
    return np.array([least, at[0] - bound, at[0] - bound])


def _inside(at: Floats, least: float) -> Floats:
    """Logarithms whose ratios stay within what arithmetic can carry."""
    noise, bound = max(float(at[0]), least), float(np.log(LARGEST))
    return np.array([noise, *np.clip(at[1:], noise - bound, noise + bound)])


def _equations(marks: Marks, at: Floats) -> Equations:
    noise, work, expert = np.exp(at)
    return Equations(marks, float(noise / work), float(noise / expert))


def _twice_lost(equations: Equations, at: Floats) -> float:
    """−2 log restricted likelihood at these variances, up to a constant."""
    freedom = len(equations.marks) - 1
    noise = float(np.exp(at[0]))
    return freedom * float(at[0]) + _determinant(equations) + equations.quadratic / noise


def _twice_lost_profiled(equations: Equations) -> float:
    """The same with the best σ² for these ratios."""
    freedom = len(equations.marks) - 1
    return freedom * (float(np.log(equations.quadratic / freedom)) + 1) + _determinant(equations)


def _determinant(equations: Equations) -> float:
    found = equations.log_determinant - len(equations.marks.works) * float(np.log(equations.work_ratio))
    if equations.with_experts:
        found -= len(equations.marks.experts) * float(np.log(equations.expert_ratio))
    return found


def _scores(equations: Equations, variances: Floats) -> tuple[Floats, Floats]:
    """Slope of the log likelihood along the logarithms of the variances, and its average information."""
    noise, work, expert = (float(one) for one in variances)
    marks, inverse = equations.marks, equations.inverse
    top, works = equations.solution
    severity, residuals = top[1:], equations.residuals
    work_part = len(marks.works) - equations.work_ratio * equations.work_trace
    expert_part = len(marks.experts) - equations.expert_ratio * float(np.trace(inverse[1:, 1:]))
    traces = np.array([len(marks) - 1 - work_part - expert_part, work_part, expert_part])
    squares = np.array(
        [residuals @ residuals / noise, works @ works / work, severity @ severity / expert]
    )
    directions = [residuals, works[marks.work], severity[marks.expert]]
    projected = [one - equations.fitted(*equations.solve(*equations.right_side(one))) for one in directions]
    information = np.array([[one @ other for other in projected] for one in directions]) / noise / 2
    return (squares - traces) / 2, information


def _slope_at_none(null: Variances, equations: Equations) -> float:
    """The slope of the likelihood along σ_expert² at zero: it rises only if experts differ more than noise."""
    from scipy import sparse

    marks, size = equations.marks, len(equations.marks.experts)
    sums = np.bincount(marks.expert, weights=equations.residuals, minlength=size)
    incidence = sparse.csr_array(
        (np.ones(len(marks)), (marks.work, marks.expert)), shape=(len(marks.works), size)
    )
    within = incidence.power(2).T @ (1 / equations.diagonal)
    left = marks.per_expert - incidence.T @ (marks.per_work / equations.diagonal)
    taken = float(within.sum()) + float(left @ left) / equations.pivot
    return float(sums @ sums) / null.noise - (len(marks) - taken)
