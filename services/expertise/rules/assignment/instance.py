"""An assignment problem as arrays: experts are rows, works are columns, affinity is a whole number (F1)."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]
Shorts: TypeAlias = npt.NDArray[np.int16]
Longs: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

#: Affinity is counted in ten-thousandths, so that every sum is exact: 0.85 is 8500.
SCALE = 10_000
#: What stands in the place of an affinity where the pair is not allowed.
FORBIDDEN = -1
#: A cap that never binds.
FREE = 30_000


@dataclass(frozen=True)
class Instance:
    """Who may take what, how much is needed, how much everybody can bear (F1).

    ``affinity[e, w]`` is in ten-thousandths or FORBIDDEN; ``need[w]`` experts are wanted; expert ``e`` takes
    between ``lower[e]`` and ``upper[e]`` works beside the ``base[e]`` carried already; of the experts of one
    ``group`` (municipality) at most ``caps[w, group]`` take a work.
    """

    affinity: Shorts
    need: Ints
    lower: Ints
    upper: Ints
    base: Ints
    group: Ints
    caps: Shorts

    @property
    def experts(self) -> int:
        """How many experts there are."""
        return int(self.affinity.shape[0])

    @property
    def works(self) -> int:
        """How many works there are."""
        return int(self.affinity.shape[1])

    @property
    def wanted(self) -> int:
        """How many pairs are wanted."""
        return int(self.need.sum())

    def bounded(self, lower: Ints, upper: Ints) -> "Instance":
        """The same problem with other bounds of load."""
        return replace(self, lower=lower.astype(np.int32), upper=upper.astype(np.int32))

    def relieved(self) -> "Instance":
        """The same problem without lower bounds of load."""
        return replace(self, lower=np.zeros_like(self.lower))


def instance(
    affinity: npt.ArrayLike,
    need: npt.ArrayLike,
    upper: npt.ArrayLike,
    *,
    lower: npt.ArrayLike | None = None,
    base: npt.ArrayLike | None = None,
    group: npt.ArrayLike | None = None,
    caps: npt.ArrayLike | None = None,
) -> Instance:
    """An instance from anything like arrays; without groups nobody is capped."""
    scores = np.asarray(affinity, dtype=np.int16)
    experts, works = scores.shape
    zeros = np.zeros(experts, dtype=np.int32)
    groups = zeros if group is None else np.asarray(group, dtype=np.int32)
    width = int(groups.max(initial=0)) + 1
    return Instance(
        affinity=scores,
        need=np.asarray(need, dtype=np.int32),
        lower=zeros if lower is None else np.asarray(lower, dtype=np.int32),
        upper=np.asarray(upper, dtype=np.int32),
        base=zeros if base is None else np.asarray(base, dtype=np.int32),
        group=groups,
        caps=np.full((works, width), FREE, dtype=np.int16)
        if caps is None
        else np.asarray(caps, dtype=np.int16),
    )
