"""Where one more mark says the most about who is above the cut-off (F5)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Bought:
    """One extra mark: for which work, what it is expected to take from Σ p(1−p)."""

    work: int
    gain: float


def extra_marks(
    mean: npt.ArrayLike,
    error: npt.ArrayLike,
    cut: float,
    *,
    noise: float,
    severity_error: float = 0.0,
    zone: tuple[float, float] = (0.10, 0.90),
    budget: int = 1_000,
) -> list[Bought]:
    """Buy marks one by one where they take the most from Σ p(1−p), until the tie zone is empty or the budget ends (F5).

    ``mean`` and ``error`` describe what is known of each work, ``cut`` separates those above from those below, a mark
    has the ``noise`` of its own and the ``severity_error`` of its expert: σ² becomes 1/(1/σ² + 1/(noise² + error²)).
    """
    centre, spread = np.asarray(mean, dtype=np.float64), np.asarray(error, dtype=np.float64).copy()
    mark = noise**2 + severity_error**2
    bought: list[Bought] = []
    while len(bought) < budget:
        above = _above(centre, spread, cut)
        doubtful = (above > zone[0]) & (above < zone[1])
        if not doubtful.any():
            break
        gains = np.where(doubtful, above * (1 - above) - expected(centre, spread, cut, mark), -1.0)
        best = int(np.argmax(gains))
        if gains[best] <= 1e-9:
            break
        bought.append(Bought(best, float(gains[best])))
        spread[best] = np.sqrt(1 / (1 / spread[best] ** 2 + 1 / mark))
    return bought


def expected(mean: Floats, error: Floats, cut: float, mark: float, points: int = 41) -> Floats:
    """p(1−p) to be expected after one more mark, over what the mark may say (Gauss–Hermite)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(points)
    after = np.sqrt(1 / (1 / error**2 + 1 / mark))
    moved = np.sqrt(np.maximum(error**2 - after**2, 0.0))
    above = _above(mean[:, None] + moved[:, None] * nodes, after[:, None], cut)
    result: Floats = (above * (1 - above) * weights).sum(axis=1) / weights.sum()
    return result


def _above(mean: Floats, error: Floats, cut: float) -> Floats:
    from scipy.special import ndtr

    with np.errstate(divide="ignore", invalid="ignore"):
        result: Floats = np.where(error > 0, ndtr((mean - cut) / np.where(error > 0, error, 1)), mean > cut)
    return result
