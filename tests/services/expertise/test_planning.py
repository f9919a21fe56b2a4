"""Plans are looked at before they are applied; conflicts are found, declared, waived (F1, F17, BR-40…BR-43)."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.expertise import actions, model, queries
from services.expertise.readmodel import Employment, PersonCopy
from services.expertise.rules.vocabulary import ConflictKind, ConflictLevel, PlanState
from shared import clock, ids, jobs
from shared.person import Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import deliver, person
from shared.unit import read

from .conftest import CITY, DISTRICT

KIND = "CORRESPONDENCE"


def ready(world: Any, experts: int = 4, entries: int = 2, **more: Any) -> list[Any]:
    for _ in range(experts):
        world.expert(**more)
    world.open()
    filed = [world.file() for _ in range(entries)]
    world.admit(*filed)
    return filed


def planned(world: Any, **options: Any) -> Any:
    key = actions.propose_plan(world.secretary, edition_id=world.edition_id, stage_kind=KIND, options=options)
    return queries.plan(world.secretary, key)


def ledger(world: Any) -> list[str]:
    lines = read().scalars(
        sa.select(model.LedgerLine.kind)
        .where(model.LedgerLine.edition_id == world.edition_id)
        .order_by(model.LedgerLine.seq)
    )
    return [one.value for one in lines]


def test_a_plan_assigns_nobody_until_it_is_applied(world: Any) -> None:
    """What-if first, then the second button (F1); each assignment is a line of the log (F6)."""
    ready(world)
    with world.at(9, 29):
        card = planned(world)
        assert (card.state, len(card.pairs), card.wanted) == (PlanState.READY, 6, 6)
        assert world.tasks() == []
        assert {one.experience for one in card.pairs} == {500}
        assert all(len(experts) == 1 for _, experts in card.reserve)
        other = planned(world, order="AFFINITY")
        assert actions.apply_plan(world.secretary, plan_id=card.plan_id) == 6
        assert len(world.tasks()) == 6
        assert ledger(world).count("ASSIGNED") == 6
        assert queries.plan(world.secretary, other.plan_id).state is PlanState.STALE
        with pytest.raises(Refused, match="F1"):
            actions.apply_plan(world.secretary, plan_id=card.plan_id)


def test_a_plan_is_not_applied_when_something_changed(world: Any) -> None:
    """The hash of the inputs decides (F1)."""
    ready(world)
    with world.at(9, 29):
        card = planned(world)
        world.expert()
        with pytest.raises(Refused, match="Посчитайте план заново"):
            actions.apply_plan(world.secretary, plan_id=card.plan_id)
        assert world.tasks() == []


def test_an_impossible_plan_says_what_would_help(world: Any) -> None:
    """The minimum cut: how many of how many, which entries, and advice that was tried (F1)."""
    ready(world, experts=3, entries=2, place=CITY)
    with world.at(9, 29):
        card = planned(world)
        assert (card.state, card.wanted, card.possible) == (PlanState.IMPOSSIBLE, 6, 4)
        assert [one.lacks for one in card.short] == [1, 1]
        assert card.advice.newcomers == 1
        assert card.advice.variants == ["ANY_MUNICIPALITY"]
        tried = planned(world, newcomers=1)
        assert (tried.state, tried.newcomers) == (PlanState.READY, 2)
        with pytest.raises(Refused, match="F1"):
            actions.apply_plan(world.secretary, plan_id=tried.plan_id)


def test_a_cap_of_the_edition_and_excluded_experts(world: Any) -> None:
    """One expert of a municipality at an entry (F1); without an excluded expert the plan is impossible."""
    one, two = world.expert(CITY), world.expert(CITY)
    world.expert(DISTRICT)
    world.open(policy={"municipality_cap": 1, "same_municipality": "IGNORE"})
    world.admit(world.file())
    with world.at(9, 29):
        card = planned(world)
        assert card.state is PlanState.IMPOSSIBLE
        assert card.options["municipality_cap"] is None
        assert set(card.advice.variants) == {"CAP", "NO_CAP"}
        assert planned(world, municipality_cap=2).state is PlanState.READY
        lost = planned(world, municipality_cap=2, excluded=[str(one)])
        assert (lost.state, lost.advice.variants) == (PlanState.IMPOSSIBLE, ["NOBODY_EXCLUDED"])
        entry_id = read().scalar(sa.select(model.Entry.id))
        common = {"entry_id": entry_id, "stage_kind": KIND}
        actions.assign_expert(world.secretary, **common, expert_id=one)
        with pytest.raises(Refused, match="BR-41"):
            actions.assign_expert(world.secretary, **common, expert_id=two)


def test_repair_after_a_recusal_moves_as_little_as_can_be(world: Any) -> None:
    """Accepted assignments stay, proposals move only where they must (F1)."""
    ready(world, experts=4, entries=3, max_load=3)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks()[0]
        entry_id = queries.assignment(who, task).entry_id
        actions.recuse(who, assignment_id=task, reason="Узнал работу")
        card = planned(world, repair=True)
        assert card.state is PlanState.READY
        assert len(card.pairs) == len(card.released) + 1
        assert len(card.released) <= 1
        actions.apply_plan(world.secretary, plan_id=card.plan_id)
        assert len(world.tasks(entry_id)) == 3
        assert who not in [one for one, _ in world.tasks(entry_id)]


def test_fairness_and_bounds_of_load(world: Any) -> None:
    """Options may be tried; impossible bounds are refused at their input (F1)."""
    ready(world, experts=4, entries=2)
    with world.at(9, 29):
        card = planned(world, fairness=True, order="AFFINITY", least_load=1, most_load=2)
        assert (card.state, card.fair["finished"]) == (PlanState.READY, True)
        with pytest.raises(Refused) as refusal:
            planned(world, least_load=3, most_load=2)
        assert refusal.value.field == "least_load"
        idle = planned(world, least_load=2)
        assert (idle.state, idle.advice.without_lower) == (PlanState.IMPOSSIBLE, True)
        assert idle.idle


def test_a_great_plan_waits_for_its_job(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large instances are computed outside the request; the page says so meanwhile."""
    ready(world)
    monkeypatch.setattr("services.expertise.actions.planning.INLINE", 0)
    with world.at(9, 29):
        card = planned(world)
        assert card.state is PlanState.WAITING
        assert "План считается" in world.page(world.secretary, f"/plans/{card.plan_id}")
        with pytest.raises(Refused, match="F1"):
            actions.apply_plan(world.secretary, plan_id=card.plan_id)
        with world.at(9, 29, 13):
            assert jobs.run_due() == 1
            assert queries.plan(world.secretary, card.plan_id).state is PlanState.READY
            assert actions.apply_plan(world.secretary, plan_id=card.plan_id) == 6


def test_only_a_secretary_plans(world: Any) -> None:
    """No role may both assign and score; operator and council do not plan (model 3.5)."""
    ready(world)
    expert = next(iter(world.experts.values()))
    with world.at(9, 29):
        card = planned(world)
        both = person(Role.SECRETARY, Role.EXPERT)
        both = type(both)(both.account_id, expert.person_id, both.name, both.grants)
        for who in (world.operator, world.council, expert, both):
            with pytest.raises(NotAllowed):
                actions.propose_plan(who, edition_id=world.edition_id, stage_kind=KIND)
            with pytest.raises(NotAllowed):
                actions.apply_plan(who, plan_id=card.plan_id)
        for who in (world.operator, world.council, expert):
            with pytest.raises(NotAllowed):
                queries.plan(who, card.plan_id)
        with pytest.raises(NotFound):
            actions.apply_plan(world.secretary, plan_id=ids.new_id())


def test_a_former_place_of_work_is_remembered_and_waived_by_an_act(world: Any) -> None:
    """Employer now or in the last years (F17); the copy of a person remembers; only an act lifts it."""
    for _ in range(3):
        world.expert()
    world.open()
    school = world.organisation()
    entry_id = world.file(school)
    with world.at(9, 15):
        moved = world.expert(organisation_id=school)
        who = world.experts[moved]
        deliver(
            world.app,
            "registry.person.changed.v1",
            {
                "person_id": who.person_id,
                "last_name": "Экспертова",
                "first_name": "Анна",
                "organisation_id": str(world.organisation(DISTRICT)),
            },
            version=2,
        )
    world.admit(entry_id)
    jobs_of = read().scalars(sa.select(Employment).where(Employment.person_id == who.person_id)).all()
    assert [one.last_seen is None for one in sorted(jobs_of, key=lambda one: one.id)] == [False, True]
    with world.at(9, 29):
        (line,) = queries.edition_conflicts(world.secretary, world.edition_id, expert_id=moved)
        assert (line.kind, line.level) == (ConflictKind.FORMER_ORG, ConflictLevel.HARD)
        common = {"entry_id": entry_id, "expert_id": moved}
        with pytest.raises(Refused, match="BR-41"):
            actions.assign_expert(world.secretary, **common, stage_kind=KIND)
        act = {"act_ref": "Приказ № 5", "reason": "Других специалистов нет"}
        with pytest.raises(NotAllowed):
            actions.waive_conflict(world.secretary, **common, kind="FORMER_ORG", **act)
        with pytest.raises(Refused, match="BR-41"):
            actions.waive_conflict(world.operator, **common, kind="SAME_ORG", **act)
        with pytest.raises(Refused, match="BR-41"):
            actions.waive_conflict(world.operator, **common, kind="RELATIVE", **act)
        with pytest.raises(Refused) as refusal:
            actions.waive_conflict(world.operator, **common, kind="FORMER_ORG", act_ref=" ", reason="Так")
        assert refusal.value.field == "act_ref"
        actions.waive_conflict(world.operator, **common, kind="FORMER_ORG", **act)
        with pytest.raises(Refused, match="уже снят"):
            actions.waive_conflict(world.operator, **common, kind="FORMER_ORG", **act)
        (line,) = queries.edition_conflicts(world.operator, world.edition_id, expert_id=moved)
        assert line.level is ConflictLevel.WAIVED
        actions.assign_expert(world.secretary, **common, stage_kind=KIND)
        assert "CONFLICT_WAIVED" in ledger(world)
        data = b"".join(read().scalars(sa.select(model.LedgerLine.line)))
        assert "Приказ".encode() not in data


def test_an_expert_declares_before_being_invited(world: Any) -> None:
    """A declared organisation's entries are not offered (BR-42)."""
    (entry_id, *_) = ready(world, experts=4, entries=2)
    expert_id, who = next(iter(world.experts.items()))
    with world.at(9, 29):
        applicant = read().get(model.Entry, entry_id).applicant_id
        word = {"edition_id": world.edition_id, "organisation_id": applicant}
        with pytest.raises(Refused) as refusal:
            actions.declare_expert_conflict(who, **word, reason=" ")
        assert refusal.value.field == "reason"
        for stranger in (world.secretary, world.operator, person(Role.EXPERT)):
            with pytest.raises(NotAllowed):
                actions.declare_expert_conflict(stranger, **word, reason="Нет")
        actions.declare_expert_conflict(who, **word, reason="Консультировал школу")
        with pytest.raises(Refused, match="уже заявили"):
            actions.declare_expert_conflict(who, **word, reason="Консультировал школу")
        card = planned(world)
        assert (entry_id, expert_id) not in {(one.entry_id, one.expert_id) for one in card.pairs}
        assert [line[2] for line in queries.own_declarations(who)] == ["Консультировал школу"]
        assert "CONFLICT_DECLARED" in ledger(world)


def test_ties_make_conflicts_and_have_a_source(world: Any) -> None:
    """Relative, mentor, joint project: recorded with a source, soft ones only cost (F17)."""
    (entry_id, *_) = ready(world, experts=4, entries=1)
    expert_id, who = next(iter(world.experts.items()))
    with world.at(9, 29):
        applicant = read().get(model.Entry, entry_id).applicant_id
        tie = {"person_id": who.person_id, "organisation_id": applicant, "kind": "JOINT_PROJECT"}
        with pytest.raises(NotAllowed):
            actions.add_relation(world.operator, **tie, source="Договор")
        for wrong, field in (
            ({**tie, "kind": "SAME_ORG"}, "kind"),
            ({**tie, "organisation_id": None}, "other_person_id"),
            ({**tie, "other_person_id": who.person_id, "organisation_id": None}, "other_person_id"),
            ({**tie, "person_id": ids.new_id()}, "person_id"),
            ({**tie, "organisation_id": ids.new_id()}, "organisation_id"),
        ):
            with pytest.raises(Refused) as refusal:
                actions.add_relation(world.secretary, **wrong, source="Договор")
            assert refusal.value.field == field
        key = actions.add_relation(world.secretary, **tie, source="Договор № 3")
        (line,) = queries.edition_conflicts(world.secretary, world.edition_id)
        assert (line.level, line.source) == (ConflictLevel.SOFT, "Договор № 3")
        assert all(one.expert_id != expert_id for one in planned(world, order="AFFINITY").pairs)
        long_ago = clock.today() - timedelta(days=4 * 366)
        actions.add_relation(world.secretary, **{**tie, "kind": "MENTOR"}, source="Приказ", ended=long_ago)
        assert len(queries.edition_conflicts(world.secretary, world.edition_id)) == 1
        actions.remove_relation(world.secretary, relation_id=key)
        assert queries.edition_conflicts(world.secretary, world.edition_id) == []
        with pytest.raises(NotFound):
            actions.remove_relation(world.secretary, relation_id=key)


def test_pages_of_plans_and_conflicts(world: Any) -> None:
    """The whole way through the pages: ask, look, apply; look at conflicts; declare; record a tie."""
    (entry_id, *_) = ready(world)
    who = next(iter(world.experts.values()))
    edition = f"/editions/{world.edition_id}"
    with world.at(9, 29):
        applicant = read().get(model.Entry, entry_id).applicant_id
        assert "Посчитать план" in world.page(world.secretary, f"{edition}/matrix")
        assert "Что важнее" in world.page(world.secretary, f"{edition}/plan")
        asked = {"stage_kind": KIND, "order": "EVEN", "fairness": "true", "connect": "true"}
        sent = world.post(world.secretary, f"{edition}/plan", **asked)
        assert sent.status_code == 303, sent.text
        place = sent.location[sent.location.index("/plans/"):]
        text = world.page(world.secretary, place)
        assert "Применить план" in text
        assert "Новые назначения" in text
        assert world.post(world.secretary, f"{place}/apply").status_code == 303
        assert "применён" in world.page(world.secretary, place)
        wrong = world.post(world.secretary, f"{edition}/plan", stage_kind=KIND, least_load="3", most_load="1")
        assert wrong.status_code == 422
        word = {"edition_id": world.edition_id, "organisation_id": applicant, "reason": "Дружу"}
        declared = world.post(who, "/conflicts/declare", **word)
        assert declared.status_code == 303, declared.text
        assert "Дружу" in world.page(who, "/conflicts/declare")
        tie = {"person_id": who.person_id, "organisation_id": applicant, "kind": "MENTOR", "source": "Приказ"}
        assert world.post(world.secretary, "/relations", **tie).status_code == 303
        assert "Приказ" in world.page(world.secretary, "/relations")
        text = world.page(world.operator, f"{edition}/conflicts")
        assert "сам заявил о конфликте" in text
        assert "Снять актом" in text
        assert "Акт: вид" in world.page(world.operator, f"/entries/{entry_id}/waive")
        for path in (f"{edition}/plan", place, f"{edition}/conflicts", "/relations"):
            assert world.browse(who, "GET", path).status_code == 403


def test_an_impossible_plan_is_told_on_its_page(world: Any) -> None:
    """The certificate in plain Russian."""
    ready(world, experts=3, entries=2, place=CITY)
    with world.at(9, 29):
        text = world.page(world.secretary, f"/plans/{planned(world).plan_id}")
    assert "можно сделать 4, не хватает 2" in text
    assert "Ещё экспертов из муниципалитетов вне списка (город Краснодар): 1" in text
    assert "Не учитывать, что эксперт из муниципалитета соискателя" in text


def test_plans_and_conflicts_by_the_api(world: Any) -> None:
    """Programs may do what pages can."""
    (entry_id, *_) = ready(world)
    base = f"/api/v1/editions/{world.edition_id}"
    with world.at(9, 29):

        def send(who: Any, method: str, path: str, **body: Any) -> Any:
            return world.browse(who, method, path, **({"json": body} if body else {}))

        made = send(world.secretary, "POST", f"{base}/plans", stage_kind=KIND, order="AFFINITY")
        assert made.status_code == 201, made.text
        key = made.json["id"]
        card = send(world.secretary, "GET", f"/api/v1/plans/{key}")
        assert (card.status_code, card.json["state"], len(card.json["pairs"])) == (200, "READY", 6)
        assert send(world.secretary, "GET", f"{base}/plans").json[0]["plan_id"] == key
        assert send(world.operator, "POST", f"/api/v1/plans/{key}/apply").status_code == 403
        assert send(world.secretary, "POST", f"/api/v1/plans/{key}/apply").json == {"count": 6}
        assert send(world.secretary, "GET", f"{base}/conflicts").json == []
        bad = send(world.secretary, "POST", f"{base}/plans", stage_kind=KIND, least_load=-1, newcomers="много")
        assert bad.status_code == 422
        who = next(iter(world.experts.values()))
        applicant = str(read().get(model.Entry, entry_id).applicant_id)
        said = send(who, "POST", f"{base}/conflicts", organisation_id=applicant, reason="Дружу с автором")
        assert said.status_code == 201
        (line,) = send(world.operator, "GET", f"{base}/conflicts").json
        assert line["kind"] == "DECLARED"
        waived = send(
            world.operator, "POST", f"/api/v1/entries/{entry_id}/waivers",
            expert_id=line["expert_id"], kind="DECLARED", act_ref="Приказ № 1", reason="Ошибся",
        )  # fmt: skip
        assert waived.status_code == 201, waived.text
        tie = {"person_id": str(who.person_id), "organisation_id": applicant, "kind": "RELATIVE", "source": "Слова"}
        made = send(world.secretary, "POST", "/api/v1/relations", **tie)
        assert made.status_code == 201
        assert len(send(world.secretary, "GET", "/api/v1/relations").json) == 1
        assert send(world.secretary, "DELETE", f"/api/v1/relations/{made.json['id']}").status_code == 204


def test_reciprocal_judging_is_seen_in_the_next_edition(world: Any) -> None:
    """A judged B's organisation last time; B should rather not judge A's now (F17)."""
    ready(world, experts=3, entries=1)
    with world.at(9, 29):
        world.assign()
        judge = read().scalar(sa.select(model.Assignment))
        judged = judge.entry.applicant_id
        first = world.edition_id
        mine = world.human(judged)
        other = actions.enrol_expert(world.secretary, person_id=mine)
        profile = read().get(model.ExpertProfile, judge.expert_id)
        home = read().get(PersonCopy, profile.person_id).organisation_id
        series = read().get(model.ContestEdition, first).series_id
    with world.at(11, 5):
        day = [clock.now() + timedelta(days=9 * n) for n in range(4)]
        stages = ("SUBMISSION", KIND, "DECISION")
        later = actions.draft_edition(
            world.operator,
            series_id=series,
            ordinal=20,
            year=2020,
            title="XX конкурс",
            opens_on=date(2020, 11, 1),
            closes_on=date(2020, 12, 1),
            stages=[
                {"order": n, "kind": kind, "opens_at": day[n - 1], "closes_at": day[n]}
                for n, kind in enumerate(stages, 1)
            ],
            nominations=[{"code": "N1", "title": "Проекты", "entry_kind": "PROJECT", "rubric_code": "R-PROJECT"}],
            policy={},
        )
        actions.approve_edition(world.operator, edition_id=later, act_ref="Приказ № 2")
        actions.advance_edition(world.operator, edition_id=later)
        world.edition_id = later
        card = queries.edition(world.operator, later)
        entry_id = actions.draft_entry(
            world.applicant(home),
            edition_id=later,
            nomination_id=card.nominations[0].nomination_id,
            applicant_id=home,
            topic="Ответный проект",
        )
        actions.submit_entry(world.applicant(home), entry_id=entry_id)
        found = queries.edition_conflicts(world.secretary, later, expert_id=other)
    assert [(one.kind, one.level) for one in found] == [(ConflictKind.RECIPROCAL, ConflictLevel.SOFT)]


def test_places_of_work_follow_the_newest_news(world: Any) -> None:
    """Old news changes nothing, a repeated place adds nothing, an erased person leaves no trace (F17, BR-69)."""
    first, second = world.organisation(), world.organisation()
    key = world.human(first)

    def told(organisation_id: Any, version: int, **more: Any) -> list[tuple[Any, bool]]:
        data = {"person_id": key, "last_name": "Экспертова", "first_name": "Анна", **more}
        data["organisation_id"] = organisation_id and str(organisation_id)
        deliver(world.app, "registry.person.changed.v1", data, version=version)
        read().rollback()  # what was read before belongs to an older snapshot
        rows = read().scalars(sa.select(Employment).where(Employment.person_id == key)).all()
        return sorted(((one.organisation_id, one.last_seen is None) for one in rows), key=lambda one: one[1])

    assert told(first, 2) == [(first, True)]
    assert told(second, 4) == [(first, False), (second, True)]
    assert told(first, 3) == [(first, False), (second, True)]
    assert told(None, 5) == [(first, False), (second, False)]
    assert told(None, 6, erased=True) == []
