"""Roadmaps: composed, approved, versioned, marked; read on any day; told; printed; both doors (S-053, D-11)."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from services.registry import actions, queries
from services.registry.rules.kinds import Evidence
from services.registry.rules.project_kinds import ItemState
from shared import clock, ids
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.requisites import PaperFormat
from shared.testing.suite import person, told
from tests.services.registry.conftest import ABINSKY, SEVERSKY, TODAY, World

D = date
Clients = Callable[..., FlaskClient]


def rows(world: World, key: UUID, **asked: Any) -> dict[str, Any]:
    """Items of a roadmap by number."""
    return {row.no: row for row in queries.roadmap(world.operator, key, **asked).items}


def finish(world: World, key: UUID, no: str, started: date, done: date) -> None:
    """An item is begun and done."""
    item = rows(world, key)[no].item.item_key
    actions.start_item(world.operator, roadmap_id=key, item_key=item, on=started)
    actions.finish_item(world.operator, roadmap_id=key, item_key=item, on=done, evidence="протокол № 1")


def test_a_roadmap_is_composed_by_its_municipality_and_approved_by_the_operator(inside: World) -> None:
    key = inside.roadmap(inside.tms_person)
    found = rows(inside, key)
    assert [(no, row.item.title) for no, row in found.items()] == [
        ("1.1", "Положение"),
        ("2.1", "Вебинар"),
        ("2.2", "Стажировка"),
    ]
    assert [row.item.due_on for row in found.values()] == [D(2020, 6, 30), D(2020, 12, 31), D(2021, 4, 30)]
    approval = {
        "roadmap_id": key,
        "approved_on": D(2020, 1, 15),
        "approved_by": "директор",
        "act_id": inside.order,
    }
    with pytest.raises(NotAllowed):
        actions.approve_roadmap(inside.tms_person, **approval)
    before = len(told(inside.app))
    actions.approve_roadmap(inside.operator, **approval)
    (message,) = told(inside.app)[before:]
    assert message[0] == "registry.roadmap.changed.v1"
    assert (message[1]["version_no"], message[1]["approved_on"]) == (1, "2020-01-15")
    assert [item["no"] for item in message[1]["items"]] == ["1.1", "2.1", "2.2"]
    with pytest.raises(Refused, match="ROADMAP"):
        actions.approve_roadmap(inside.operator, **approval)


def test_an_approved_version_is_never_edited(inside: World) -> None:
    key = inside.approved()
    item = rows(inside, key)["1.1"].item
    words = {
        "section": "NORMATIVE",
        "title": "Иначе",
        "due_on": TODAY,
        "responsible_words": "Кто-то",
    }
    for change in (
        lambda: actions.change_item(inside.operator, roadmap_id=key, item_id=item.id, **words),
        lambda: actions.drop_item(inside.operator, roadmap_id=key, item_id=item.id),
        lambda: actions.add_item(inside.operator, roadmap_id=key, **words),
        lambda: actions.discard_draft(inside.operator, roadmap_id=key),
    ):
        with pytest.raises(Refused, match="ROADMAP"):
            change()
    assert rows(inside, key)["1.1"].item.title == "Положение"


def test_the_state_of_every_item_on_any_past_day(inside: World) -> None:
    key = inside.approved()
    finish(inside, key, "1.1", D(2020, 5, 1), D(2020, 7, 10))
    states = {
        day: [row.standing.state for row in queries.roadmap(inside.operator, key, on=day).items]
        for day in (D(2020, 1, 14), D(2020, 1, 15), D(2020, 5, 1), D(2020, 7, 1), D(2020, 7, 10))
    }
    planned = [ItemState.PLANNED] * 2
    assert states[D(2020, 1, 14)] == []
    assert states[D(2020, 1, 15)] == [ItemState.PLANNED, *planned]
    assert states[D(2020, 5, 1)] == [ItemState.IN_PROGRESS, *planned]
    assert states[D(2020, 7, 1)] == [ItemState.OVERDUE, *planned]
    assert states[D(2020, 7, 10)] == [ItemState.DONE, *planned]
    card = queries.roadmap(inside.operator, key)
    assert (card.progress.due, card.progress.done, card.progress.late) == (2, 1, 1)
    assert str(card.progress.percent) == "50.0"
    with clock.at(D(2021, 1, 1)):
        assert rows(inside, key)["2.1"].standing.state is ItemState.OVERDUE


def test_marks_are_dated_reasoned_and_told(inside: World) -> None:
    key = inside.approved()
    item = rows(inside, key)["2.1"].item.item_key
    mark = {"roadmap_id": key, "item_key": item}
    with pytest.raises(Refused, match="ROADMAP_ITEM"):
        actions.finish_item(inside.operator, **mark, on=D(2020, 3, 1), evidence="протокол")
    actions.start_item(inside.tms_person, **mark, on=D(2020, 3, 1))
    move = {"due_on": D(2021, 2, 3), "due_precision": "MONTH"}
    with pytest.raises(Refused, match="ROADMAP_ITEM") as refused:
        actions.move_item(inside.operator, **mark, on=D(2020, 2, 1), reason="нет средств", **move)
    assert refused.value.field == "on"
    actions.move_item(inside.operator, **mark, on=D(2020, 4, 1), reason="нет средств", **move)
    row = rows(inside, key)["2.1"]
    assert (row.standing.state, row.standing.due, row.due_precision) == (
        "IN_PROGRESS",
        D(2021, 2, 28),
        "MONTH",
    )
    data = told(inside.app)[-1][1]["items"][1]
    assert (data["state"], data["due_on"], data["done_on"]) == ("IN_PROGRESS", "2021-02-28", None)
    actions.cancel_item(inside.operator, **mark, on=TODAY, reason="отменено решением совета")
    data = told(inside.app)[-1][1]["items"][1]
    assert (data["state"], data["cancelled_on"]) == ("CANCELLED", TODAY.isoformat())
    actions.reopen_item(inside.operator, **mark, on=TODAY, reason="отмечено по ошибке")
    card = queries.roadmap(inside.operator, key)
    assert [one.step for one in card.marks] == ["START", "MOVE", "CANCEL", "REOPEN"]


def test_a_new_version_is_copied_compared_and_takes_over_on_its_day(inside: World) -> None:
    key = inside.approved()
    finish(inside, key, "1.1", D(2020, 2, 1), D(2020, 3, 1))
    moved = rows(inside, key)["2.2"].item.item_key
    actions.move_item(
        inside.operator,
        roadmap_id=key,
        item_key=moved,
        on=D(2020, 3, 1),
        due_on=D(2021, 5, 5),
        reason="перенос",
    )
    assert actions.new_version(inside.operator, roadmap_id=key) == 2
    with pytest.raises(Refused, match="ROADMAP"):
        actions.new_version(inside.operator, roadmap_id=key)
    # A move while the draft is open reaches the draft too.
    actions.move_item(
        inside.operator,
        roadmap_id=key,
        item_key=moved,
        on=D(2020, 4, 1),
        due_on=D(2021, 6, 6),
        reason="ещё раз",
    )
    draft = rows(inside, key, version=2)
    assert draft["2.2"].item.due_on == D(2021, 6, 6)
    webinar = draft["2.1"].item
    actions.drop_item(inside.operator, roadmap_id=key, item_id=webinar.id)
    actions.add_item(
        inside.operator,
        roadmap_id=key,
        section="DISSEMINATION",
        title="Фестиваль",
        due_on=D(2021, 3, 1),
        responsible_words="КНМЦ",
    )
    approval = {"roadmap_id": key, "approved_by": "директор", "act_id": inside.order}
    with pytest.raises(Refused, match="ROADMAP") as refused:
        actions.approve_roadmap(inside.operator, approved_on=D(2020, 1, 15), **approval)
    assert refused.value.field == "approved_on"
    actions.approve_roadmap(inside.operator, approved_on=D(2020, 9, 1), **approval)
    found = queries.compare_versions(inside.operator, key, 2)
    assert [item.title for item in found.added] == ["Фестиваль"]
    assert [item.title for item in found.removed] == ["Вебинар"]
    assert [(change.new.title, change.parts) for change in found.changed] == [
        ("Стажировка", ["due", "precision"])
    ]
    before, after = rows(inside, key, on=D(2020, 8, 31)), rows(inside, key, on=D(2020, 9, 1))
    assert [row.item.title for row in before.values()] == ["Положение", "Вебинар", "Стажировка"]
    assert [row.item.title for row in after.values()] == ["Положение", "Стажировка", "Фестиваль"]
    assert before["2.2"].standing.due == after["2.1"].standing.due == D(2021, 6, 6)
    assert after["1.1"].standing.state is ItemState.DONE, "what is done stays done in the next version"
    with pytest.raises(NotFound):
        actions.start_item(inside.operator, roadmap_id=key, item_key=webinar.item_key, on=TODAY)


def test_a_draft_of_a_version_may_be_given_up(inside: World) -> None:
    key = inside.approved()
    actions.new_version(inside.operator, roadmap_id=key)
    actions.discard_draft(inside.operator, roadmap_id=key)
    assert [version.no for version in queries.roadmap(inside.operator, key).versions] == [1]
    first = inside.roadmap()
    with pytest.raises(Refused, match="ROADMAP"):
        actions.discard_draft(inside.operator, roadmap_id=first)


@pytest.mark.parametrize(
    ("owner", "field"),
    [({}, "project_id"), ({"project_id": ids.new_id(), "municipality_oktmo": SEVERSKY}, "project_id")],
)
def test_a_roadmap_has_one_owner(inside: World, owner: dict, field: str) -> None:
    with pytest.raises(Refused, match="ROADMAP") as refused:
        actions.draft_roadmap(inside.operator, title="Карта", **owner)
    assert refused.value.field == field


def test_the_basis_is_one_act_or_one_agreement(inside: World) -> None:
    key, agreement = inside.roadmap(), inside.in_force()
    approval = {"roadmap_id": key, "approved_on": TODAY, "approved_by": "директор"}
    for bases in ({}, {"act_id": inside.order, "agreement_id": agreement}):
        with pytest.raises(Refused, match="ROADMAP") as refused:
            actions.approve_roadmap(inside.operator, **approval, **bases)
        assert refused.value.field == "act_id"
    actions.approve_roadmap(inside.operator, **approval, agreement_id=agreement)


def test_an_approved_roadmap_is_the_evidence_of_the_transformation(inside: World) -> None:
    def proof(day: date, oktmo: str = SEVERSKY) -> str | None:
        return queries.proofs_of(oktmo, inside.tms, day).get(Evidence.ROADMAP)

    inside.approved(on=D(2020, 5, 1))
    inside.approved(on=D(2020, 2, 1), project_id=inside.project())
    assert proof(D(2020, 4, 30)) is None
    assert proof(D(2020, 5, 1)) == "Дорожная карта, № 1, 01.05.2020"
    assert proof(TODAY, ABINSKY) is None


def test_drafts_are_seen_and_changed_by_their_composers_only(inside: World) -> None:
    key = inside.roadmap()
    authority = person(Role.EDU_AUTHORITY, municipality_oktmo=SEVERSKY)
    for who in (inside.operator, inside.tms_person, authority):
        assert queries.roadmap(who, key).version.no == 1
        assert [row.draft.no for row in queries.roadmaps(who)] == [1]
    for who in (inside.stranger, person(Role.PARTICIPANT), person(Role.IRO)):
        assert queries.roadmaps(who) == []
        with pytest.raises(NotFound):
            queries.roadmap(who, key)
        with pytest.raises(NotAllowed):
            actions.add_item(
                who,
                roadmap_id=key,
                section="NORMATIVE",
                title="Чужой",
                due_on=TODAY,
                responsible_words="я",
            )
    with pytest.raises(NotAllowed):
        actions.draft_roadmap(inside.stranger, title="Чужая", municipality_oktmo=SEVERSKY)
    with pytest.raises(NotAllowed):
        actions.draft_roadmap(inside.tms_person, title="Проекта", project_id=inside.project())
    with pytest.raises(NotAllowed):
        queries.roadmaps(PUBLIC)


def test_an_approved_roadmap_is_read_by_everybody_signed_in_but_not_its_next_draft(inside: World) -> None:
    key = inside.approved()
    actions.new_version(inside.operator, roadmap_id=key)
    reader = person(Role.PARTICIPANT)
    card = queries.roadmap(reader, key)
    assert ([one.no for one in card.versions], card.may_edit, card.may_mark) == ([1], False, False)
    with pytest.raises(NotFound):
        queries.roadmap(reader, key, version=2)
    with pytest.raises(NotFound):
        queries.roadmap(reader, ids.new_id())
    with pytest.raises(NotAllowed):
        actions.start_item(reader, roadmap_id=key, item_key=card.items[0].item.item_key, on=TODAY)


def test_the_paper_has_the_approval_and_three_sections(inside: World) -> None:
    key = inside.approved()
    words = list(queries.roadmap_paper(queries.roadmap(inside.operator, key)).texts())
    for expected in ("УТВЕРЖДАЮ", "директор КНМЦ Проверкина А. Б.", "4-й квартал 2020", "июнь 2020", "Отчёт"):
        assert expected in words
    assert words.index("Положение") < words.index("Вебинар") < words.index("Стажировка")
    draft = inside.roadmap()
    assert "ПРОЕКТ, не утверждён" in queries.roadmap_paper(queries.roadmap(inside.operator, draft)).texts()
    docx = queries.roadmap_file(inside.operator, key, PaperFormat.DOCX)
    with zipfile.ZipFile(io.BytesIO(docx.content)) as package:
        assert "УТВЕРЖДАЮ" in package.read("word/document.xml").decode()
    assert docx.name == "Дорожная карта.docx"
    assert queries.roadmap_file(inside.operator, draft, PaperFormat.PDF).content.startswith(b"%PDF-")


def test_an_approved_roadmap_is_issued_with_number_and_code(inside: World) -> None:
    key, draft = inside.approved(), inside.roadmap()
    with pytest.raises(Refused, match="BR-67"):
        actions.print_roadmap(inside.operator, roadmap_id=draft)
    with pytest.raises(NotAllowed):
        actions.print_roadmap(inside.stranger, roadmap_id=key)
    paper = actions.print_roadmap(inside.tms_person, roadmap_id=key)
    (kept,) = queries.roadmap(person(Role.PARTICIPANT), key).papers
    assert (kept.id, kept.number) == (paper, "ДК-2020/0001")
    file = queries.paper_file(inside.operator, paper, PaperFormat.DOCX)
    with zipfile.ZipFile(io.BytesIO(file.content)) as package:
        words = package.read("word/document.xml").decode()
    assert "УТВЕРЖДАЮ" in words
    assert queries.verify(kept.verify_code).number == kept.number
    actions.new_version(inside.operator, roadmap_id=key)
    assert queries.roadmap(inside.operator, key, version=2).papers == []


def test_the_desk_shows_overdue_items_and_drafts(inside: World) -> None:
    inside.approved()
    inside.roadmap()
    desk = queries.network_desk(inside.operator, TODAY)
    assert [one.row.item.title for one in desk.overdue] == ["Положение"]
    assert len(desk.drafts) == 1
    own = queries.network_desk(inside.tms_person, TODAY)
    assert ([one.row.no for one in own.overdue], own.drafts) == (["1.1"], [])
    assert queries.network_desk(inside.stranger, TODAY).is_empty
    assert queries.network_desk(PUBLIC, TODAY).is_empty


def test_the_whole_way_by_the_api(world: World, client: Clients) -> None:
    api = client(world.app, world.operator)
    made = api.post("/api/v1/roadmaps", json={"title": "Карта", "municipality_oktmo": SEVERSKY})
    path = f"/api/v1/roadmaps/{made.json['id']}"
    item = {
        "section": "NORMATIVE",
        "title": "Положение",
        "due_on": "2020-03-05",
        "due_precision": "QUARTER",
        "responsible_words": "КНМЦ",
    }
    entered = api.post(f"{path}/items", json=item).json["id"]
    assert api.post(f"{path}/items", json={**item, "section": "OTHER"}).status_code == 422
    refused = api.post(f"{path}/items", json={**item, "responsible_words": None})
    assert (refused.status_code, refused.json["rule"]) == (422, "ROADMAP_ITEM")
    assert api.put(f"{path}/items/{entered}", json={**item, "title": "Положение о ТМС"}).status_code == 204
    approval = {"approved_on": "2020-02-01", "approved_by": "директор", "act_id": str(world.order)}
    assert api.post(f"{path}/approve", json=approval).status_code == 204
    card = api.get(path).json
    key = card["items"][0]["item_key"]
    assert card["items"][0] == {
        **card["items"][0],
        "no": "1.1",
        "title": "Положение о ТМС",
        "due_on": "2020-03-31",
        "state": "OVERDUE",
    }
    assert card["progress"] == {
        "due": 1,
        "done": 0,
        "late": 1,
        "percent": "0.0",
        "late_percent": "100.0",
    }
    assert api.get(f"{path}?on=2020-03-31").json["items"][0]["state"] == "PLANNED"
    assert api.post(f"{path}/marks/{key}/start", json={"on": "2020-04-01"}).status_code == 204
    assert api.post(f"{path}/marks/{key}/finish", json={"on": "2020-04-02"}).status_code == 422
    done = {"on": "2020-04-02", "evidence": "протокол"}
    assert api.post(f"{path}/marks/{key}/finish", json=done).status_code == 204
    assert api.post(f"{path}/marks/{key}/finish", json=done).json["rule"] == "ROADMAP_ITEM"
    assert api.post(f"{path}/versions").json == {"no": 2}
    assert api.get(f"{path}/versions/2/changes").json == {
        "version": 2,
        "previous": 1,
        "added": [],
        "removed": [],
        "changed": [],
    }
    assert api.get(f"{path}/paper.docx").status_code == 200
    issued = api.post(f"{path}/papers").json["id"]
    assert api.get(f"/api/v1/papers/{issued}").json["kind"] == "D11_ROADMAP"
    stranger = client(world.app, world.stranger)
    assert stranger.get(path).status_code == 200
    assert stranger.get(f"{path}/versions/2/changes").status_code == 404
    assert (
        stranger.post(f"{path}/marks/{key}/reopen", json={"on": "2020-05-01", "reason": "x"}).status_code
        == 403
    )
    assert client(world.app).get(path).status_code in (401, 403)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_pages_answer(world: World, client: Clients, lang: str) -> None:
    key, draft = world.approved(), world.roadmap()
    with world.app.app_context():
        actions.new_version(world.operator, roadmap_id=key)
        item = rows(world, key)["1.1"].item
        drafted = rows(world, draft)["1.1"].item.id
        item_key = item.item_key
    browser = client(world.app, world.operator)
    paths = [
        "/network",
        "/cabinet",
        "/roadmaps/new",
        f"/roadmaps/{key}",
        f"/roadmaps/{key}?on=2020-03-01",
        f"/roadmaps/{key}?on=2000-01-01",
        f"/roadmaps/{key}?version=2",
        f"/roadmaps/{key}/changes/2",
        f"/roadmaps/{draft}",
        f"/roadmaps/{draft}/approve",
        f"/roadmaps/{draft}/items/new",
        f"/roadmaps/{draft}/items/{drafted}",
        *[
            f"/roadmaps/{key}/marks/{item_key}/{step}"
            for step in ("start", "finish", "move", "cancel", "reopen")
        ],
    ]
    for path in paths:
        answer = browser.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
        assert (answer.status_code, "<h1>" in answer.text) == (200, True), path
    assert browser.get(f"/roadmaps/{key}/changes/9").status_code == 404
    paper = browser.get(f"/roadmaps/{key}.docx")
    assert paper.status_code == 200
    assert "attachment" in paper.headers["Content-Disposition"]
    assert browser.post(f"/roadmaps/{key}/papers").status_code == 303
    assert "№ ДК-2020/0001" in browser.get(f"/roadmaps/{key}").text
    assert client(world.app, world.stranger).get(f"/roadmaps/{draft}").status_code == 404


def test_forms_name_what_is_wrong(world: World, client: Clients) -> None:
    key = world.approved()
    with world.app.app_context():
        item = rows(world, key)["1.1"].item.item_key
    browser = client(world.app, world.operator)
    path = f"/roadmaps/{key}/marks/{item}/start"
    late = browser.post(path, data={"on": "2030-01-01"})
    assert (late.status_code, "Дата отметки ещё не наступила" in late.text) == (422, True)
    assert browser.post(path, data={"on": "2020-02-01"}).status_code == 303
    assert "01.02.2020: начато" in browser.get(f"/roadmaps/{key}").text
