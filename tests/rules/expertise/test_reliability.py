"""The jury reliability panel (F3): published examples and what must hold for any marks."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.expertise.rules.statistics.calibration import calibrate
from services.expertise.rules.statistics.habits import (
    Habits,
    deviations,
    difficulties,
    habits,
    halo,
    identical,
    range_used,
    residual_squares,
)
from services.expertise.rules.statistics.icc import intraclass
from services.expertise.rules.statistics.reliability import kendall, krippendorff, light
from services.expertise.rules.statistics.terms import Fit, Form, Light, Scale
from tests.rules.expertise.juries import jury

N = None
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
UNITS = [list(unit) for unit in zip(*OBSERVERS, strict=True)]
JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
tables = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=4, max_size=4), min_size=2, max_size=10
)


@pytest.mark.parametrize(
    ("scale", "alpha"),
    [(Scale.NOMINAL, 0.743), (Scale.ORDINAL, 0.815), (Scale.INTERVAL, 0.849), (Scale.RATIO, 0.797)],
)
def test_alpha_of_the_published_example(scale: Scale, alpha: float) -> None:
    found = krippendorff(UNITS, scale)
    assert found is not None
    assert round(found, 3) == alpha


def by_definition(units: list[list[int | None]], scale: Scale) -> float | None:
    """α from the matrix of coincidences, as Krippendorff writes it."""
    values = sorted({mark for unit in units for mark in unit if mark is not None})
    together = np.zeros((len(values), len(values)))
    for unit in units:
        marks = [values.index(mark) for mark in unit if mark is not None]
        for at, one in enumerate(marks):
            for beside, other in enumerate(marks):
                if at != beside:
                    together[one, other] += 1 / (len(marks) - 1)
    counts = together.sum(axis=0)
    total = counts.sum()
    observed = expected = 0.0
    for one in range(len(values)):
        for other in range(len(values)):
            a, b = values[one], values[other]
            low, high = min(one, other), max(one, other)
            distance = {
                Scale.NOMINAL: float(a != b),
                Scale.ORDINAL: (counts[low : high + 1].sum() - (counts[low] + counts[high]) / 2) ** 2,
                Scale.INTERVAL: float((a - b) ** 2),
                Scale.RATIO: ((a - b) / (a + b)) ** 2 if a != b else 0.0,
            }[scale]
            observed += together[one, other] * distance
            expected += counts[one] * counts[other] * distance
    return None if not expected else 1 - (total - 1) * observed / expected


@settings(max_examples=80, deadline=None)
@given(tables, st.sampled_from(list(Scale)))
def test_alpha_follows_its_definition(units: list[list[int | None]], scale: Scale) -> None:
    expected = by_definition(units, scale)
    found = krippendorff(units, scale)
    assert (found is None) == (expected is None)
    if found is not None:
        assert found == pytest.approx(expected, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(tables, st.sampled_from(list(Scale)), st.permutations(range(4)))
def test_alpha_does_not_know_observers_by_name(
    units: list[list[int | None]], scale: Scale, names: list[int]
) -> None:
    renamed = [[unit[name] for name in names] for unit in units]
    found = krippendorff(units, scale)
    assert krippendorff(renamed, scale) == (found if found is None else pytest.approx(found, abs=1e-9))


@pytest.mark.parametrize("units", [[], [[1]], [[1, N], [N, 2]], [[2, 2], [2, 2, 2]]])
def test_alpha_is_undefined_and_not_one(units: list[list[int | None]]) -> None:
    """All marks equal, or nothing marked twice: 0/0 (F3)."""
    assert all(krippendorff(units, scale) is None for scale in Scale)
    assert light(None) is Light.UNDEFINED


@pytest.mark.parametrize(
    ("alpha", "said"),
    [(0.8, Light.SOUND), (0.799, Light.TENTATIVE), (0.667, Light.TENTATIVE), (0.666, Light.WEAK), (-0.2, Light.WEAK)],
)
def test_the_traffic_light(alpha: float, said: Light) -> None:
    assert light(alpha) is said


def test_intraclass_of_shrout_and_fleiss() -> None:
    """Values of the article, bounds as R's psych prints them for the same table."""
    found = {one.form: one for one in intraclass(JUDGES)}
    assert {form: round(one.value, 2) for form, one in found.items()} == {
        Form.ONE: 0.17, Form.TWO: 0.29, Form.THREE: 0.71,
        Form.ONE_K: 0.44, Form.TWO_K: 0.62, Form.THREE_K: 0.91,
    }  # fmt: skip
    bounds = {form: (round(one.low, 2), round(one.high, 2)) for form, one in found.items()}
    assert bounds == {
        Form.ONE: (-0.13, 0.72), Form.TWO: (0.02, 0.76), Form.THREE: (0.34, 0.95),
        Form.ONE_K: (-0.88, 0.91), Form.TWO_K: (0.07, 0.93), Form.THREE_K: (0.68, 0.99),
    }  # fmt: skip
    assert (round(found[Form.ONE].f, 1), found[Form.ONE].freedom) == (1.8, (5, 18))
    assert (round(found[Form.TWO].f, 1), found[Form.TWO].freedom) == (11.0, (5, 15))
    assert round(found[Form.TWO].p, 5) == 0.00013


@pytest.mark.parametrize("table", [[], [[1, 2]], [[1], [2]], [[1, 2], [1]], [[3, 3], [3, 3]]])
def test_no_intraclass_of_what_is_not_balanced(table: list[list[int]]) -> None:
    assert intraclass(table) == []


def test_different_experts_in_columns_give_the_first_form_alone() -> None:
    assert [one.form for one in intraclass(JUDGES, crossed=False)] == [Form.ONE, Form.ONE_K]


def test_concordance() -> None:
    """W of equal rankings is 1, of opposite ones 0; ties are corrected; nothing to rank is None."""
    assert kendall([[1, 2, 3], [1, 2, 3]]).w == pytest.approx(1)  # type: ignore[union-attr]
    assert kendall([[1, 2, 3], [3, 2, 1]]).w == pytest.approx(0)  # type: ignore[union-attr]
    assert kendall([[1, 1, 2], [5, 5, 9]]).w == pytest.approx(1)  # type: ignore[union-attr]
    assert kendall([[1, 1], [1, 1]]) is None
    assert kendall([[1, 2]]) is None
    found = kendall(list(zip(*JUDGES, strict=True)))
    assert found is not None
    assert found.w == pytest.approx(0.887, abs=1e-3)
    assert found.p == pytest.approx(0.0033, abs=1e-4)


def test_residuals_are_as_the_model_expects_on_average() -> None:
    squares = list(residual_squares(calibrate(jury(3, works=80, experts=16)).parts[0]).values())
    assert np.mean(squares) == pytest.approx(1, abs=0.15)


def test_a_careless_expert_is_seen() -> None:
    generator = np.random.default_rng(8)
    rows = [(w, e, m + (generator.normal(0, 16) if e == 2 else 0)) for w, e, m in jury(3, works=80, experts=16)]
    squares = residual_squares(calibrate(rows).parts[0])
    assert max(squares, key=lambda one: squares[one]) == 2
    assert Habits(2, 15, None, squares[2], None, None, None).fit is Fit.NOISY


@pytest.mark.parametrize(
    ("residual", "fit"),
    [(None, None), (1.51, Fit.NOISY), (1.5, Fit.USUAL), (0.5, Fit.USUAL), (0.49, Fit.TOO_REGULAR)],
)
def test_flags_of_fit(residual: float | None, fit: Fit | None) -> None:
    assert Habits(1, 4, None, residual, None, None, None).fit is fit


def test_deviation_from_colleagues() -> None:
    part = calibrate([(1, 1, 8.0), (1, 2, 6.0), (2, 1, 5.0), (2, 3, 5.0), (3, 3, 9.0)]).parts[0]
    assert deviations(part) == {1: 1.0, 2: -2.0, 3: 0.0}


def test_how_an_expert_uses_the_scale() -> None:
    scale = [Decimal(value) for value in (0, 1, 2, 3, 4)]
    assert range_used([Decimal(1), Decimal(3)], scale) == 0.5
    assert range_used([], scale) is None
    assert identical([Decimal(1), Decimal("1.0"), Decimal(2), Decimal(3)]) == 0.5
    assert identical([]) is None
    risen = [{"a": Decimal(at), "b": Decimal(2 * at), "c": Decimal(1)} for at in range(4)]
    assert halo(risen) == pytest.approx(1)
    assert halo(risen[:3]) is None
    assert halo([{"a": Decimal(1), "b": Decimal(1)}] * 5) is None
    part = calibrate([(work, expert, float(work)) for work in range(4) for expert in range(2)]).parts[0]
    lines = habits(residual_squares(part), deviations(part), {1: risen, 0: risen}, scale)
    assert [(one.expert, one.sheets, one.residual) for one in lines] == [(0, 4, None), (1, 4, None)]
    assert [one.deviation for one in lines] == [0, 0]


def test_difficulty_of_criteria() -> None:
    sheets = [{"a": Decimal(1), "b": Decimal(2)}, {"a": Decimal(0), "b": Decimal(2)}]
    assert difficulties(sheets) == {"a": 0.75, "b": -0.75}
    assert difficulties([]) == {}
