"""The marks of a jury as arrays: who marked what and how high, in an order that rows cannot disturb."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]
#: A work, an expert and the mark that the expert gave to the work.
Mark: TypeAlias = tuple[Any, Any, Decimal | float]


@dataclass(frozen=True)
class Marks:
    """Marks by work and expert; ``work[i]`` and ``expert[i]`` point into ``works`` and ``experts``."""

    works: tuple[Any, ...]
    experts: tuple[Any, ...]
    work: Whole
    expert: Whole
    value: Floats

    def __len__(self) -> int:
        return len(self.value)

    @cached_property
    def per_work(self) -> Floats:
        """How many marks each work has."""
        return np.bincount(self.work, minlength=len(self.works)).astype(np.float64)

    @cached_property
    def per_expert(self) -> Floats:
        """How many marks each expert gave."""
        return np.bincount(self.expert, minlength=len(self.experts)).astype(np.float64)

    @cached_property
    def work_means(self) -> Floats:
        """The plain mean of each work."""
        return sums_by(self.work, self.value, len(self.works)) / self.per_work

    def without_expert(self, number: int) -> "Marks":
        """The same marks without those of one expert; works that nobody else marked go too."""
        return _arranged(self, self.expert != number)

    def parts(self) -> list["Marks"]:
        """Works and experts joined by marks; severities of different parts cannot be compared (F2)."""
        from scipy import sparse

        if not len(self):
            return []
        size = len(self.works)
        links = sparse.coo_array(
            (np.ones(len(self)), (self.work, size + self.expert)),
            shape=(size + len(self.experts),) * 2,
        )
        count, labels = sparse.csgraph.connected_components(links, directed=False)
        if count == 1:
            return [self]
        found = [_arranged(self, labels[self.work] == part) for part in range(count)]
        return sorted(found, key=lambda part: (-len(part.works), -len(part)))


def sums_by(places: Whole, values: Floats, size: int) -> Floats:
    """The sums of values by place."""
    return np.asarray(np.bincount(places, weights=values, minlength=size), dtype=np.float64)


def read_marks(rows: Iterable[Mark]) -> Marks:
    """Marks in the order of works and experts, whatever the order of the rows."""
    listed = list(rows)
    works = tuple(sorted({row[0] for row in listed}))
    experts = tuple(sorted({row[1] for row in listed}))
    work_at = {key: at for at, key in enumerate(works)}
    expert_at = {key: at for at, key in enumerate(experts)}
    work = np.array([work_at[row[0]] for row in listed], dtype=np.int64)
    expert = np.array([expert_at[row[1]] for row in listed], dtype=np.int64)
    value = np.array([float(row[2]) for row in listed], dtype=np.float64)
    order = np.lexsort((value, expert, work))
    return Marks(works, experts, work[order], expert[order], value[order])


def _arranged(marks: Marks, keep: npt.NDArray[np.bool_]) -> Marks:
    """The kept rows with works and experts numbered anew."""
    works, work = np.unique(marks.work[keep], return_inverse=True)
    experts, expert = np.unique(marks.expert[keep], return_inverse=True)
    return Marks(
        tuple(marks.works[at] for at in works),
        tuple(marks.experts[at] for at in experts),
        work.astype(np.int64),
        expert.astype(np.int64),
        marks.value[keep],
    )
