"""Experts, assignments, sheets (BR-40…BR-49, BR-61); SC-01, SC-04, SC-05, SC-09 of the demo."""

from decimal import Decimal
from typing import Any

import pytest

from services.expertise import actions, queries
from services.expertise.rules.vocabulary import ConflictKind
from shared import ids
from shared.person import Role
from shared.refusal import NotAllowed, Refused
from shared.testing.suite import deliver, person, told

from .conftest import CITY, WHY


def ready(world: Any, experts: int = 3, entries: int = 1) -> list[Any]:
    """Entries under expertise and enrolled experts."""
    for _ in range(experts):
        world.expert()
    world.open()
    filed = [world.file() for _ in range(entries)]
    world.admit(*filed)
    return filed


def test_discrepancy_needs_an_extra_expert(world: Any) -> None:
    (entry_id,) = ready(world, experts=4)
    with world.at(9, 29):
        world.assign()
        pairs = world.tasks(entry_id)
        world.score(*pairs[0], 2)
        spare = next(key for key, who in world.experts.items() if who not in [one for one, _ in pairs])
        extra = {"entry_id": entry_id, "stage_kind": "CORRESPONDENCE", "expert_id": spare, "kind": "EXTRA"}
        with pytest.raises(Refused, match="BR-49"):
            actions.assign_expert(world.secretary, **extra)
        world.score(*pairs[1], 1)
        actions.recuse(pairs[2][0], assignment_id=pairs[2][1], reason="Родственник среди авторов")
        assert [row.reg_no for row in queries.discrepancies(world.secretary, world.edition_id)] == [
            "CITY-XIX-N1-001"
        ]
        with pytest.raises(Refused, match="BR-40"):
            world.advance()
        task = actions.assign_expert(world.secretary, **extra)
        with pytest.raises(Refused, match="BR-49|уже назначен"):
            actions.assign_expert(world.secretary, **extra)
        world.score(world.experts[spare], task, 2, 2, 2, 1, 2, 2, 1, 2)
        assert queries.discrepancies(world.secretary, world.edition_id) == []
        (row,) = queries.rating(world.secretary, world.edition_id, world.nominations["N1"])
        assert row.final == Decimal("79.67")
        assert [cell.kind.value for _, cell in row.coded] == ["REGULAR", "REGULAR", "EXTRA"]
    signed = [data for name, data in told(world.app) if name == "expertise.sheet.signed.v1"]
    assert [(one["percent"], one["kind"]) for one in signed] == [
        (None, "REGULAR"),
        (None, "REGULAR"),
        (None, "EXTRA"),
    ]
    with world.at(10, 19):
        world.advance()
    opened = [data for name, data in told(world.app) if name == "expertise.sheet.opened.v1"]
    assert [(one["sheet_id"], one["percent"]) for one in opened] == [
        (one["sheet_id"], percent) for one, percent in zip(signed, ("100.00", "50.00", "89.00"), strict=True)
    ]
    assert signed[0]["expert_municipality_oktmo"] == "03625000"


def test_hard_conflict_blocks_even_with_a_reason(world: Any) -> None:
    for _ in range(3):
        world.expert()
    world.open()
    school = world.organisation()
    own = world.expert(organisation_id=school)
    entry_id = world.file(school)
    world.admit(entry_id)
    with world.at(9, 29), pytest.raises(Refused, match="BR-41") as refusal:
        actions.assign_expert(
            world.secretary,
            entry_id=entry_id,
            stage_kind="CORRESPONDENCE",
            expert_id=own,
            override_reason="Нужен",
        )
    assert refusal.value.field == "expert_id"
    with world.at(9, 29):
        world.assign()
        matrix = queries.assignment_matrix(world.secretary, world.edition_id)
    assert matrix.rows[0].cells[own].conflict is ConflictKind.SAME_ORG
    assert matrix.rows[0].assigned == 3


def test_soft_conflict_yields_to_a_reason(world: Any) -> None:
    inside = [world.expert(CITY) for _ in range(3)]
    world.open()
    entry_id = world.file()
    world.admit(entry_id)
    with world.at(9, 29):
        with pytest.raises(Refused, match="BR-40.*SAME_MUNICIPALITY"):
            world.assign()
        common = {"entry_id": entry_id, "stage_kind": "CORRESPONDENCE"}
        for expert_id in inside[:2]:
            actions.assign_expert(world.secretary, **common, expert_id=expert_id)
        with pytest.raises(Refused, match="BR-41"):
            actions.assign_expert(world.secretary, **common, expert_id=inside[2])
        actions.assign_expert(world.secretary, **common, expert_id=inside[2], override_reason="Других нет")


def test_recused_expert_never_gets_the_entry_again(world: Any) -> None:
    (entry_id,) = ready(world, experts=4)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks(entry_id)[0]
        actions.accept_assignment(who, assignment_id=task)
        actions.save_sheet(who, assignment_id=task, scores={"C1": 1}, comments={})
        with pytest.raises(Refused, match="BR-42"):
            actions.recuse(who, assignment_id=task, reason=" ")
        actions.recuse(who, assignment_id=task, reason="Узнал работу коллеги")
        assert world.assign() == 1
        assert queries.queue(who) == []
        with pytest.raises(NotAllowed):
            queries.entry(who, entry_id)


def test_spoiled_sheet_is_cancelled_kept_and_replaced(world: Any) -> None:
    (entry_id,) = ready(world)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks(entry_id)[0]
        first = world.score(who, task, 1)
        with pytest.raises(Refused, match="BR-46|3.3"):
            actions.save_sheet(who, assignment_id=task, scores={"C1": 2}, comments={})
        with pytest.raises(NotAllowed):
            actions.cancel_sheet(world.operator, sheet_id=first, reason="Опечатка")
        with pytest.raises(Refused, match="BR-46"):
            actions.cancel_sheet(world.secretary, sheet_id=first, reason="")
        actions.cancel_sheet(world.secretary, sheet_id=first, reason="Перепутаны критерии")
        second = world.score(who, task, 2)
    sheets = {one.sheet_id: one for one in queries.entry(world.secretary, entry_id).sheets}
    assert sheets[first].state == "CANCELLED"
    assert sheets[first].cancel_reason == "Перепутаны критерии"
    assert (sheets[second].state, sheets[second].percent) == ("SIGNED", Decimal("100.00"))


def test_entry_opens_after_the_declaration_of_independence(world: Any) -> None:
    (entry_id,) = ready(world)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks(entry_id)[0]
        with pytest.raises(NotAllowed):
            queries.entry(who, entry_id)
        assert not queries.assignment(who, task).may_read
        with pytest.raises(Refused, match="3.3"):
            actions.save_sheet(who, assignment_id=task, scores={"C1": 1}, comments={})
        actions.accept_assignment(who, assignment_id=task)
        assert queries.entry(who, entry_id).reg_no == "CITY-XIX-N1-001"
        assert queries.assignment(who, task).may_read


def test_experts_see_no_sheets_of_others_and_applicants_no_names(world: Any) -> None:
    (entry_id,) = ready(world)
    with world.at(9, 29):
        world.assign()
        world.score_all()
        for who, _ in world.tasks(entry_id):
            assert queries.entry(who, entry_id).sheets == []
        assert queries.entry(world.council, entry_id).sheets == []
        assert len(queries.entry(world.secretary, entry_id).sheets) == 3
        with pytest.raises(NotAllowed):
            queries.rating(world.council, world.edition_id, world.nominations["N1"])
    with world.at(10, 19):
        world.advance()
        sheets = queries.entry(world.council, entry_id).sheets
        assert [(one.expert_code, one.expert_name) for one in sheets] == [
            ("Э1", None),
            ("Э2", None),
            ("Э3", None),
        ]


def test_nobody_works_with_the_assignment_of_another(world: Any) -> None:
    (entry_id,) = ready(world)
    with world.at(9, 29):
        world.assign()
        (_, task), (other, _), *_ = world.tasks(entry_id)
        for act in (
            lambda: actions.accept_assignment(other, assignment_id=task),
            lambda: actions.recuse(other, assignment_id=task, reason="Не моё"),
            lambda: actions.save_sheet(other, assignment_id=task, scores={}, comments={}),
            lambda: actions.sign_sheet(other, assignment_id=task),
            lambda: queries.assignment(other, task),
            lambda: actions.release_assignment(other, assignment_id=task, reason="Не моё"),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_nobody_both_assigns_and_scores(world: Any) -> None:
    ready(world)
    account, human = ids.new_id(), world.human(world.organisation())
    deliver(
        world.app,
        "registry.account.changed.v1",
        {
            "account_id": account,
            "person_id": str(human),
            "active": True,
            "not_before": "2020-01-01T00:00:00+00:00",
            "grants": [{"role": "SECRETARY", "organisation_id": None, "municipality_oktmo": None}],
        },
    )
    with pytest.raises(Refused, match="ROLE") as refusal:
        actions.enrol_expert(world.secretary, person_id=human)
    assert refusal.value.field == "person_id"
    expert = next(iter(world.experts.values()))
    both = person(Role.SECRETARY, Role.EXPERT)
    both = type(both)(both.account_id, expert.person_id, both.name, both.grants)
    with world.at(9, 29):
        with pytest.raises(NotAllowed):
            actions.assign_experts(both, edition_id=world.edition_id, stage_kind="CORRESPONDENCE")
        world.assign()
        task = next(task for who, task in world.tasks() if who is expert)
        with pytest.raises(NotAllowed):
            actions.accept_assignment(both, assignment_id=task)


def test_enrolment_is_checked_and_repeatable(world: Any) -> None:
    with pytest.raises(Refused) as refusal:
        actions.enrol_expert(world.secretary, person_id=ids.new_id())
    assert refusal.value.field == "person_id"
    human = world.human(world.organisation())
    with pytest.raises(Refused, match="BR-43"):
        actions.enrol_expert(world.secretary, person_id=human, max_load=0)
    first = actions.enrol_expert(world.secretary, person_id=human)
    assert actions.enrol_expert(world.secretary, person_id=human, level="LEAD", max_load=5) == first
    (line,) = queries.experts(world.secretary)
    assert (line.level, line.max_load) == ("LEAD", 5)
    with pytest.raises(NotAllowed):
        queries.experts(person(Role.EXPERT))


def test_assignments_belong_to_the_running_stage(world: Any) -> None:
    (entry_id,) = ready(world)
    with world.at(9, 29):
        with pytest.raises(Refused, match="BR-40"):
            world.assign("IN_PERSON")
        with pytest.raises(NotAllowed):
            actions.assign_experts(world.operator, edition_id=world.edition_id, stage_kind="CORRESPONDENCE")
        world.assign()
        tasks = world.tasks(entry_id)
        world.score_all()
    with world.at(10, 19):
        world.advance()
        sheet_id = queries.entry(world.secretary, entry_id).sheets[0].sheet_id
        with pytest.raises(Refused, match="BR-46"):
            actions.cancel_sheet(world.secretary, sheet_id=sheet_id, reason="Поздно")
        with pytest.raises(Refused, match="3.3|закрыт"):
            actions.recuse(tasks[0][0], assignment_id=tasks[0][1], reason="Поздно")


def test_load_limit_of_a_single_assignment(world: Any) -> None:
    (one, two) = ready(world, experts=3, entries=2)
    busy = world.expert(max_load=1)
    with world.at(9, 29):
        common = {"stage_kind": "CORRESPONDENCE", "expert_id": busy}
        actions.assign_expert(world.secretary, entry_id=one, **common)
        with pytest.raises(Refused, match="уже назначен"):
            actions.assign_expert(world.secretary, entry_id=one, **common)
        with pytest.raises(Refused, match="BR-43"):
            actions.assign_expert(world.secretary, entry_id=two, **common)


def test_released_assignment_goes_to_another(world: Any) -> None:
    (entry_id,) = ready(world, experts=3)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks(entry_id)[0]
        with pytest.raises(Refused, match="BR-42"):
            actions.release_assignment(world.secretary, assignment_id=task, reason="")
        actions.release_assignment(world.secretary, assignment_id=task, reason="Не отвечает")
        assert queries.queue(who) == []
        assert world.assign() == 1


def test_unfinished_assignments_end_with_the_stage(world: Any) -> None:
    (entry_id,) = ready(world, experts=4)
    with world.at(9, 29):
        world.assign()
        busy = {who for who, _ in world.tasks(entry_id)}
        world.score_all()
        spare = next(key for key, who in world.experts.items() if who not in busy)
        actions.assign_expert(
            world.secretary, entry_id=entry_id, stage_kind="CORRESPONDENCE", expert_id=spare
        )
    with world.at(10, 19):
        world.advance()
    assert queries.queue(world.experts[spare]) == []


def test_signing_is_refused_with_rule_and_field(world: Any) -> None:
    ready(world)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks()[0]
        actions.accept_assignment(who, assignment_id=task)
        with pytest.raises(Refused, match="BR-45"):
            actions.sign_sheet(who, assignment_id=task)
        for scores, comments, field in (
            ({"C9": 1}, {}, "scores"),
            ({"C1": 7}, {}, "scores"),
            ({"C1": 1}, {"C9": WHY}, "comments"),
        ):
            with pytest.raises(Refused, match="BR-45") as refusal:
                actions.save_sheet(who, assignment_id=task, scores=scores, comments=comments)
            assert refusal.value.field == field
        actions.save_sheet(who, assignment_id=task, scores={f"C{n}": 2 for n in range(1, 9)}, comments={})
        with pytest.raises(Refused, match="BR-45") as refusal:
            actions.sign_sheet(who, assignment_id=task)
        assert refusal.value.field == "comments"
