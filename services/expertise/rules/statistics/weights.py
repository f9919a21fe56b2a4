"""How far the weights of criteria may move before another work wins (F20)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.expertise.rules.statistics.marks import Floats


@dataclass(frozen=True)
class Flip:
    """The nearest weights at which a rival draws level with the winner, and their L1 distance."""

    rival: int
    change: float
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Stability:
    """The winner by weighted means, the nearest flip and the interval of each weight alone."""

    winner: int
    shares: tuple[float, ...]
    flip: Flip | None
    intervals: tuple[tuple[float, float], ...]


def stability(means: Sequence[Sequence[float]], weights: Sequence[float]) -> Stability | None:
    """The first work by weighted mean marks over criteria and how firmly it stands (F20).

    None without two works or where the first place is shared: there is no winner to be stable.
    """
    if len(means) < 2 or not weights:
        return None
    table = np.asarray(means, dtype=np.float64)
    shares = np.asarray(weights, dtype=np.float64)
    shares = shares / shares.sum()
    totals = table @ shares
    winner = int(np.argmax(totals))
    rivals = np.delete(np.arange(len(table)), winner)
    if totals[rivals].max() >= totals[winner] - 1e-9:
        return None
    ahead = table[winner] - table[rivals]
    flips = [nearest_flip(gaps, shares) for gaps in ahead]
    known = [(change, at) for at, (change, _) in enumerate(flips) if np.isfinite(change)]
    flip = None
    if known:
        change, at = min(known)
        flip = Flip(int(rivals[at]), change, tuple(float(one) for one in flips[at][1]))
    return Stability(winner, tuple(float(one) for one in shares), flip, intervals(ahead, shares))


def nearest_flip(ahead: Floats, shares: Floats) -> tuple[float, Floats]:
    """The smallest L1 change of weights on the simplex after which one rival is level: closed form.

    Weight goes to the criterion where the rival is strongest and is taken first from where the winner leads most;
    each moved unit costs two in L1. A rival who is nowhere better never wins.
    """
    best = int(np.argmin(ahead))
    if ahead[best] >= 0:
        return float("inf"), shares
    moved, left = shares.copy(), float(ahead @ shares)
    for criterion in np.argsort(-ahead, kind="stable"):
        gain = float(ahead[criterion] - ahead[best])
        if left <= 0 or gain <= 0:
            break
        amount = min(float(shares[criterion]), left / gain)
        moved[criterion] -= amount
        moved[best] += amount
        left -= amount * gain
    return float(np.abs(moved - shares).sum()), moved


def intervals(ahead: Floats, shares: Floats) -> tuple[tuple[float, float], ...]:
    """Between which values each weight alone may move, the others keeping their proportions, with no change."""
    found = []
    for criterion, share in enumerate(shares):
        rest = np.delete(shares, criterion)
        if rest.sum() <= 0:
            rest = np.ones_like(rest)
        others = np.delete(ahead, criterion, axis=1) @ (rest / rest.sum()) if len(rest) else ahead[:, criterion]
        # others + t (own − others) ≥ 0 for every rival
        slope = ahead[:, criterion] - others
        with np.errstate(divide="ignore", invalid="ignore"):
            edge = -others / slope
        low = max([0.0, *edge[slope > 1e-12].tolist()])
        high = min([1.0, *edge[slope < -1e-12].tolist()])
        found.append((min(low, float(share)), max(high, float(share))))
    return tuple(found)
