"""Weight stability of the winner (F20): the closed form against linear programming."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from services.expertise.rules.statistics.weights import intervals, nearest_flip, stability


def test_golden_winner_stands_from_one_third() -> None:
    """v = (.5, .5), A = (9, 6), B = (7, 7): A wins while v1 ≥ 1/3."""
    found = stability([[7, 7], [9, 6]], [1, 1])
    assert found is not None
    assert found.winner == 1
    assert found.intervals[0] == (pytest.approx(1 / 3), 1.0)
    assert found.intervals[1] == (0.0, pytest.approx(2 / 3))
    assert found.flip is not None
    assert found.flip.rival == 0
    assert found.flip.change == pytest.approx(1 / 3)
    assert found.flip.weights == pytest.approx((1 / 3, 2 / 3))


@pytest.mark.parametrize(
    ("means", "weights"), [([], [1]), ([[1, 2]], [1, 1]), ([[1, 3], [3, 1]], [1, 1]), ([[1], [2]], [])]
)
def test_no_single_winner_no_stability(means: list[list[float]], weights: list[float]) -> None:
    assert stability(means, weights) is None


def test_a_winner_in_everything_never_falls() -> None:
    found = stability([[9, 9], [8, 9], [1, 2]], [3, 1])
    assert found is not None
    assert found.flip is None
    assert found.intervals == ((0.0, 1.0), (0.0, 1.0))


def test_one_criterion() -> None:
    found = stability([[9], [8]], [2])
    assert found is not None
    assert found.intervals == ((0.0, 1.0),)


def test_all_weight_on_one_criterion() -> None:
    found = stability([[9, 1, 1], [8, 5, 9]], [1, 0, 0])
    assert found is not None
    assert found.intervals[0] == (pytest.approx(6 / 7), 1.0)


marks = st.lists(st.floats(-5, 5), min_size=4, max_size=4)
shares = st.lists(st.floats(0.05, 1), min_size=4, max_size=4)


@settings(max_examples=60, deadline=None)
@given(marks, shares)
def test_the_nearest_flip_is_that_of_linear_programming(gaps: list[float], weights: list[float]) -> None:
    ahead, share = np.array(gaps), np.array(weights) / sum(weights)
    if ahead @ share <= 0 or ahead.min() > -1e-3:
        return
    change, moved = nearest_flip(ahead, share)
    size = len(ahead)
    solved = linprog(
        np.concatenate([np.zeros(size), np.ones(size)]),
        A_ub=np.block([[np.eye(size), -np.eye(size)], [-np.eye(size), -np.eye(size)], [ahead, np.zeros(size)]]),
        b_ub=np.concatenate([share, -share, [0.0]]),
        A_eq=[[1.0] * size + [0.0] * size],
        b_eq=[1.0],
    )
    assert change == pytest.approx(solved.fun, abs=1e-6)
    assert moved.sum() == pytest.approx(1)
    assert moved.min() >= -1e-12
    assert moved @ ahead == pytest.approx(0, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(marks, min_size=1, max_size=4), shares, st.integers(0, 3), st.floats(0, 1))
def test_within_the_interval_the_winner_stands(
    rows: list[list[float]], weights: list[float], criterion: int, tried: float
) -> None:
    ahead, share = np.array(rows), np.array(weights) / sum(weights)
    if (ahead @ share).min() <= 1e-6:
        return
    low, high = intervals(ahead, share)[criterion]
    moved = share * (1 - tried) / (1 - share[criterion])
    moved[criterion] = tried
    if low + 1e-6 < tried < high - 1e-6:
        assert (ahead @ moved).min() >= -1e-9
    if tried < low - 1e-6 or tried > high + 1e-6:
        assert (ahead @ moved).min() <= 1e-9
