"""Balanced assignment without conflicts, or a refusal that names what is missing (BR-40, BR-41, BR-43)."""

import time
from collections import Counter
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.expertise.rules.assignment import Task, plan
from services.expertise.rules.conflicts import Contestants, EntryFact, ExpertFact, hard_conflict, inside_limit
from services.expertise.rules.vocabulary import SameMunicipality
from shared.refusal import Refused

N1 = UUID(int=900)
CITY = "03701000"


def expert(
    number: int, place: str = CITY, org: int | None = None, max_load: int = 12, **more: object
) -> ExpertFact:
    org_id = UUID(int=org if org is not None else 5000 + number)
    return ExpertFact(UUID(int=number), UUID(int=2000 + number), org_id, place, max_load, **more)  # type: ignore[arg-type]


def entry(number: int, place: str = CITY, org: int | None = None, **more: object) -> EntryFact:
    applicants = frozenset({UUID(int=org if org is not None else 7000 + number)})
    return EntryFact(UUID(int=number), f"N1-{number:03d}", N1, "N1", applicants, place, **more)  # type: ignore[arg-type]


def task(
    entries: list[EntryFact],
    experts: list[ExpertFact],
    policy: SameMunicipality = SameMunicipality.IGNORE,
    min_experts: int = 3,
    seed: int = 0,
    assigned: frozenset[tuple[UUID, UUID]] = frozenset(),
) -> Task:
    filed = [(one.nomination_id, organisation) for one in entries for organisation in one.organisation_ids]
    return Task(entries, experts, Contestants(filed), min_experts, policy, assigned, seed)


def loads(pairs: list[tuple[UUID, UUID]], experts: list[ExpertFact]) -> list[int]:
    counted = Counter(expert_id for _, expert_id in pairs)
    return [counted[one.expert_id] for one in experts]


def test_loads_differ_by_at_most_one_and_every_entry_gets_three() -> None:
    experts = [expert(n) for n in range(7)]
    entries = [entry(100 + n) for n in range(10)]
    pairs = plan(task(entries, experts))
    assert set(Counter(entry_id for entry_id, _ in pairs).values()) == {3}
    assert len(set(pairs)) == 30
    assert max(loads(pairs, experts)) - min(loads(pairs, experts)) <= 1


def test_same_seed_same_plan_and_order_of_input_does_not_matter() -> None:
    experts = [expert(n) for n in range(9)]
    entries = [entry(100 + n) for n in range(10)]
    assert plan(task(entries, experts, seed=7)) == plan(task(entries[::-1], experts[::-1], seed=7))
    assert plan(task(entries, experts, seed=7)) != plan(task(entries, experts, seed=8))


def test_city_contest_has_somebody_from_outside_at_every_entry() -> None:
    experts = [expert(n) for n in range(6)] + [expert(n, "03625000") for n in range(6, 9)]
    entries = [entry(100 + n) for n in range(12)]
    pairs = plan(task(entries, experts, SameMunicipality.AT_LEAST_ONE_OUTSIDE))
    outside = {one.expert_id for one in experts if one.municipality_oktmo != CITY}
    assert {entry_id for entry_id, expert_id in pairs if expert_id in outside} == {
        e.entry_id for e in entries
    }
    assert max(loads(pairs, experts)) == 4


def test_a_second_run_only_fills_the_gaps() -> None:
    experts = [expert(n) for n in range(6)]
    entries = [entry(100 + n) for n in range(4)]
    first = plan(task(entries, experts))
    kept = frozenset(first[1:])
    assert len(plan(task(entries, experts, assigned=kept))) == 1
    assert plan(task(entries, experts, assigned=frozenset(first))) == []


def test_experts_of_named_nominations_get_only_those() -> None:
    experts = [expert(n) for n in range(3)] + [expert(9, nominations=frozenset({"N2"}))]
    pairs = plan(task([entry(100), entry(101)], experts))
    assert loads(pairs, experts) == [2, 2, 2, 0]


def test_impossible_demand_is_refused_and_named() -> None:
    experts = [expert(1, org=7100), expert(2), expert(3), expert(4, "03625000", max_load=1)]
    entries = [entry(100), entry(101)]
    with pytest.raises(Refused) as refusal:
        plan(task(entries, experts, SameMunicipality.AT_LEAST_ONE_OUTSIDE))
    assert refusal.value.rule == "BR-40"
    named = str(refusal.value.params["entries"])
    assert "2/3" in named
    assert "SAME_NOMINATION" in named or "SAME_ORG 1" in named
    assert "MAX_LOAD" in named


def test_the_demo_contest_is_planned_well_under_a_second() -> None:
    experts = [expert(n, f"036{n % 11:02d}000") for n in range(22)] + [expert(n) for n in range(22, 34)]
    entries = [entry(100 + n) for n in range(87)]
    began = time.perf_counter()
    pairs = plan(task(entries, experts, SameMunicipality.AT_LEAST_ONE_OUTSIDE))
    assert time.perf_counter() - began < 0.5
    assert max(loads(pairs, experts)) - min(loads(pairs, experts)) <= 1


def feasible(problem: Task) -> bool:
    """Whether any assignment exists, by trying them all."""
    loads_left = {one.expert_id: one.max_load for one in problem.experts}

    def go(entries: list[EntryFact]) -> bool:
        if not entries:
            return True
        head, rest = entries[0], entries[1:]
        free = [
            one
            for one in problem.experts
            if loads_left[one.expert_id] and not hard_conflict(one, head, problem.contestants)
        ]
        for team in combinations(free, problem.min_experts):
            inside = sum(one.municipality_oktmo == head.municipality_oktmo for one in team)
            if inside > inside_limit(problem.same_municipality, problem.min_experts):
                continue
            for one in team:
                loads_left[one.expert_id] -= 1
            if go(rest):
                return True
            for one in team:
                loads_left[one.expert_id] += 1
        return False

    return go(list(problem.entries))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_plan_exists_exactly_when_the_planner_finds_one(data: st.DataObject) -> None:
    place = st.sampled_from(["A", "B"])
    experts = [
        expert(n, data.draw(place), org=data.draw(st.integers(10, 13)), max_load=data.draw(st.integers(1, 3)))
        for n in range(data.draw(st.integers(2, 5)))
    ]
    entries = [
        EntryFact(
            UUID(int=100 + n),
            f"E{n}",
            UUID(int=900 + n % 2),
            "N",
            frozenset({UUID(int=data.draw(st.integers(10, 14)))}),
            data.draw(place),
        )
        for n in range(data.draw(st.integers(1, 4)))
    ]
    problem = task(entries, experts, data.draw(st.sampled_from(SameMunicipality)), min_experts=2)
    try:
        pairs = plan(problem)
    except Refused:
        assert not feasible(problem)
        return
    by_entry = {one.entry_id: one for one in entries}
    by_expert = {one.expert_id: one for one in experts}
    assert len(pairs) == len(set(pairs)) == 2 * len(entries)
    for entry_id, expert_id in pairs:
        assert hard_conflict(by_expert[expert_id], by_entry[entry_id], problem.contestants) is None
    assert all(load <= one.max_load for load, one in zip(loads(pairs, experts), experts, strict=True))
    for one in entries:
        team = [by_expert[expert_id] for entry_id, expert_id in pairs if entry_id == one.entry_id]
        inside = sum(member.municipality_oktmo == one.municipality_oktmo for member in team)
        assert inside <= inside_limit(problem.same_municipality, 2)
