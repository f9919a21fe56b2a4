"""Expert-severity calibration (F2): golden values, guards and what must hold for any jury."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.expertise.rules.statistics.calibration import best_fit, calibrate, calibrated_at
from services.expertise.rules.statistics.equations import Equations
from services.expertise.rules.statistics.marks import Marks, read_marks
from services.expertise.rules.statistics.terms import Guard, Method
from services.expertise.rules.statistics.variances import without_experts
from tests.rules.expertise.juries import GOLDEN, jury, order_of

quick = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 10_000)


def dense(marks: Marks, work_ratio: float, expert_ratio: float) -> tuple[np.ndarray, np.ndarray]:
    """Design and left side of the whole equations, nothing absorbed: an oracle for small juries."""
    works, experts, rows = len(marks.works), len(marks.experts), np.arange(len(marks))
    design = np.zeros((len(marks), 1 + works + experts))
    design[:, 0] = 1
    design[rows, 1 + marks.work] = 1
    design[rows, 1 + works + marks.expert] = 1
    return design, design.T @ design + np.diag([0.0] + [work_ratio] * works + [expert_ratio] * experts)


def test_golden_marks_to_four_decimals() -> None:
    equations = calibrated_at(read_marks(GOLDEN), 0.5, 1.0)
    top, works = equations.solution
    assert round(float(top[0]), 4) == 6.7947
    assert [round(float(top[0] + one), 4) for one in works] == [7.3874, 6.4808, 7.7837, 8.2308, 5.2123, 5.6731]
    assert [round(float(one), 4) for one in top[1:]] == [0.4105, -1.1544, 1.2855, -0.5415]
    means = equations.marks.work_means
    assert means[2] == means[3] == pytest.approx(8.3333, abs=1e-4)


@quick
@given(seeds, st.floats(0.1, 10), st.floats(0.1, 10))
def test_absorbed_equations_are_the_whole_ones(seed: int, work_ratio: float, expert_ratio: float) -> None:
    marks = read_marks(jury(seed, works=9, experts=5))
    equations = Equations(marks, work_ratio, expert_ratio)
    design, left = dense(marks, work_ratio, expert_ratio)
    inverse, works = np.linalg.inv(left), len(marks.works)
    whole = inverse @ design.T @ marks.value
    top, theta = equations.solution
    np.testing.assert_allclose(np.concatenate([top[:1], theta, top[1:]]), whole, atol=1e-8)
    np.testing.assert_allclose(equations.leverages(), np.diag(design @ inverse @ design.T), atol=1e-9)
    assert equations.work_trace == pytest.approx(np.trace(inverse[1 : works + 1, 1 : works + 1]))
    assert equations.log_determinant == pytest.approx(np.linalg.slogdet(left)[1])
    chosen = np.zeros((works, len(left)))
    chosen[:, 0] = 1
    chosen[np.arange(works), 1 + np.arange(works)] = 1
    np.testing.assert_allclose(equations.work_variances, np.diag(chosen @ inverse @ chosen.T), atol=1e-9)
    against = chosen - chosen.mean(axis=0)
    np.testing.assert_allclose(equations.work_contrasts, np.diag(against @ inverse @ against.T), atol=1e-9)
    juries = np.eye(len(left))[works + 1 :]
    juries = juries - juries.mean(axis=0)
    np.testing.assert_allclose(equations.expert_contrasts, np.diag(juries @ inverse @ juries.T), atol=1e-9)
    gone = np.flatnonzero(marks.expert == 2)
    kept = np.flatnonzero(marks.expert != 2)
    penalty = left - design.T @ design
    refitted = np.linalg.solve(design[kept].T @ design[kept] + penalty, design[kept].T @ marks.value[kept])
    top, theta = equations.without(gone)
    np.testing.assert_allclose(np.concatenate([top[:1], theta, top[1:]]), refitted, atol=1e-7)


@quick
@given(seeds)
def test_effects_add_up_to_nothing(seed: int) -> None:
    top, works = best_fit(read_marks(jury(seed)))[1].solution
    assert abs(float(top[1:].sum())) < 1e-6
    assert abs(float(works.sum())) < 1e-6


@quick
@given(seeds, st.floats(0.05, 20), st.floats(0.05, 20))
def test_a_complete_design_keeps_the_order_of_raw_means(seed: int, work_ratio: float, expert_ratio: float) -> None:
    marks = read_marks(jury(seed, works=8, experts=5, each=5))
    _, works = Equations(marks, work_ratio, expert_ratio).solution
    assert order_of(works) == order_of(marks.work_means)


@quick
@given(seeds, st.randoms())
def test_the_order_of_rows_does_not_matter(seed: int, chance: object) -> None:
    rows = jury(seed)
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = calibrate(rows).parts[0], calibrate(mixed).parts[0]
    assert one.values.tolist() == other.values.tolist()
    assert one.variances == other.variances


@quick
@given(seeds)
def test_without_severity_calibration_is_the_shrunken_raw_mean(seed: int) -> None:
    marks = read_marks(jury(seed))
    top, works = Equations(marks, 0.7, 1e9).solution
    general = marks.value.mean()
    shrunken = general + marks.per_work / (marks.per_work + 0.7) * (marks.work_means - general)
    np.testing.assert_allclose(top[0] + works, shrunken, atol=1e-4)
    none = Equations(marks, 0.7, np.inf).solution
    np.testing.assert_allclose(none[0][0] + none[1], shrunken, atol=1e-6)


@quick
@given(seeds, st.floats(-20, 20))
def test_a_fixed_expert_may_add_a_constant(seed: int, added: float) -> None:
    """λ_expert → 0: adding c to every mark of one expert changes no calibrated difference (F2)."""
    rows = jury(seed)
    moved = [(work, expert, mark + added * (expert == 3)) for work, expert, mark in rows]
    one, other = (Equations(read_marks(marks), 0.5, 1e-7).solution[1] for marks in (rows, moved))
    np.testing.assert_allclose(one - one[0], other - other[0], atol=1e-3)


def test_variances_are_those_of_the_likelihood() -> None:
    """REML of the golden marks, found beforehand by a search over the dense likelihood."""
    variances, _ = best_fit(read_marks(GOLDEN))
    assert variances.noise == pytest.approx(0.128519, abs=1e-5)
    assert variances.work == pytest.approx(1.999646, abs=1e-4)
    assert variances.expert == pytest.approx(1.798009, abs=1e-4)
    assert variances.ratio == pytest.approx(20.120725, abs=1e-4)


@quick
@given(seeds, st.sampled_from([0.0, 0.5, 3.0, 8.0]))
def test_the_found_likelihood_is_the_highest_nearby(seed: int, severity: float) -> None:
    marks = read_marks(jury(seed, severity=severity))
    variances, equations = best_fit(marks)

    def lost(work_ratio: float, expert_ratio: float) -> float:
        near = Equations(marks, work_ratio, expert_ratio)
        found = (len(marks) - 1) * np.log(near.quadratic) + near.log_determinant
        found -= len(marks.works) * np.log(work_ratio)
        return float(found - (len(marks.experts) * np.log(expert_ratio) if near.with_experts else 0))

    best = lost(equations.work_ratio, equations.expert_ratio)
    for factor in (0.9, 1.1):
        assert lost(equations.work_ratio * factor, equations.expert_ratio) >= best - 1e-4
        if variances.expert:
            assert lost(equations.work_ratio, equations.expert_ratio * factor) >= best - 1e-4


def test_severity_is_found_where_it_is() -> None:
    part = calibrate(jury(1, works=60, experts=15, severity=8.0)).parts[0]
    assert part.method is Method.CALIBRATED
    assert part.guard is None
    assert part.variances is not None
    assert part.variances.p < 0.001
    assert part.mu == pytest.approx(60, abs=6)
    truth = np.random.default_rng(1)
    truth.normal(60, 10, 60)
    strictness = truth.normal(0, 1, 15) * 8.0
    found = np.array([one.value for one in part.severities])
    errors = np.array([one.error for one in part.severities])
    assert np.corrcoef(found, strictness)[0, 1] > 0.95
    assert np.all(np.abs(found - (strictness - strictness.mean())) < 5 * errors)


@pytest.mark.parametrize(
    ("rows", "guard"),
    [
        ([(work, expert, 50.0) for work in range(8) for expert in range(5)], Guard.ALL_EQUAL),
        ([(1, 1, 50.0)], Guard.ALL_EQUAL),
        ([(work, 1, 50.0 + work) for work in range(6)], Guard.NOT_REPEATED),
        ([(1, expert, 50.0 + expert) for expert in range(6)], Guard.NOT_REPEATED),
        ([(work, expert, 50.0 + work) for work in range(8) for expert in range(5)], Guard.NOT_REPEATED),
        (jury(2, experts=4), Guard.FEW_EXPERTS),
        (jury(2, works=12, experts=10), Guard.FEW_WORKS),
        (jury(2, severity=0.0), Guard.NO_SEVERITY),
    ],
)
def test_guards_leave_the_raw_mean(rows: list[tuple[int, int, float]], guard: Guard) -> None:
    """Five experts, four works each, severity proved at 0.05; else the raw mean (F2)."""
    (part,) = calibrate(rows).parts
    assert (part.method, part.guard) == (Method.RAW_MEAN, guard)
    assert part.severities == ()
    np.testing.assert_array_equal(part.values, part.marks.work_means)
    assert (part.equations is None) == (guard in (Guard.ALL_EQUAL, Guard.NOT_REPEATED))


def test_marks_without_noise_are_calibrated_nearly_exactly() -> None:
    rows = [(w, e, 50.0 + w + 3 * e) for w in range(12) for e in range(10) if (w + e) % 2]
    calibration = calibrate(rows)
    assert [part.method for part in calibration.parts] == [Method.CALIBRATED] * 2
    for part in calibration.parts:
        assert np.diff(part.values) == pytest.approx([2.0] * 5, abs=0.05)


def test_works_that_only_experts_tell_apart_are_equal() -> None:
    (part,) = calibrate([(work, expert, 50.0 + expert) for work in range(6) for expert in range(6)]).parts
    assert part.values == pytest.approx([52.5] * 6)
    assert [round(one.value, 1) for one in part.severities] == [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]


def test_closed_panels_are_calibrated_apart() -> None:
    """Severities of panels without common experts cannot be told from the panels' quality (F2)."""
    first = [(f"a{work}", f"x{expert}", mark) for work, expert, mark in jury(4, severity=9)]
    second = [(f"b{work}", f"y{expert}", mark) for work, expert, mark in jury(5, works=10, severity=9)]
    calibration = calibrate(second + first)
    assert not calibration.connected
    assert [len(part.marks.works) for part in calibration.parts] == [30, 10]
    alone = calibrate(first).parts[0]
    assert calibration.parts[0].values.tolist() == alone.values.tolist()


def test_nothing_marked() -> None:
    assert calibrate([]).parts == ()
    assert calibrate([]).connected


def test_works_alone_agree_with_analysis_of_variance() -> None:
    """A balanced one-way design: REML is the table of Fisher where it is positive."""
    marks = read_marks(jury(7, severity=0))
    variances, _ = without_experts(marks)
    between = 3 * float(np.var(marks.work_means, ddof=1))
    within = float(((marks.value - marks.work_means[marks.work]) ** 2).sum()) / (len(marks) - len(marks.works))
    assert variances.noise == pytest.approx(within, rel=1e-4)
    assert variances.work == pytest.approx((between - within) / 3, rel=1e-4)
