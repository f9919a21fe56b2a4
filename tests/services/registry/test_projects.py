"""Projects, priority directions and recommendations: actions, rights, both doors (S-001…S-004, S-102)."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from services.registry import actions, queries
from services.registry.rules.project_kinds import RecommendationState
from shared import ids
from shared.person import PUBLIC, Person, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person
from tests.services.registry.conftest import ABINSKY, KRASNODAR, SEVERSKY, TODAY, World

Clients = Callable[..., FlaskClient]
R = RecommendationState


def test_a_project_with_everything_that_belongs_to_it(inside: World) -> None:
    direction = actions.add_direction(inside.operator, name="Успех каждого ребенка")
    key = inside.project(
        tasks=["Анализ", " ", "Модель"],
        goal="Инновационная деятельность",
        target_ids=[inside.tms, inside.other_tms, inside.tms],
        target_words=["педагоги"],
        direction_ids=[direction],
        act_ids=[inside.order],
    )
    actions.add_product(inside.operator, project_id=key, kind="APPROACH", title="Инновационный подход")
    one = queries.project(person(Role.PARTICIPANT), key)
    assert [(task.no, task.title) for task in one.tasks] == [(1, "Анализ"), (2, "Модель")]
    assert {target.id for target in one.targets} == {inside.tms, inside.other_tms}
    assert [direction.name for direction in one.directions] == ["Успех каждого ребенка"]
    assert [act.id for act in one.acts] == [inside.order]
    assert [product.title for product in one.products] == ["Инновационный подход"]
    product = one.products[0].id
    actions.drop_product(inside.operator, project_id=key, product_id=product)
    with pytest.raises(NotFound):
        actions.drop_product(inside.operator, project_id=key, product_id=product)


def test_a_change_replaces_what_was_there(inside: World) -> None:
    key = inside.project(tasks=["Анализ", "Модель", "База"], target_ids=[inside.tms])
    actions.change_project(
        inside.operator,
        project_id=key,
        name="Движение вперёд",
        level="FEDERAL",
        owner_id=inside.knmc,
        tasks=["Модель", "Анализ"],
    )
    one = queries.project(inside.operator, key)
    assert (one.name, [task.title for task in one.tasks], one.targets) == (
        "Движение вперёд",
        ["Модель", "Анализ"],
        [],
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "«Движение  ВВЕРХ»"}, "name"),
        ({"starts_on": date(2020, 1, 1), "ends_on": date(2019, 1, 1)}, "ends_on"),
        ({"tasks": ["Анализ", "анализ"]}, "tasks"),
        ({"target_words": ["педагоги", "Педагоги"]}, "target_words"),
        ({"target_ids": [ids.new_id()]}, "target_ids"),
        ({"direction_ids": [ids.new_id()]}, "direction_ids"),
        ({"act_ids": [ids.new_id()]}, "act_ids"),
    ],
)
def test_wrong_projects_are_refused_naming_the_field(inside: World, changes: dict, field: str) -> None:
    inside.project()
    with pytest.raises(Refused, match="PROJECT") as refused:
        inside.project(**{"name": "Другой", **changes})
    assert refused.value.field == field
    assert len(queries.projects(inside.operator)) == 1


def test_only_the_operator_keeps_projects(inside: World) -> None:
    key = inside.project()
    words = {"name": "Чужой", "level": "KRAI", "owner_id": inside.knmc}
    for who in (inside.tms_person, person(Role.IRO), person(Role.SYSTEM_ADMIN), PUBLIC):
        for attempt in (
            lambda who=who: actions.start_project(who, **words),
            lambda who=who: actions.change_project(who, project_id=key, **words),
            lambda who=who: actions.add_product(who, project_id=key, kind="MODEL", title="x"),
            lambda who=who: actions.add_direction(who, name="x"),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    with pytest.raises(NotAllowed):
        queries.projects(PUBLIC)
    with pytest.raises(NotAllowed):
        queries.project(PUBLIC, key)


def test_a_direction_stands_in_the_dictionary_once(inside: World) -> None:
    actions.add_direction(inside.operator, name="Успех каждого ребёнка")
    with pytest.raises(Refused, match="PROJECT"):
        actions.add_direction(inside.operator, name="«успех каждого ребенка»")


def submitted(world: World, who: Person | None = None, oktmo: str = SEVERSKY, **more: object) -> object:
    """A recommendation of the first ТМС."""
    return world.do(
        actions.submit_recommendation,
        who or world.tms_person,
        municipality_oktmo=oktmo,
        text="Проводить вебинары",
        **more,
    )


def test_the_way_of_a_recommendation(inside: World) -> None:
    key = submitted(inside)
    inside.approved()
    item = queries.roadmap(inside.operator, queries.roadmaps(inside.operator)[0].roadmap.id).items[0].item
    assert queries.network_desk(inside.operator, TODAY).recommendations == 1
    assert queries.recommendation(inside.tms_person, key).one.organisation_id == inside.tms
    with pytest.raises(Refused, match="RECOMMENDATION"):
        actions.realise_recommendation(inside.operator, recommendation_id=key, item_id=item.id)
    actions.accept_recommendation(inside.operator, recommendation_id=key)
    with pytest.raises(Refused, match="RECOMMENDATION"):
        actions.realise_recommendation(inside.operator, recommendation_id=key)
    actions.realise_recommendation(inside.operator, recommendation_id=key, item_id=item.id)
    one = queries.recommendation(inside.tms_person, key).one
    assert (one.state, one.item.title, one.realised_on) == (R.REALISED, "Положение", TODAY)
    other = submitted(inside, inside.stranger, ABINSKY)
    with pytest.raises(Refused, match="RECOMMENDATION"):
        actions.reject_recommendation(inside.operator, recommendation_id=other, reason="  ")
    assert queries.recommendation(inside.operator, other).one.state is R.SUBMITTED
    actions.reject_recommendation(inside.operator, recommendation_id=other, reason="уже есть")
    tally = queries.recommendation_tally(inside.tms_person)
    assert (tally.submitted, tally.accepted, tally.realised, tally.rejected, tally.municipalities) == (
        2,
        1,
        1,
        1,
        2,
    )


def test_recommendations_come_from_their_own_municipality(inside: World) -> None:
    authority = person(Role.EDU_AUTHORITY, municipality_oktmo=SEVERSKY)
    key = submitted(inside, authority)
    assert queries.recommendation(inside.tms_person, key).one.organisation_id is None
    by_letter = submitted(inside, inside.operator, organisation_id=inside.tms)
    assert queries.recommendation(authority, by_letter).one.organisation_id == inside.tms
    with pytest.raises(Refused, match="RECOMMENDATION") as refused:
        submitted(inside, inside.operator, KRASNODAR, organisation_id=inside.tms)
    assert refused.value.field == "organisation_id"
    with pytest.raises(Refused, match="RECOMMENDATION"):
        actions.submit_recommendation(inside.tms_person, municipality_oktmo=SEVERSKY, text=" ")
    for who in (inside.stranger, person(Role.ORGANISATION, municipality_oktmo=SEVERSKY), PUBLIC):
        with pytest.raises(NotAllowed):
            submitted(inside, who)
        with pytest.raises(NotFound):
            queries.recommendation(who, key)
    assert queries.recommendations(inside.stranger).total == 0
    assert queries.recommendations(authority).total == queries.recommendations(person(Role.IRO)).total == 2
    with pytest.raises(NotAllowed):
        queries.recommendations(person(Role.PARTICIPANT))
    for decide in (actions.accept_recommendation, actions.realise_recommendation):
        with pytest.raises(NotAllowed):
            decide(inside.tms_person, recommendation_id=key)


def test_both_by_the_api(world: World, client: Clients) -> None:
    api, mine = client(world.app, world.operator), client(world.app, world.tms_person)
    direction = api.post("/api/v1/priority-directions", json={"name": "Успех"}).json["id"]
    project = {
        "name": "Проект",
        "level": "KRAI",
        "owner_id": str(world.knmc),
        "tasks": ["Первая", "Вторая"],
        "direction_ids": [direction],
    }
    made = api.post("/api/v1/projects", json=project)
    path = f"/api/v1/projects/{made.json['id']}"
    product = api.post(f"{path}/products", json={"kind": "MECHANISM", "title": "Механизм"})
    card = mine.get(path).json
    assert [task["no"] for task in card["tasks"]] == [1, 2]
    assert (card["directions"][0]["name"], card["products"][0]["kind"]) == ("Успех", "MECHANISM")
    assert api.delete(f"{path}/products/{product.json['id']}").status_code == 204
    assert api.put(path, json={**project, "tasks": ["Одна"]}).status_code == 204
    assert [one["id"] for one in mine.get("/api/v1/projects").json] == [made.json["id"]]
    assert mine.put(path, json=project).status_code == 403
    assert api.post("/api/v1/projects", json={**project, "level": "GLOBAL"}).status_code == 422
    assert api.post("/api/v1/projects", json={**project, "target_ids": ["x"]}).status_code == 422
    assert client(world.app).get(path).status_code in (401, 403)
    sent = mine.post("/api/v1/recommendations", json={"municipality_oktmo": SEVERSKY, "text": "Совет"})
    advice = f"/api/v1/recommendations/{sent.json['id']}"
    assert client(world.app, world.stranger).get(advice).status_code == 404
    assert mine.post(f"{advice}/accept").status_code == 403
    assert api.post(f"{advice}/accept").status_code == 204
    assert api.post(f"{advice}/reject", json={"reason": "x"}).json["rule"] == "RECOMMENDATION"
    assert api.post(f"{advice}/realise", json={"realised_words": "Сделано"}).status_code == 204
    assert mine.get(advice).json["state"] == "REALISED"
    assert mine.get("/api/v1/recommendations/numbers").json["municipalities"] == 1
    assert len(api.get("/api/v1/recommendations?state=REALISED").json) == 1


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_pages_answer(world: World, client: Clients, lang: str) -> None:
    browser = client(world.app, world.operator)
    for path in ("/network", "/recommendations", "/priority-directions"):
        assert browser.get(f"{path}?lang={lang}").status_code == 200, path
    world.do(actions.add_direction, name="Успех")
    key = world.project(target_ids=[world.tms], target_words=["педагоги"], act_ids=[world.order])
    advice = submitted(world)
    world.approved(project_id=key)
    for path in (
        "/network",
        f"/projects/{key}",
        f"/projects/{key}/edit",
        "/projects/new",
        f"/projects/{key}/products/new",
        "/priority-directions",
        "/recommendations",
        "/recommendations?state=SUBMITTED",
        "/recommendations/new",
        f"/recommendations/{advice}/reject",
        f"/recommendations/{advice}/realise",
    ):
        answer = browser.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
        assert (answer.status_code, "<h1>" in answer.text) == (200, True), path
    mine = client(world.app, world.tms_person)
    assert mine.get("/recommendations/new").status_code == 200
    assert mine.get("/projects/new").status_code == 403
    assert client(world.app).get("/network").status_code in (302, 303, 401)


def test_the_form_keeps_tasks_in_their_order(world: World, client: Clients) -> None:
    browser = client(world.app, world.operator)
    words = {"name": "Проект", "level": "KRAI", "owner_id": str(world.knmc)}
    made = browser.post("/projects/new", data={**words, "tasks": ["Вторая", "", "Первая", ""]})
    assert made.status_code == 303
    page = browser.get(made.headers["Location"].removeprefix("/registry")).text
    assert page.index("Вторая") < page.index("Первая")
    faulty = browser.post("/projects/new", data={**words, "name": "Иной", "tasks": ["Раз", "Раз"]})
    assert (faulty.status_code, "Одно и то же указано дважды" in faulty.text) == (422, True)
    assert 'value="Раз"' in faulty.text
