"""F2, F4: simulated contests. Which marks rank best, and do 90 % intervals hold nine places of ten?

The truth is additive: quality N(0, 1), severity of an expert N(0, s²), five criteria from 0 to 10 with noise of
their own, rounded and clipped. The methods do not tell their noise: ours was set beforehand so that three marks
without severity should rank about as well as there (τ near .85); every other cell follows. Printed: Kendall's τ with
the true order and precision of the first six, beside the figures of the methods' table; ``by the guards`` is what the
product would print: raw means where a guard of F2 does not hold.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import kendalltau

from services.expertise.rules.statistics.calibration import best_fit, calibrate
from services.expertise.rules.statistics.marks import Floats, Marks, read_marks
from services.expertise.rules.statistics.uncertainty import draw_places

CONTESTS, COVERED, FIRST = 200, 600, 6
CRITERIA, MIDDLE, STEP, NOISE = 5, 5.5, 1.6, 1.45


@dataclass(frozen=True)
class Case:
    """One line of the table: τ and precision of raw mean, median, z-score, BLUP as the methods give them."""

    name: str
    works: int
    experts: int
    severity: float
    known: tuple[tuple[float, float], ...]


CASES = (
    Case("60 works, severity 0.8σ", 60, 24, 0.8, ((0.709, 0.664), (0.675, 0.611), (0.778, 0.706), (0.830, 0.799))),
    Case("60 works, severity 0.3σ", 60, 24, 0.3, ((0.821, 0.782), (0.800, 0.748), (0.780, 0.717), (0.836, 0.810))),
    Case("60 works, no severity", 60, 24, 0.0, ((0.848, 0.817), (0.833, 0.798), (0.779, 0.715), (0.845, 0.823))),
    Case("20 works, severity 0.8σ", 20, 20, 0.8, ((0.707, 0.765), (0.674, 0.728), (0.685, 0.763), (0.808, 0.833))),
    Case("20 works, no severity", 20, 20, 0.0, ((0.853, 0.865), (0.836, 0.845), (0.689, 0.767), (0.848, 0.861))),
)


def run() -> dict[str, float]:
    """Simulate; the table is printed as it grows, in pairs «found (in the methods)»."""
    print(f"{'Kendall τ / precision of the first six':28}" + "".join(f"{name:>31}" for name in WAYS))
    for number, case in enumerate(CASES):
        sums: dict[str, Floats] = {name: np.zeros(2) for name in WAYS}
        for contest in range(CONTESTS):
            generator = np.random.default_rng([number, contest])
            marks, truth = drawn(generator, case.works, case.experts, case.severity)
            for name, way in WAYS.items():
                sums[name] += judged(way(marks), truth)
        line = f"{case.name:28}"
        for total, known in zip(sums.values(), (*case.known, None), strict=True):
            tau, precision = total / CONTESTS
            beside = f" ({known[0]:.3f} / {known[1]:.3f})" if known else ""
            line += f"{f'{tau:.3f} / {precision:.3f}{beside}':>31}"
        print(line, flush=True)
    return coverage()


def drawn(
    generator: np.random.Generator, works: int, experts: int, severity: float, each: int = 3
) -> tuple[Marks, Floats]:
    """One contest: the marks of the sheets and the true quality."""
    quality, strictness = generator.normal(size=works), severity * generator.normal(size=experts)
    waiting: list[int] = []
    rows = []
    for work in range(works):
        taken: list[int] = []
        while len(taken) < each:
            if not any(one not in taken for one in waiting):
                waiting += generator.permutation(experts).tolist()
            taken.append(waiting.pop(next(at for at, one in enumerate(waiting) if one not in taken)))
        for expert in taken:
            level = MIDDLE + STEP * (quality[work] + strictness[expert])
            scores = np.clip(np.rint(level + generator.normal(0, NOISE, CRITERIA)), 0, 10)
            rows.append((work, expert, float(scores.mean())))
    return read_marks(rows), quality


def raw(marks: Marks) -> Floats:
    return marks.work_means


def middle(marks: Marks) -> Floats:
    return np.array([np.median(marks.value[marks.work == work]) for work in range(len(marks.works))])


def standard(marks: Marks) -> Floats:
    """The popular z-score: every expert's marks to mean 0 and deviation 1."""
    value = np.empty(len(marks))
    for expert in range(len(marks.experts)):
        own = marks.expert == expert
        deviation = marks.value[own].std(ddof=1) if own.sum() > 1 else 0.0
        value[own] = (marks.value[own] - marks.value[own].mean()) / (deviation or 1.0)
    sums: Floats = np.bincount(marks.work, weights=value)
    return sums / marks.per_work


def blup(marks: Marks) -> Floats:
    return best_fit(marks)[1].solution[1]


def guarded(marks: Marks) -> Floats:
    """What the product prints; parts of a jury that is not connected are joined by their own means."""
    parts = calibrate(zip(marks.work.tolist(), marks.expert.tolist(), marks.value.tolist(), strict=True)).parts
    values = np.empty(len(marks.works))
    for part in parts:
        values[list(part.marks.works)] = part.values
    return values


WAYS: Mapping[str, Callable[[Marks], Floats]] = {
    "raw mean": raw,
    "median": middle,
    "z-score": standard,
    "BLUP": blup,
    "by the guards": guarded,
}


def judged(values: Floats, truth: Floats) -> Floats:
    """Kendall's τ (equal marks count as such) and the share of the true first six among the found ones."""
    found, best = (set(np.argsort(-one, kind="stable")[:FIRST].tolist()) for one in (values, truth))
    return np.array([kendalltau(values, truth).statistic, len(found & best) / FIRST])


def coverage() -> dict[str, float]:
    """How often the true place lies in the 90 % interval, and what became of foretold chances (F4)."""
    inside, foretold, came, ties = [], [], [], 0
    for contest in range(COVERED):
        marks, truth = drawn(np.random.default_rng([99, contest]), 60, 24, 0.6)
        rows = zip(marks.work.tolist(), marks.expert.tolist(), marks.value.tolist(), strict=True)
        part = calibrate(rows).parts[0]
        places = draw_places(part, seed=contest)
        assert places is not None
        true_place = np.empty(len(truth))
        true_place[np.argsort(-truth)] = np.arange(1, len(truth) + 1)
        low, high = places.interval()
        inside.append(float(((true_place >= low) & (true_place <= high)).mean()))
        foretold.extend(places.among_first(FIRST).tolist())
        came.extend((true_place <= FIRST).tolist())
        order = np.argsort(-part.values, kind="stable")
        ties += places.beats(int(order[FIRST - 1]), int(order[FIRST])) < 0.9
    found = {
        "90 % intervals hold the true place, %": 100 * float(np.mean(inside)),
        "90 % intervals hold the true place, %, in the methods": 92.3,
        "contests where places 6 and 7 are not proved different, %": 100 * ties / COVERED,
        "contests where places 6 and 7 are not proved different, %, in the methods": 100.0,
    }
    chances, outcomes = np.array(foretold), np.array(came, dtype=float)
    steps = ((0.1, 0.2, 0.17), (0.3, 0.4, 0.39), (0.5, 0.6, 0.55), (0.7, 0.8, 0.77), (0.95, 1.01, 0.97))
    for low, high, observed in steps:
        some = (chances >= low) & (chances < high)
        name = f"P(first six) foretold {chances[some].mean():.2f}, came true"
        found[name] = float(outcomes[some].mean())
        found[f"{name}, in the methods"] = observed
    return found
