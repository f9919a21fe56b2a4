"""Certificates, explanations, reserve, affinity, extra marks (F1, F5)."""

from uuid import UUID

import numpy as np
import pytest
from hypothesis import assume, given, settings

from services.expertise.rules.assignment import (
    Options,
    affinity,
    as_data,
    build,
    compute,
    fingerprint,
    read_options,
)
from services.expertise.rules.assignment.affinity import affinities
from services.expertise.rules.assignment.certificate import minimum_cut, what_helps, with_newcomers
from services.expertise.rules.assignment.extra import extra_marks
from services.expertise.rules.assignment.flow import solve
from services.expertise.rules.assignment.instance import FORBIDDEN, Instance, instance
from services.expertise.rules.assignment.task import Task
from services.expertise.rules.conflicts import Contestants, EntryFact, ExpertFact
from services.expertise.rules.vocabulary import ExpertLevel, LoadOrder, SameMunicipality
from shared.refusal import Refused

from .flows import instances

N1 = UUID(int=900)


def expert(number: int, place: str = "A", **more: object) -> ExpertFact:
    return ExpertFact(UUID(int=number), UUID(int=2000 + number), UUID(int=5000 + number), place, **more)  # type: ignore[arg-type]


def entry(number: int, place: str = "Z", **more: object) -> EntryFact:
    organisations = frozenset({UUID(int=7000 + number)})
    return EntryFact(UUID(int=number), f"N1-{number:03d}", N1, "N1", organisations, place, **more)  # type: ignore[arg-type]


def task(entries: list[EntryFact], experts: list[ExpertFact], **options: object) -> Task:
    return Task(
        entries, experts, Contestants([]), 3, SameMunicipality.IGNORE, options=Options(**options)  # type: ignore[arg-type]
    )


@settings(max_examples=150, deadline=None)
@given(instances(lower=False))
def test_the_cut_proves_that_no_more_is_possible(problem: Instance) -> None:
    """The capacity of the minimum cut equals what is possible (F1): max flow = min cut."""
    found = solve(problem)
    assume(not found.complete)
    cut = minimum_cut(problem, found)
    works, full = set(cut.works.tolist()), set(cut.saturated.tolist())
    assert {int(one) for one in np.flatnonzero(found.short)} <= works
    loads = found.loads(problem.experts)
    assert all(loads[one] == problem.upper[one] for one in full)
    capacity = sum(int(problem.upper[one]) for one in full)
    for work in works:
        seats = np.zeros(problem.caps.shape[1], dtype=int)
        for one in range(problem.experts):
            if one not in full and problem.affinity[one, work] != FORBIDDEN and problem.upper[one] > 0:
                seats[problem.group[one]] += 1
        capacity += int(np.minimum(seats, problem.caps[work]).sum())
    capacity += sum(int(problem.need[one]) for one in range(problem.works) if one not in works)
    assert capacity == cut.possible
    assert cut.possible == problem.wanted - int(found.short.sum())


@settings(max_examples=40, deadline=None)
@given(instances(lower=False, most=5))
def test_every_advice_was_tried(problem: Instance) -> None:
    """With the advised experts or loads the plan exists, with one less it does not (F1)."""
    found = solve(problem)
    assume(not found.complete)
    helps = what_helps(problem, minimum_cut(problem, found), {"SAME": problem})
    assert helps.variants == ()
    assert helps.newcomers is not None
    assert solve(with_newcomers(problem, helps.newcomers)).complete
    assert not solve(with_newcomers(problem, helps.newcomers - 1)).complete


def test_the_measured_example_of_the_method() -> None:
    """40 works, 10 experts of 4 municipalities, each work barred from two: the cut names the works (F1)."""
    chance = np.random.default_rng(3)
    group = np.arange(10) % 4
    fit = chance.integers(0, 10_000, (10, 40))
    for work in range(36):
        closed = chance.choice(4, 2, replace=False)
        fit[np.isin(group, closed), work] = FORBIDDEN
    problem = instance(fit, [3] * 40, [40] * 10, group=group, caps=np.ones((40, 4)))
    found = solve(problem)
    cut = minimum_cut(problem, found)
    assert (cut.wanted, cut.possible, cut.works.tolist()) == (120, 84, list(range(36)))
    assert cut.saturated.size == 0
    assert cut.capped
    wider = instance(fit, [3] * 40, [40] * 10, group=group, caps=2 * np.ones((40, 4)))
    helps = what_helps(problem, cut, {"CAP": wider})
    assert helps.variants == ("CAP",)
    assert helps.newcomers == 1


def test_unreachable_lower_bounds_are_told() -> None:
    """With lower bounds the certificate names who stays below, and that dropping them helps (F1)."""
    problem = instance([[5_000], [5_000], [FORBIDDEN]], [2], [1, 1, 1], lower=[0, 0, 1])
    found = solve(problem)
    cut = minimum_cut(problem, found)
    assert (found.idle.tolist(), cut.idle_experts.tolist(), cut.bound.tolist()) == ([0, 0, 1], [2], [2])
    assert what_helps(problem, cut, {}).without_lower


def test_affinity_is_explained_by_its_parts() -> None:
    """Words in common, nomination, experience; the table of all pairs says the same (F1)."""
    who = expert(
        1,
        level=ExpertLevel.LEAD,
        nominations=frozenset({"N1"}),
        specialities=("инклюзия", "цифровые лаборатории", "математика"),
    )
    what = entry(10, text="Инклюзия и математика в цифровой лаборатории школы")
    found = affinity(who, what)
    assert (found.topic, found.nomination, found.experience, found.total) == (6_000, 2_500, 1_500, 10_000)
    assert len(found.common) >= 3
    plain = affinity(expert(2), what)
    assert (plain.topic, plain.nomination, plain.experience, plain.common) == (0, 0, 500, ())
    assert affinities([who, expert(2)], [what]).tolist() == [[10_000], [500]]


def test_a_plan_is_told_as_data() -> None:
    """Pairs with reasons, reserve, loads, coverage, values (F1)."""
    made = compute(task([entry(100), entry(101)], [expert(n, "AB"[n % 2]) for n in range(5)]))
    told = as_data(made)
    assert made.complete
    assert len(told["pairs"]) == 6
    assert sum(new for _, new, _ in told["loads"].values()) == 6
    assert sum(told["coverage"].values()) == 6
    assert all(len(every) == 2 for every in told["reserve"].values())
    assert told["now"]["most"] - told["now"]["least"] <= 1
    assert told["certificate"] is None


def test_options_come_from_data_and_are_checked() -> None:
    """What may be tried is data; the hash of the inputs tells one task from another."""
    options = Options(order=LoadOrder.AFFINITY, excluded=(UUID(int=1),), newcomers=2)
    assert read_options(options.as_data()) == options
    with pytest.raises(Refused):
        read_options({"least_load": 5, "most_load": 4})
    one = task([entry(100)], [expert(n) for n in range(4)])
    assert fingerprint(build(one)) == fingerprint(build(one))
    assert fingerprint(build(one)) != fingerprint(build(task([entry(100)], [expert(n) for n in range(5)])))


def test_extra_marks_go_where_doubt_is_greatest() -> None:
    """Expected drop of Σ p(1−p) at the cut-off; nothing is bought outside the tie zone (F5)."""
    bought = extra_marks([60.0, 50.0, 51.0, 30.0], [1.0, 4.0, 4.0, 1.0], 50.5, noise=3.0, budget=3)
    assert {one.work for one in bought} == {1, 2}
    assert all(one.gain > 0 for one in bought)
    assert extra_marks([90.0, 10.0], [1.0, 1.0], 50.0, noise=3.0) == []
    assert extra_marks([50.0], [0.0], 50.0, noise=3.0) == []
