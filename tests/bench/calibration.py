"""F2, F4: calibration with intervals of 5,000 works × 3 marks by 1,500 experts, against sparse solves (P7).

The yardstick is one `scipy.sparse.linalg.spsolve` of the same mixed-model equations at known variance ratios: no
variances, no standard errors, no intervals. It is measured with scipy's own column order and with the order that
suits these equations best.
"""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

from services.expertise.rules.statistics.calibration import Part, calibrate
from services.expertise.rules.statistics.marks import Marks, read_marks
from services.expertise.rules.statistics.uncertainty import draw_places, influences

WORKS, EXPERTS, EACH, QUOTA, REPEATS = 5_000, 1_500, 3, 100, 3


def run() -> dict[str, float]:
    """Measure; seconds and ratios."""
    rows = jury()
    marks = read_marks(rows)
    part = calibrate(rows).parts[0]  # imports are paid here
    assert part.equations is not None
    work_ratio, expert_ratio = part.equations.work_ratio, part.equations.expert_ratio
    suited, solved = seconds(lambda: whole(marks, work_ratio, expert_ratio, "MMD_AT_PLUS_A"))
    plain, _ = seconds(lambda: whole(marks, work_ratio, expert_ratio, None), repeats=1)
    np.testing.assert_allclose(solved[0] + solved[1 : WORKS + 1], part.values, atol=1e-6)
    fitted, _ = seconds(lambda: calibrate(rows))
    placed, _ = seconds(lambda: intervals(part))
    influence, _ = seconds(lambda: influences(part, QUOTA))
    return {
        "calibration: one sparse solve, order by scipy's default, s": plain,
        "calibration: one sparse solve, best order, s": suited,
        "calibration: variances, marks, standard errors, s": fitted,
        "calibration: places with 90 % intervals (4,000 draws), s": placed,
        "calibration: every expert left out in turn, s": influence,
        "calibration with intervals : sparse solve by default": (fitted + placed) / plain,
        "calibration without places : sparse solve in best order": fitted / suited,
        "calibration with intervals : sparse solve in best order": (fitted + placed) / suited,
    }


def intervals(part: Part) -> Any:
    places = draw_places(part, seed=1)
    assert places is not None
    return places.interval(), places.among_first(QUOTA)


def jury() -> list[tuple[int, int, float]]:
    """Every expert has ten works; quality, severity and noise are drawn."""
    generator = np.random.default_rng(20201128)
    blocks = [generator.permutation(EXPERTS) for _ in range(WORKS * EACH // EXPERTS)]
    chosen = np.concatenate(blocks).reshape(WORKS, EACH)
    quality, strictness = generator.normal(60, 10, WORKS), generator.normal(0, 6, EXPERTS)
    return [
        (work, int(expert), float(quality[work] + strictness[expert] + generator.normal(0, 8)))
        for work in range(WORKS)
        for expert in chosen[work]
    ]


def whole(marks: Marks, work_ratio: float, expert_ratio: float, order: str | None) -> Any:
    """The equations of all works and experts, built and solved."""
    count = len(marks)
    ones, at = np.ones(count), np.arange(count)
    design = sparse.hstack(
        [
            sparse.csc_array(np.ones((count, 1))),
            sparse.csc_array((ones, (at, marks.work)), shape=(count, WORKS)),
            sparse.csc_array((ones, (at, marks.expert)), shape=(count, EXPERTS)),
        ]
    )
    ratios = np.concatenate([[0.0], np.full(WORKS, work_ratio), np.full(EXPERTS, expert_ratio)])
    left = sparse.csc_array(design.T @ design + sparse.diags_array(ratios))
    return spsolve(left, design.T @ marks.value, permc_spec=order)


def seconds(what: Callable[[], Any], repeats: int = REPEATS) -> tuple[float, Any]:
    """The median time and the answer."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        answer = what()
        times.append(time.perf_counter() - begun)
    return median(times), answer
