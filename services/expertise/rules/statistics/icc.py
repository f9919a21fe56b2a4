"""Intraclass correlations of balanced designs with F and confidence intervals (F3; Shrout, Fleiss 1979)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from services.expertise.rules.statistics.terms import Form


@dataclass(frozen=True)
class Intraclass:
    """One coefficient: its F test and the bounds of its confidence interval."""

    form: Form
    value: float
    f: float
    freedom: tuple[int, int]
    p: float
    low: float
    high: float


def intraclass(
    table: Sequence[Sequence[Decimal | float]], *, crossed: bool = True, level: float = 0.95
) -> list[Intraclass]:
    """The coefficients of works (rows) by marks (columns).

    ``crossed``: the same experts stand in the columns; otherwise only ICC(1) and ICC(1,k) have a meaning. Nothing
    is found in a table that is not full, is too small or has no variance to divide by.
    """
    if len(table) < 2 or len({len(row) for row in table}) != 1 or len(table[0]) < 2:
        return []
    marks = np.array([[float(mark) for mark in row] for row in table], dtype=np.float64)
    n, k = marks.shape
    grand = marks.mean()
    between = float(k * ((marks.mean(axis=1) - grand) ** 2).sum()) / (n - 1)
    within = float(((marks - marks.mean(axis=1, keepdims=True)) ** 2).sum())
    judges = float(n * ((marks.mean(axis=0) - grand) ** 2).sum())
    error = (within - judges) / ((n - 1) * (k - 1))
    tail = (1 - level) / 2
    found: list[Intraclass] = []
    within /= n * (k - 1)
    judges /= k - 1
    if within > 1e-12:
        f, freedom = between / within, (n - 1, n * (k - 1))
        value = (between - within) / (between + (k - 1) * within)
        found += _pair(Form.ONE, Form.ONE_K, k, value, f, freedom, _bounds(f, k, freedom, tail))
    if not crossed or error <= 1e-12:
        return found
    f, freedom = between / error, (n - 1, (n - 1) * (k - 1))
    value = (between - error) / (between + (k - 1) * error + k * (judges - error) / n)
    # McGraw and Wong 1996: the degrees of freedom of a mix of judges and error, after Satterthwaite.
    kept = n * (1 + (k - 1) * value) - k * value
    ratio = judges / error
    top = (k - 1) * (n - 1) * (k * value * ratio + kept) ** 2
    mixed = top / ((n - 1) * k**2 * value**2 * ratio**2 + kept**2)
    upper, lower = _quantile(1 - tail, n - 1, mixed), _quantile(1 - tail, mixed, n - 1)
    rest = k * judges + (k * n - k - n) * error
    bounds = (
        n * (between - upper * error) / (upper * rest + n * between),
        n * (lower * between - error) / (rest + n * lower * between),
    )
    found += _pair(Form.TWO, Form.TWO_K, k, value, f, freedom, bounds)
    value = (between - error) / (between + (k - 1) * error)
    found += _pair(Form.THREE, Form.THREE_K, k, value, f, freedom, _bounds(f, k, freedom, tail))
    return found


def _pair(
    single: Form, mean: Form, k: int, value: float, f: float, freedom: tuple[int, int],
    bounds: tuple[float, float],
) -> list[Intraclass]:
    """The coefficient of one mark and, stepped up by Spearman and Brown, of the mean of k."""
    from scipy.special import fdtrc

    p = float(fdtrc(*freedom, f))
    raised = [k * one / (1 + (k - 1) * one) for one in (value, *bounds)]
    return [
        Intraclass(single, value, f, freedom, p, *bounds),
        Intraclass(mean, raised[0], f, freedom, p, raised[1], raised[2]),
    ]


def _bounds(f: float, k: int, freedom: tuple[int, int], tail: float) -> tuple[float, float]:
    low = f / _quantile(1 - tail, *freedom)
    high = f * _quantile(1 - tail, freedom[1], freedom[0])
    return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)


def _quantile(share: float, above: float, below: float) -> float:
    from scipy.special import fdtri

    return float(fdtri(above, below, share))
