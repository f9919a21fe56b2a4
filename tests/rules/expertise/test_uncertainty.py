"""Places with uncertainty and the next mark to buy (F4, F5)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.expertise.rules.statistics.calibration import Part, calibrate
from services.expertise.rules.statistics.equations import Equations
from services.expertise.rules.statistics.extra import Posterior, doubts, posterior
from services.expertise.rules.statistics.marks import read_marks
from services.expertise.rules.statistics.uncertainty import (
    draw_places,
    first_works,
    influences,
    neighbours,
    posterior_draws,
    tie_zone,
)
from tests.rules.expertise.juries import jury, order_of

quick = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 10_000)


def part_of(seed: int = 1, **more: float) -> Part:
    return calibrate(jury(seed, **more)).parts[0]  # type: ignore[arg-type]


@quick
@given(seeds)
def test_probabilities_add_up(seed: int) -> None:
    places = draw_places(part_of(seed), seed=5, draws=400)
    assert places is not None
    works = places.drawn.shape[1]
    table = np.array([places.at_place(place) for place in range(1, works + 1)])
    np.testing.assert_allclose(table.sum(axis=0), 1)
    np.testing.assert_allclose(table.sum(axis=1), 1)
    np.testing.assert_allclose(table[:6].sum(axis=0), places.among_first(6))
    assert places.among_first(6).sum() == pytest.approx(6)
    assert places.beats(0, 1) + places.beats(1, 0) == pytest.approx(1)


def test_the_same_seed_gives_the_same_places() -> None:
    part = part_of()
    one, again, other = (draw_places(part, seed=seed, draws=200) for seed in (1, 1, 2))
    assert one is not None
    assert again is not None
    assert other is not None
    assert np.array_equal(one.drawn, again.drawn)
    assert not np.array_equal(one.drawn, other.drawn)


def test_draws_have_the_covariance_of_the_equations() -> None:
    """Draws through the space of experts against the whole inverse of a small jury."""
    marks = read_marks(jury(3, works=8, experts=5))
    equations = Equations(marks, 0.4, 0.8)
    works, experts, rows = len(marks.works), len(marks.experts), np.arange(len(marks))
    design = np.zeros((len(marks), 1 + works + experts))
    design[:, 0] = 1
    design[rows, 1 + marks.work] = 1
    design[rows, 1 + works + marks.expert] = 1
    whole = np.linalg.inv(design.T @ design + np.diag([0.0] + [0.4] * works + [0.8] * experts))
    draws = posterior_draws(equations, 4.0, 60_000, np.random.default_rng(1))
    np.testing.assert_allclose(draws.mean(axis=0), equations.solution[1], atol=0.05)
    np.testing.assert_allclose(np.cov(draws.T), 4 * whole[1 : works + 1, 1 : works + 1], atol=0.06)


def test_intervals_hold_the_middle_of_the_draws() -> None:
    places = draw_places(part_of(), seed=1)
    assert places is not None
    low, high = places.interval()
    inside = (places.drawn >= low) & (places.drawn <= high)
    assert inside.mean(axis=0).min() >= 0.9
    assert ((places.drawn < low).mean(axis=0) <= 0.05).all()
    assert ((places.drawn > high).mean(axis=0) <= 0.05).all()


def test_more_noise_widens_the_intervals() -> None:
    widths = []
    for noise in (1.0, 4.0, 12.0):
        places = draw_places(part_of(2, works=60, experts=15, noise=noise), seed=1)
        assert places is not None
        low, high = places.interval()
        widths.append(float((high - low).mean()))
    assert widths == sorted(widths)
    assert widths[0] < widths[2] / 2


def test_the_tie_zone_lies_around_the_cut_off() -> None:
    part = part_of(works=40)
    places = draw_places(part, seed=1)
    assert places is not None
    chances = places.among_first(6)
    zone = tie_zone(chances)
    order = order_of(part.values)
    assert zone.any()
    assert {bool(zone[work]) for work in order[-10:]} == {False}
    assert chances[order[0]] > 0.9
    assert [bool(one) for one in tie_zone(np.array([0.1, 0.11, 0.89, 0.9]))] == [False, True, True, False]
    chain = neighbours(places, order)
    assert len(chain) == len(order) - 1
    assert min(chain) > 0.3


def test_no_draws_without_noise_to_draw_from() -> None:
    same = calibrate([(work, expert, 50.0) for work in range(6) for expert in range(5)]).parts[0]
    assert draw_places(same, seed=1) is None
    level = calibrate([(work, expert, 50.0 + expert) for work in range(6) for expert in range(4)]).parts[0]
    assert draw_places(level, seed=1) is None
    assert posterior(same) is None


@pytest.mark.parametrize(
    ("k", "first"), [(1, {1}), (2, {1, 2, 4}), (3, {1, 2, 4}), (4, {0, 1, 2, 4}), (9, {0, 1, 2, 3, 4})]
)
def test_equal_marks_at_the_cut_off_stand_together(k: int, first: set[int]) -> None:
    assert first_works(np.array([3.0, 9.0, 5.0, 1.0, 5.0]), k) == first


@pytest.mark.parametrize(("severity", "raw"), [(0.0, True), (8.0, False)])
def test_influence_is_that_of_a_jury_without_the_expert(severity: float, raw: bool) -> None:
    """Against means or equations counted anew without the expert, ratios kept (F4)."""
    part = part_of(12, severity=severity)
    found = {one.expert: (set(one.gone), set(one.come)) for one in influences(part, 6)}
    before = {part.marks.works[at] for at in first_works(part.values, 6)}
    assert part.equations is not None
    assert raw is (part.guard is not None)
    for number, expert in enumerate(part.marks.experts):
        left = part.marks.without_expert(number)
        if raw:
            values = left.work_means
        else:
            equations = Equations(left, part.equations.work_ratio, part.equations.expert_ratio)
            values = equations.solution[1]
        after = {left.works[at] for at in first_works(values, 6)}
        assert (before - after, after - before) == found.get(expert, (set(), set()))
    assert found


def test_a_work_that_only_one_expert_marked_goes_with_the_expert() -> None:
    part = calibrate([(1, 1, 9.0), (2, 2, 5.0), (2, 3, 6.0), (3, 2, 4.0), (3, 1, 3.0)]).parts[0]
    (one,) = [one for one in influences(part, 1) if one.expert == 1]
    assert (one.gone, one.come) == ((1,), (2,))


def test_the_next_mark_goes_where_doubt_is() -> None:
    """F5: the surer work gains nothing; of two equal chances the less known one gains more."""
    known = Posterior(("a", "b", "c", "d"), (80.0, 61.0, 59.0, 20.0), (3.0, 3.0, 6.0, 3.0), 16.0, 1.0)
    found = {one.work: one for one in doubts(known, 2)}
    assert found["a"].drop < 0.001
    assert found["c"].drop > found["b"].drop > 0
    assert all(0 <= one.left <= one.doubt + 1e-9 for one in found.values())
    assert next(iter(doubts(known, 2))).work == "c"
    assert doubts(known, 0) == doubts(known, 4) == []


def test_the_posterior_for_extra_marks() -> None:
    known = posterior(part_of(severity=8.0))
    assert known is not None
    assert len(known.works) == len(known.values) == len(known.errors) == 30
    assert known.severity_error > 0
    assert len(doubts(known, 6)) == 30
