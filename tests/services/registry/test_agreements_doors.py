"""Both doors of agreements that live on, the printed agreement (D-13), the resource centre's pages."""

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
from flask.testing import FlaskClient

from services.registry import actions, queries
from shared import clock, duties, ids
from shared.person import Role
from shared.refusal import NotFound
from shared.requisites import PaperFormat
from shared.testing.suite import person
from tests.services.registry.conftest import TODAY, World

D = date
Clients = Callable[..., FlaskClient]
SUPPLEMENT = {"number": "1", "date": "2020-12-01", "valid_to": "2022-12-31"}


def grant(world: World) -> None:
    world.do(
        actions.grant_resource_centre,
        organisation_id=world.knmc,
        act_id=world.order,
        valid_from=D(2019, 1, 1),
        capacity=11,
    )


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_page_answers(world: World, client: Clients, lang: str) -> None:
    grant(world)
    key = world.in_force(act_ids=[world.order], auto_prolongation_months=12, valid_to=D(2021, 1, 20))
    with world.app.app_context():
        assert duties.run_daily(TODAY) == []
        actions.prolong_agreement(
            world.operator, agreement_id=key, number="1", date=D(2020, 12, 1), valid_to=D(2022, 1, 20)
        )
    browser = client(world.app, world.operator)
    pages = [
        "/agreements?on=2019-06-01&known=2020-12-31&state=IN_FORCE",
        f"/agreements/{key}",
        f"/agreements/{key}?on=2018-01-01",
        f"/agreements/{key}/prolong",
        f"/agreements/{key}/correct",
        f"/agreements/{key}/terminate",
        f"/agreements/{key}/acts/new",
        "/agreements/new",
        "/resource-centres",
        f"/resource-centres/{world.knmc}?on=2019-06-01",
        f"/resource-centres/{world.knmc}/end",
        "/cabinet",
    ]
    for page in pages:
        answer = browser.get(page + ("&" if "?" in page else "?") + f"lang={lang}")
        assert answer.status_code == 200, page
        assert "<h1>" in answer.text
    empty = client(world.app).get(f"/resource-centres?on=1990-01-01&lang={lang}")
    assert empty.status_code == 200


def test_an_agreement_lives_on_by_forms(world: World, client: Clients) -> None:
    key = world.in_force()
    browser = client(world.app, world.operator)
    wrong = browser.post(f"/agreements/{key}/prolong", data={**SUPPLEMENT, "valid_to": "2021-12-31"})
    assert wrong.status_code == 422
    assert "не длиннее прежнего" in wrong.text
    assert browser.post(f"/agreements/{key}/prolong", data=SUPPLEMENT).status_code == 303
    corrected = {"day": "ENTRY", "on": "2019-03-20", "reason": "описка"}
    assert browser.post(f"/agreements/{key}/correct", data=corrected).status_code == 303
    assert browser.post(f"/agreements/{key}/acts/new", data={"act_id": str(world.order)}).status_code == 303
    nothing = browser.post(f"/agreements/{key}/terminate", data={"on": "2020-12-30", "reason": ""})
    assert nothing.status_code == 422
    given = {"on": "2020-12-30", "act_id": str(world.order), "reason": ""}
    assert browser.post(f"/agreements/{key}/terminate", data=given).status_code == 303
    card = browser.get(f"/agreements/{key}").text
    for text in ("20.03.2019", "31.12.2022", "30.12.2020", "описка", "расторгнут"):
        assert text in card
    assert browser.post(f"/agreements/{key}/paper").status_code == 303
    assert "СС-2020/0001" in browser.get(f"/agreements/{key}").text


def test_an_agreement_lives_on_by_the_api(world: World, client: Clients) -> None:
    grant(world)
    key = world.in_force()
    api = client(world.app, world.operator)
    path = f"/api/v1/agreements/{key}"
    refused = api.post(f"{path}/prolong", json={**SUPPLEMENT, "date": "2019-01-01"})
    assert (refused.status_code, refused.json["rule"]) == (422, "TERM")
    assert api.post(f"{path}/prolong", json=SUPPLEMENT).status_code == 201
    assert api.post(f"{path}/acts", json={"act_id": str(world.order)}).status_code == 204
    fixed = {"day": "ENTRY", "on": "2019-03-20", "reason": "описка"}
    assert api.post(f"{path}/correct", json=fixed).status_code == 204
    card = api.get(path).json
    assert card["agreement"]["valid_to"] == "2022-12-31"
    assert card["agreement"]["act_ids"] == [str(world.order)]
    assert card["changes"][0]["was_to"] == "2021-12-31"
    assert [one["state"] for one in card["history"]] == ["SIGNED", "IN_FORCE", "IN_FORCE", "EXPIRED"]
    then = api.get(f"{path}?on=2019-03-10").json["agreement"]
    assert (then["state"], then["valid_to"]) == ("SIGNED", "2021-12-31")
    listed = api.get("/api/v1/agreements?state=IN_FORCE&on=2022-06-01").json
    assert [one["id"] for one in listed] == [str(key)]
    assert api.get("/api/v1/agreements?on=2022-06-01&known=2020-12-30").json == []
    assert api.post(f"{path}/terminate", json={"on": "2020-12-30"}).json["rule"] == "TERM"
    centres = client(world.app).get("/api/v1/resource-centres?on=2020-01-01").json
    assert [(one["capacity"], one["taken"]) for one in centres] == [(11, 1)]
    card = client(world.app).get(f"/api/v1/resource-centres/{world.knmc}").json
    assert card["agreement_ids"] is None
    ending = {"act_id": str(world.order), "on": "2020-06-01"}
    assert api.post(f"/api/v1/resource-centres/{world.knmc}/end", json=ending).status_code == 204
    again = api.post(f"/api/v1/resource-centres/{world.knmc}/end", json=ending)
    assert again.json["rule"] == "BR-17"


def test_reminders_stand_in_the_cabinets_until_they_are_read(world: World, client: Clients) -> None:
    key = world.in_force(valid_to=D(2021, 1, 20))
    with world.app.app_context():
        assert duties.run_daily(TODAY) == []
    operator, tms = client(world.app, world.operator), client(world.app, world.tms_person)
    for browser in (operator, tms):
        assert "Напоминания о договорах" in browser.get("/cabinet").text
    unread = tms.get("/api/v1/reminders").json
    assert [(one["threshold"], one["days_left"], one["agreement_id"]) for one in unread] == [
        (30, 20, str(key))
    ]
    path = f"/reminders/{unread[0]['id']}/read"
    stranger = client(world.app, world.stranger)
    assert stranger.post(f"/api/v1{path}").status_code == 404
    assert client(world.app).post(f"/api/v1{path}").status_code == 404
    assert tms.post(path).status_code == 303
    assert "Напоминания о договорах" not in tms.get("/cabinet").text
    assert "Напоминания о договорах" in operator.get("/cabinet").text
    assert operator.post(f"/api/v1/reminders/{ids.new_id()}/read").status_code == 404


def test_the_agreement_on_paper_says_what_d_13_must_say(inside: World) -> None:
    key = inside.agreement(
        auto_prolongation_months=12, further_ids=[inside.schools[2]], act_ids=[inside.order]
    )
    file = queries.print_agreement(inside.tms_person, key, PaperFormat.DOCX)
    text = "\n".join(queries.agreement_text(queries.agreement(inside.operator, key).agreement).texts())
    for part in (
        "КРЦ-2019/09",
        "Краснодарский научно-методический центр",
        "Информационно-методический центр Северского района",
        "Участники",
        "Предмет договора: Сетевое взаимодействие.",
        "Обязанности сторон",
        "Обмен сведениями",
        "Персональные данные",
        "05.03.2019 по 31.12.2021",
        "на 12 мес.",
        "О присвоении статуса",
        "Реквизиты и подписи сторон",
    ):
        assert part in text, part
    printed = docx.Document(io.BytesIO(file.content))
    assert any("Северского района" in paragraph.text for paragraph in printed.paragraphs)
    assert queries.print_agreement(inside.operator, key, PaperFormat.PDF).content.startswith(b"%PDF")
    with pytest.raises(NotFound):
        queries.print_agreement(inside.stranger, key, PaperFormat.PDF)


def test_the_issued_agreement_is_read_by_its_readers_only(inside: World) -> None:
    key = inside.in_force()
    paper = actions.issue_agreement(inside.operator, agreement_id=key)
    card = queries.agreement(inside.tms_person, key)
    assert [(one.id, one.number) for one in card.papers] == [(paper, "СС-2020/0001")]
    assert queries.verify(card.papers[0].verify_code).number == "СС-2020/0001"
    for who in (inside.stranger, person(Role.PARTICIPANT)):
        with pytest.raises(NotFound):
            queries.paper_file(who, paper, PaperFormat.PDF)


def test_strangers_get_nothing_by_either_door(world: World, client: Clients) -> None:
    key = world.in_force()
    for who, page in ((world.stranger, 404), (None, 404)):
        browser = client(world.app, who) if who else client(world.app)
        api = f"/api/v1/agreements/{key}"
        assert browser.get(f"{api}?on=2020-01-01").status_code == page
        assert browser.get(f"{api}/print.pdf").status_code == page
        for step, body in (
            ("prolong", SUPPLEMENT),
            ("correct", {"day": "ENTRY", "on": "2019-03-20", "reason": "x"}),
            ("acts", {"act_id": str(world.order)}),
            ("paper", None),
        ):
            assert browser.post(f"{api}/{step}", json=body).status_code in (401, 403), step
    operator = client(world.app, world.operator)
    for step, body in (
        ("prolong", {**SUPPLEMENT, "valid_to": "9999-01-01"}),
        ("prolong", {**SUPPLEMENT, "number": "1" * 500}),
        ("correct", {"day": "BIRTH", "on": "2019-03-20", "reason": "x"}),
        ("correct", {"day": "ENTRY", "on": ["2019"], "reason": "x"}),
        ("acts", {"act_id": "не ключ"}),
        ("prolong", {**SUPPLEMENT, "act_id": str(ids.new_id())}),
    ):
        assert operator.post(f"/api/v1/agreements/{key}/{step}", json=body).status_code in (404, 422), step
    with clock.at(TODAY), world.app.app_context():
        assert queries.agreement(world.operator, key).valid_to == D(2021, 12, 31)
