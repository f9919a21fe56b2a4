"""The flow gives the exact optimum, or proves that there is no plan (F1; golden value `assignment`)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from services.expertise.rules.assignment import flow as flows
from services.expertise.rules.assignment.connection import connect, parts
from services.expertise.rules.assignment.fairness import fairest
from services.expertise.rules.assignment.flow import affinity_of, solve
from services.expertise.rules.assignment.goals import optimum, values
from services.expertise.rules.assignment.instance import FORBIDDEN, FREE, Instance, instance
from services.expertise.rules.assignment.prices import bound
from services.expertise.rules.assignment.repair import changed, repaired
from services.expertise.rules.vocabulary import LoadOrder

from .flows import broken, every_plan, exact, instances

AFFINITY = [
    [0.9, 0.2, 0.8, 0.5],
    [0.7, 0.9, 0.3, 0.6],
    [0.6, 0.4, 0.9, 0.8],
    [0.5, 0.8, 0.7, 0.9],
    [0.3, 0.6, 0.5, 0.4],
    [0.8, 0.7, 0.6, 0.9],
]
WORKS, EXPERTS = "KKSN", "KSSNNK"


def golden() -> Instance:
    """4 works and 6 experts of three municipalities: not from the work's own, one of each at a work."""
    fit = [
        [FORBIDDEN if WORKS[w] == EXPERTS[e] else round(a * 10_000) for w, a in enumerate(row)]
        for e, row in enumerate(AFFINITY)
    ]
    return instance(fit, [2] * 4, [2] * 6, group=["KSN".index(one) for one in EXPERTS], caps=np.ones((4, 3)))


@pytest.mark.parametrize("order", LoadOrder)
def test_golden_total_and_worst_work(order: LoadOrder) -> None:
    """Optimum 5.9, worst work 1.2 under max-min; three optima among 144 plans (F1)."""
    problem = golden()
    found = optimum(problem, order)
    assert found.complete
    assert affinity_of(problem, found.expert, found.work) == 59_000
    fair = fairest(problem, found, order)
    assert (fair.worst, fair.bound, fair.finished) == (12_000, 12_000, True)
    assert affinity_of(problem, fair.expert, fair.work) == 59_000
    totals = [sum(int(problem.affinity[e, w]) for e, w in plan) for plan in every_plan(problem)]
    assert (len(totals), totals.count(59_000), max(totals)) == (144, 3, 59_000)


@settings(max_examples=300, deadline=None)
@given(instances())
def test_the_optimum_is_that_of_the_exact_reference(problem: Instance) -> None:
    """Same total as linear programming, nothing broken; a plan exists exactly when the reference has one (F1)."""
    best, found = exact(problem), solve(problem)
    assert found.complete is (best is not None)
    assert not broken(problem, found.expert, found.work)
    if best is not None:
        assert affinity_of(problem, found.expert, found.work) == best
        assert found.prices is not None
        assert bound(problem, found.prices) == best
        assert (found.loads(problem.experts) >= problem.lower).all()


@settings(max_examples=100, deadline=None)
@given(instances())
def test_pricing_out_repairs_a_poor_choice_of_candidates(problem: Instance) -> None:
    """With one candidate at first the proof by reduced costs still leads to the optimum (F1)."""
    whole = solve(problem)
    before = flows.BEST, flows.MORE
    flows.BEST, flows.MORE = 1 - 2 * int(problem.need.max(initial=1)), 1
    try:
        found = solve(problem)
    finally:
        flows.BEST, flows.MORE = before
    assert (found.short.sum() + found.idle.sum()) == (whole.short.sum() + whole.idle.sum())
    if whole.complete:
        assert affinity_of(problem, found.expert, found.work) == affinity_of(problem, whole.expert, whole.work)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(instances(most=4), st.sampled_from(LoadOrder))
def test_goals_follow_one_another(problem: Instance, order: LoadOrder) -> None:
    """Even loads before affinity (BR-43) or affinity before even loads (F1), against all plans there are."""
    plans = every_plan(problem)
    found = optimum(problem, order)
    assert found.complete is bool(plans)
    assume(plans)

    def worth(expert: list[int], work: list[int]) -> tuple[int, int]:
        got = values(problem, np.array(expert, dtype=np.int32), np.array(work, dtype=np.int32))
        both = (-got.squares, got.affinity)
        return both if order is LoadOrder.EVEN else both[::-1]

    best = max(worth([e for e, _ in plan], [w for _, w in plan]) for plan in plans)
    assert worth(found.expert.tolist(), found.work.tolist()) == best


@settings(max_examples=60, deadline=None)
@given(instances(most=4, need=2, conflicts=False, lower=False), st.sampled_from(LoadOrder))
def test_fairness_lifts_the_worst_work_and_then_the_total(problem: Instance, order: LoadOrder) -> None:
    """Max-min first, then the total; under even loads only among the most even plans (F1)."""
    plans = every_plan(problem)
    assume(plans and problem.need.any())
    asked = problem.need > 0

    def worth(plan: list[tuple[int, int]]) -> tuple[int, int, int]:
        expert = np.array([e for e, _ in plan], dtype=np.int32)
        work = np.array([w for _, w in plan], dtype=np.int32)
        sums = np.zeros(problem.works, dtype=int)
        np.add.at(sums, work, problem.affinity[expert, work])
        even = -values(problem, expert, work).squares if order is LoadOrder.EVEN else 0
        return even, int(sums[asked].min()), int(sums.sum())

    fair = fairest(problem, optimum(problem, order), order)
    assert fair.finished
    assert worth(list(zip(fair.expert.tolist(), fair.work.tolist(), strict=True))) == max(map(worth, plans))


@settings(max_examples=100, deadline=None)
@given(instances(lower=False), st.randoms(use_true_random=False))
def test_relabelling_and_milder_rules(problem: Instance, chance: object) -> None:
    """The optimum does not depend on the numbering; one conflict less or one expert more never lowers it (F1)."""
    best = exact(problem)
    rows, columns = list(range(problem.experts)), list(range(problem.works))
    chance.shuffle(rows), chance.shuffle(columns)  # type: ignore[attr-defined]
    other = Instance(
        affinity=problem.affinity[rows][:, columns],
        need=problem.need[columns],
        lower=problem.lower[rows],
        upper=problem.upper[rows],
        base=problem.base[rows],
        group=problem.group[rows],
        caps=problem.caps[columns],
    )
    found = solve(other)
    assert found.complete is (best is not None)
    assume(best is not None)
    assert best is not None
    assert affinity_of(other, found.expert, found.work) == best
    freed = problem.affinity.copy()
    barred = np.argwhere(freed == FORBIDDEN)
    if len(barred):
        freed[tuple(barred[0])] = 5_000
        milder = replace(problem, affinity=freed)
        again = solve(milder)
        assert again.complete
        assert affinity_of(milder, again.expert, again.work) >= best
    wider = replace(
        problem,
        affinity=np.vstack((problem.affinity, np.full((1, problem.works), 3_000, dtype=np.int16))),
        lower=np.append(problem.lower, 0).astype(np.int32),
        upper=np.append(problem.upper, 2).astype(np.int32),
        base=np.append(problem.base, 0).astype(np.int32),
        group=np.append(problem.group, 0).astype(np.int32),
    )
    more = solve(wider)
    assert more.complete
    assert affinity_of(wider, more.expert, more.work) >= best


@settings(max_examples=80, deadline=None)
@given(instances(lower=False))
def test_impossible_means_that_the_greatest_flow_is_too_small(problem: Instance) -> None:
    """Without lower bounds: no plan ⇔ max flow < Σk, and what is covered is the max flow (F1)."""
    found, most = solve(problem), exact(problem, partial=True)
    assert found.complete is (most == problem.wanted)
    assert found.expert.size == most


def test_same_input_same_plan() -> None:
    """A run is repeatable (BR-43)."""
    one, two = solve(golden()), solve(golden())
    assert (one.expert.tolist(), one.work.tolist()) == (two.expert.tolist(), two.work.tolist())


@settings(max_examples=80, deadline=None)
@given(instances(lower=False, most=5, need=2, conflicts=False))
def test_repair_changes_as_little_as_can_be(problem: Instance) -> None:
    """After a recusal the fewest old pairs are given up, then the affinity decides (F1); against all plans."""
    first = optimum(problem)
    assume(first.complete and first.expert.size)
    barred = problem.affinity.copy()
    barred[first.expert[0], first.work[0]] = FORBIDDEN
    after = replace(problem, affinity=barred)
    small = problem.experts * problem.works <= 16
    found = repaired(after, first.expert, first.work)
    assert not broken(after, found.expert, found.work)
    if not found.complete or not small:
        return
    old = set(zip(first.expert.tolist(), first.work.tolist(), strict=True))
    best = min((len(old - set(plan)), -sum(int(after.affinity[e, w]) for e, w in plan)) for plan in every_plan(after))
    gave = changed(found, first.expert, first.work, problem.works)
    assert (gave, -affinity_of(after, found.expert, found.work)) == best


@settings(max_examples=80, deadline=None)
@given(instances(lower=False))
def test_joining_parts_keeps_every_rule(problem: Instance) -> None:
    """Exchanges leave loads, needs, caps and conflicts alone and tell what they lost (F1, F2)."""
    found = solve(problem)
    joined = connect(problem, found.expert, found.work)
    assert not broken(problem, joined.expert, joined.work)
    for one, other, size in ((found.expert, joined.expert, problem.experts), (found.work, joined.work, problem.works)):
        assert np.bincount(one, minlength=size).tolist() == np.bincount(other, minlength=size).tolist()
    before, after = (affinity_of(problem, one.expert, one.work) for one in (found, joined))
    assert before - after == joined.lost
    assert joined.after <= joined.before
    none = np.zeros(0, dtype=np.int32)
    assert int(parts(problem, joined.expert, joined.work, (none, none)).max(initial=-1)) + 1 == joined.after


def test_two_juries_are_joined_without_loss() -> None:
    """Two closed panels of equal fit become one graph by one exchange that costs nothing (F2)."""
    problem = instance(np.full((4, 4), 5_000), [2] * 4, [2] * 4)
    expert, work = np.array([0, 1, 0, 1, 2, 3, 2, 3]), np.array([0, 0, 1, 1, 2, 2, 3, 3])
    joined = connect(problem, expert.astype(np.int32), work.astype(np.int32))
    assert (joined.before, joined.after, joined.swaps, joined.lost) == (2, 1, 1, 0)


def test_caps_that_never_bind_change_nothing() -> None:
    """A cap as great as the need is no cap."""
    problem = golden()
    free = replace(problem, caps=np.full_like(problem.caps, FREE))
    wide = replace(problem, caps=np.full_like(problem.caps, 2))
    assert [affinity_of(one, *plan(one)) for one in (free, wide)] == [affinity_of(free, *plan(free))] * 2


def plan(problem: Instance) -> tuple[np.ndarray, np.ndarray]:
    found = solve(problem)
    return found.expert, found.work
