"""Henderson's mixed-model equations of x = μ + θ_work + s_expert + ε with the works absorbed (F2).

The block of the works is diagonal, so they are eliminated exactly and what is left to factor is as large as the
jury: B (μ; s) = right side. With C the incidence of works and experts, n_w the marks of a work and
D = n_w + λ_work:  B = [n, n_e'; n_e, N_e + λ_expert] − G' D⁻¹ G,  G = (n_w, C).
"""

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from services.expertise.rules.statistics.marks import Floats, Marks, Whole, sums_by


class Equations:
    """The equations for one connected set of marks and given ratios λ = σ² / σ_work², σ² / σ_expert².

    An infinite ``expert_ratio`` means that experts do not differ; then only μ stays in B.
    """

    def __init__(self, marks: Marks, work_ratio: float, expert_ratio: float) -> None:
        from scipy import linalg, sparse

        self.marks = marks
        self.work_ratio = work_ratio
        self.expert_ratio = expert_ratio
        self.with_experts = bool(np.isfinite(expert_ratio))
        works = len(marks.works)
        columns = 1 + (len(marks.experts) if self.with_experts else 0)
        row, column, ones = np.arange(works), np.zeros(works, dtype=np.int64), marks.per_work
        if self.with_experts:
            row = np.concatenate([row, marks.work])
            column = np.concatenate([column, 1 + marks.expert])
            ones = np.concatenate([ones, np.ones(len(marks))])
        #: Marks of each work in all and by expert.
        self.cross: Any = sparse.csr_array((ones, (row, column)), shape=(works, columns))
        self.diagonal: Floats = marks.per_work + work_ratio
        #: The same, each work divided by its diagonal.
        self.taken: Any = sparse.csr_array(sparse.diags_array(1 / self.diagonal) @ self.cross)
        reduced: Floats = (self.cross.T @ self.taken).toarray()
        np.negative(reduced, out=reduced)
        reduced[0, 0] += len(marks)
        if self.with_experts:
            reduced[0, 1:] += marks.per_expert
            reduced[1:, 0] += marks.per_expert
            at = np.arange(1, columns)
            reduced[at, at] += marks.per_expert + expert_ratio
        #: What is left of the marks for μ alone.
        self.pivot = float(reduced[0, 0])
        factor, failed = linalg.lapack.dpotrf(reduced.T, lower=1, overwrite_a=1)
        if failed:
            raise np.linalg.LinAlgError("the equations are singular")
        self.factor: Floats = factor

    def solve(self, head: Floats, works: Floats) -> tuple[Floats, Floats]:
        """The solution (μ and severities, works) for any right side."""
        from scipy import linalg

        left = head - self.cross.T @ (works / self.diagonal)
        top, _ = linalg.lapack.dpotrs(self.factor, left, lower=1)
        return top, (works - self.cross @ top) / self.diagonal

    def right_side(self, values: Floats) -> tuple[Floats, Floats]:
        """The sums of these values over all marks, by expert and by work."""
        head = [np.array([values.sum()])]
        if self.with_experts:
            head.append(sums_by(self.marks.expert, values, len(self.marks.experts)))
        return np.concatenate(head), sums_by(self.marks.work, values, len(self.marks.works))

    def fitted(self, top: Floats, works: Floats) -> Floats:
        """μ + θ + s for each mark."""
        severity = top[1 + self.marks.expert] if self.with_experts else 0.0
        return np.asarray(top[0] + works[self.marks.work] + severity)

    @cached_property
    def solution(self) -> tuple[Floats, Floats]:
        """The solution for the marks: (μ; ŝ) and θ̂."""
        return self.solve(*self.right_side(self.marks.value))

    @cached_property
    def residuals(self) -> Floats:
        """What is left of each mark."""
        return self.marks.value - self.fitted(*self.solution)

    @cached_property
    def inverse(self) -> Floats:
        """B⁻¹: the covariance of μ̂ and of the errors of ŝ, in units of σ²."""
        from scipy import linalg

        lower, _ = linalg.lapack.dpotri(self.factor, lower=1)
        full: Floats = lower + lower.T  # what stands above the diagonal of the factor is zero
        np.fill_diagonal(full, lower.diagonal())
        return full

    @cached_property
    def short_factor(self) -> npt.NDArray[np.float32]:
        """The factor in single precision: enough for draws, and twice as fast."""
        return np.asfortranarray(self.factor, dtype=np.float32)

    @cached_property
    def work_variances(self) -> Floats:
        """The variance of μ + θ_work given the marks, for each work, in units of σ²."""
        lines = self._heads(np.zeros(len(self.marks.works), dtype=np.int64)) - self.taken
        return np.asarray(self._forms(lines) + 1 / self.diagonal, dtype=np.float64)

    @cached_property
    def work_contrasts(self) -> Floats:
        """The variance of each work against the mean of all works, in units of σ².

        An error that all works share (how strict this jury is as a whole) changes no place and is not counted.
        """
        works = len(self.marks.works)
        lines = self._heads(np.zeros(works, dtype=np.int64)) - self.taken
        middle = np.asarray(lines.sum(axis=0)).ravel() / works
        carried = self.inverse @ middle
        own = 1 / self.diagonal
        shared = float(middle @ carried) + float(own.sum()) / works**2
        return np.asarray(self.work_variances - 2 * (lines @ carried + own / works) + shared, dtype=np.float64)

    @cached_property
    def expert_contrasts(self) -> Floats:
        """The variance of each expert's severity against the mean of the jury, in units of σ²."""
        block = self.inverse[1:, 1:]
        return np.asarray(np.diag(block) - 2 * block.mean(axis=0) + block.mean(), dtype=np.float64)

    @cached_property
    def work_trace(self) -> float:
        """The trace of the works' block of the inverse of all equations."""
        inner = (self.taken.T @ self.taken).tocoo()
        quadratic = float(np.sum(inner.data * self.inverse[inner.row, inner.col]))
        return quadratic + float(np.sum(1 / self.diagonal))

    @cached_property
    def log_determinant(self) -> float:
        """log det of all equations: of the works' diagonal and of B."""
        return float(np.log(self.diagonal).sum() + 2 * np.log(np.diag(self.factor)).sum())

    @cached_property
    def quadratic(self) -> float:
        """x'Px in units of σ²: the penalised sum of squares at the solution."""
        top, works = self.solution
        held = float(self.residuals @ self.residuals) + self.work_ratio * float(works @ works)
        return held + (self.expert_ratio * float(top[1:] @ top[1:]) if self.with_experts else 0.0)

    def leverages(self) -> Floats:
        """How much each mark takes part in its own fitted value."""
        return self._forms(self.probes(np.arange(len(self.marks)))) + 1 / self.diagonal[self.marks.work]

    def probes(self, rows: Whole) -> Any:
        """One line for each of these marks: what its work does not take of (μ; s)."""
        found = self._heads(np.zeros(len(rows), dtype=np.int64)) - self.taken[self.marks.work[rows]]
        return found + self._heads(1 + self.marks.expert[rows]) if self.with_experts else found

    def _heads(self, columns: Whole) -> Any:
        """Lines with a single one in these columns."""
        from scipy import sparse

        shape = (len(columns), self.cross.shape[1])
        return sparse.csr_array((np.ones(len(columns)), columns, np.arange(len(columns) + 1)), shape=shape)

    def _forms(self, lines: Any) -> Floats:
        """a' B⁻¹ a for each line a, a thousand lines at a time."""
        found: Floats = np.zeros(lines.shape[0])
        for begin in range(0, len(found), 1000):
            some = lines[begin : begin + 1000].tocoo()
            carried = lines[begin : begin + 1000] @ self.inverse
            products = some.data * carried[some.row, some.col]
            found[begin : begin + 1000] = np.bincount(some.row, weights=products, minlength=some.shape[0])
        return found

    def without(self, rows: Whole) -> tuple[Floats, Floats]:
        """The solution as it would be without these marks, ratios kept: no second factoring."""
        top, works = self.solution
        probes, at = self.probes(rows), self.marks.work[rows]
        pulled = probes @ self.inverse
        hat = (probes @ pulled.T).T + (at[:, None] == at[None, :]) / self.diagonal[at][:, None]
        weights = np.linalg.solve(np.eye(len(rows)) - hat, self.residuals[rows])
        head = -(weights @ pulled)
        moved = -(self.cross @ head)
        np.subtract.at(moved, at, weights)
        return top + head, works + moved / self.diagonal
