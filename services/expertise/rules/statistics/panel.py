"""All that is said about the marks of one stage, from the marks alone: places, intervals, ties, influence (F2, F4).

The same marks give the same panel: the seed of the draws is a hash of the marks.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from services.expertise.rules.statistics.calibration import Part, Severity, calibrate
from services.expertise.rules.statistics.extra import Doubt, doubts, posterior
from services.expertise.rules.statistics.habits import deviations, residual_squares
from services.expertise.rules.statistics.marks import Floats, Mark
from services.expertise.rules.statistics.terms import Guard, Method
from services.expertise.rules.statistics.uncertainty import (
    Influence,
    draw_places,
    influences,
    neighbours,
    tie_zone,
)

ASKED_FIRST = 10


@dataclass(frozen=True, kw_only=True)
class Line:
    """A work: its raw and printed marks, the place by the latter and what is known about that place."""

    work: Any
    mean: float
    value: float
    error: float | None
    place: int
    low: int | None = None
    high: int | None = None
    chance: float | None = None
    beats_next: float | None = None
    in_zone: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    """A connected part of the jury; places are inside it. ``lines`` go from the best."""

    method: Method
    guard: Guard | None
    severity_p: float | None
    lines: tuple[Line, ...]
    severities: Mapping[Any, Severity]
    residuals: Mapping[Any, float]
    deviations: Mapping[Any, float]
    influences: tuple[Influence, ...]
    asked: tuple[Doubt, ...]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The sections, the largest first. ``first`` is the cut-off; None where there is nothing to cut."""

    first: int | None
    sections: tuple[Section, ...]

    @property
    def connected(self) -> bool:
        """Whether every work can be compared with every other (F2)."""
        return len(self.sections) <= 1


@lru_cache(maxsize=8)
def panel(rows: tuple[Mark, ...], first: int) -> Panel:
    """The panel of these marks with a cut-off after ``first`` works.

    Kept for the last few sets of marks: whoever asks again with the same marks gets the same answer at once, and a
    changed mark is another set. Where the jury falls apart no cut-off is judged: the places are not comparable.
    """
    parts = calibrate(rows).parts
    cut = first if len(parts) == 1 and first < len(parts[0].marks.works) else None
    return Panel(first=cut, sections=tuple(_section(part, cut, seed_of(rows)) for part in parts))


def seed_of(rows: tuple[Mark, ...]) -> int:
    """A number that stands for these marks in any order."""
    text = "\n".join(sorted(f"{work}|{expert}|{mark}" for work, expert, mark in rows))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _section(part: Part, cut: int | None, seed: int) -> Section:
    known = posterior(part)
    return Section(
        method=part.method,
        guard=part.guard,
        severity_p=part.variances.p if part.variances and part.guard in (None, Guard.NO_SEVERITY) else None,
        lines=_lines(part, cut, seed),
        severities={one.expert: one for one in part.severities},
        residuals=residual_squares(part),
        deviations=deviations(part),
        influences=tuple(influences(part, cut)) if cut else (),
        asked=tuple(doubts(known, cut)[:ASKED_FIRST]) if known and cut else (),
    )


def _lines(part: Part, cut: int | None, seed: int) -> tuple[Line, ...]:
    values = part.values
    order = np.lexsort((np.arange(len(values)), -np.round(values, 9)))
    places = _competition_places(values, order)
    drawn = draw_places(part, seed)
    more: list[dict[str, Any]] = [{} for _ in values]
    if drawn is not None:
        low, high = drawn.interval()
        chain = neighbours(drawn, order.tolist())
        for at, work in enumerate(order):
            more[work] = {"low": int(low[work]), "high": int(high[work])}
            more[work]["beats_next"] = chain[at] if at < len(chain) else None
        if cut:
            chances = drawn.among_first(cut)
            for work, zone in enumerate(tie_zone(chances)):
                more[work] |= {"chance": float(chances[work]), "in_zone": bool(zone)}
    return tuple(
        Line(
            work=part.marks.works[work],
            mean=float(part.marks.work_means[work]),
            value=float(values[work]),
            error=float(part.errors[work]) if part.errors is not None else None,
            place=places[work],
            **more[work],
        )
        for work in order.tolist()
    )


def _competition_places(values: Floats, order: Any) -> dict[int, int]:
    """Places «1, 2, 2, 4»; marks equal to nine digits share a place."""
    places: dict[int, int] = {}
    place, before = 0, np.inf
    for at, work in enumerate(order.tolist(), 1):
        value = round(float(values[work]), 9)
        if value != before:
            place, before = at, value
        places[work] = place
    return places
