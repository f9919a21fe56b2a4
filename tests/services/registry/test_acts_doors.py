"""Both doors of the normative base: pages in both languages, the API, hostile input, warnings, files (F8)."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from services.demo.outline import day, outline
from services.registry import actions, queries
from services.registry.rules.kinds import ActLevel
from shared import ids
from shared.person import Role
from shared.testing.suite import person
from tests.services.registry.conftest import World
from tests.services.registry.test_actions_acts import act

Clients = Callable[..., FlaskClient]
D = date
PDF = b"%PDF-1.7\n%%EOF"


def docx() -> bytes:
    """The smallest thing that looks like a DOCX file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()


def living(world: World) -> dict[str, UUID]:
    """An act with everything a card can have, and a draft."""
    with world.app.app_context():
        old, new = act(world, "563", D(2015, 2, 13)), act(world, "2603", D(2015, 6, 3))
        relation = actions.relate_acts(
            world.operator, source_id=new, type="AMENDS", target_id=old, target_clause="п. 2"
        )
        wrong = actions.relate_acts(world.operator, source_id=new, type="BASED_ON", target_id=old)
        actions.withdraw_relation(world.operator, relation_id=wrong, reason="опечатка")
        actions.relate_acts(world.operator, source_id=world.order, type="BASED_ON", target_id=old)
        platform = world.active()
        actions.relate_acts(
            world.operator, source_id=new, type="AWARDS", object_kind="PLATFORM", object_id=platform
        )
        actions.attach_act_file(world.operator, act_id=old, filename="../положение.pdf", content=PDF)
        draft = actions.draft_act(world.operator, kind="ORDER", title="Проект", level="REGIONAL")
    return {"old": old, "new": new, "relation": relation, "platform": platform, "draft": draft}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_page_of_acts_answers(world: World, client: Clients, lang: str) -> None:
    public, operator = client(world.app), client(world.app, world.operator)
    for path in ("/acts/bibliography?on=1990-01-01", "/acts?on=1990-01-01&known=2000-01-01"):
        assert public.get(path).status_code == 200, path
    for path in ("/acts/without-basis", "/acts/drafts"):
        assert operator.get(f"{path}?lang={lang}").status_code == 200, path
    made = living(world)
    for path in (
        "/acts",
        "/acts?on=2016-01-01&known=2020-12-31&state=IN_FORCE",
        "/acts/bibliography?with_repealed=true&level=REGIONAL",
        f"/acts/{made['old']}?on=2016-01-01",
        f"/acts/{made['new']}",
        f"/acts/{world.order}",
    ):
        joint = "&" if "?" in path else "?"
        answer = public.get(f"{path}{joint}lang={lang}")
        assert answer.status_code == 200, path
        assert "<h1>" in answer.text, path
    for path in (
        "/acts/drafts",
        f"/acts/drafts/{made['draft']}",
        f"/acts/drafts/{made['draft']}/approve",
        f"/acts/drafts/{made['draft']}/reject",
        "/acts/drafts/new",
        f"/acts/{made['old']}/impact?on=2020-01-01",
        "/acts/without-basis?on=2020-01-01",
        "/acts/bibliography/print",
        f"/acts/{made['old']}/file/new",
        f"/acts/{made['old']}/relations/new",
        f"/acts/relations/{made['relation']}/withdraw",
    ):
        joint = "&" if "?" in path else "?"
        answer = operator.get(f"{path}{joint}lang={lang}")
        assert answer.status_code == 200, path
        assert "<h1>" in answer.text, path
    assert "№ 2603" in public.get(f"/acts/{made['old']}?on=2016-01-01").text
    assert "опечатка" in public.get(f"/acts/{made['new']}").text
    assert "Тема" in operator.get(f"/acts/{made['old']}/impact?on=2020-01-01").text


def test_the_way_of_a_draft_by_the_pages(world: World, client: Clients) -> None:
    browser = client(world.app, world.operator)
    made = browser.post("/acts/drafts/new", data={"kind": "ORDER", "title": "О форуме", "level": "REGIONAL"})
    assert made.status_code == 303
    card = f"/acts/drafts/{made.location.rsplit('/', 1)[-1]}"
    refused = browser.post(f"{card}/approve", data={"number": "", "date": "2020-05-01"})
    assert refused.status_code == 422
    assert "Укажите номер акта" in refused.text
    approved = browser.post(
        f"{card}/approve", data={"number": "7", "date": "2020-05-01"}, follow_redirects=True
    )
    assert "Акт внесён" in approved.text
    assert "О форуме" in browser.get("/acts?text=7").text
    assert "утверждён" in browser.get(card).text


def test_a_thing_of_the_registry_by_the_address_of_its_card(world: World, client: Clients) -> None:
    made = living(world)
    browser = client(world.app, world.operator)
    path = f"/acts/{made['old']}/relations/new"
    for card in ("ерунда", "https://example.org/", f"/people/{made['platform']}", "/platforms/123"):
        refused = browser.post(path, data={"type": "AWARDS", "card": card})
        assert refused.status_code == 422, card
        assert "Это не адрес карточки" in refused.text
    done = browser.post(
        path,
        data={"type": "AWARDS", "card": f"https://x.ru/registry/platforms/{made['platform']}?on=2020-01-01"},
    )
    assert done.status_code == 303
    with world.app.app_context():
        assert queries.act(world.operator, made["old"]).outgoing[0].object_id == made["platform"]


def test_a_relation_is_withdrawn_by_the_page(world: World, client: Clients) -> None:
    made = living(world)
    path = f"/acts/relations/{made['relation']}/withdraw"
    assert client(world.app, world.stranger).post(path, data={"reason": "чужая"}).status_code == 403
    browser = client(world.app, world.operator)
    assert browser.post(path, data={"reason": ""}).status_code == 422
    answer = browser.post(path, data={"reason": "не тот пункт"}, follow_redirects=True)
    assert "не тот пункт" in answer.text


def test_the_text_of_an_act_is_kept_and_given(world: World, client: Clients) -> None:
    made = living(world)
    browser, public = client(world.app, world.operator), client(world.app)
    assert public.get(f"/acts/{made['new']}/file").status_code == 404
    kept = public.get(f"/acts/{made['old']}/file")
    assert kept.data == PDF
    assert "attachment" in kept.headers["Content-Disposition"]
    path = f"/acts/{made['old']}/file/new"
    for content in (b"<html>", b"PK\x03\x04 broken", b"\x89PNG"):
        refused = browser.post(path, data={"file": (io.BytesIO(content), "a.pdf")})
        assert refused.status_code == 422
        assert "файл PDF или DOCX" in refused.text
    assert browser.post(path, data={"file": (io.BytesIO(docx()), "новый.docx")}).status_code == 303
    assert public.get(f"/acts/{made['old']}/file").data == docx()
    assert (
        client(world.app, world.stranger).post(path, data={"file": (io.BytesIO(PDF), "a.pdf")}).status_code
        == 403
    )


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_register_as_a_file(world: World, client: Clients, form: str) -> None:
    living(world)
    answer = client(world.app).get(f"/acts/export.{form}?text=563&on=2020-01-01")
    assert answer.status_code == 200
    if form == "csv":
        lines = answer.data.decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert lines[1].startswith("приказ;563;13.02.2015;")
        assert lines[1].endswith("действующий")
    else:
        assert answer.data.startswith(b"PK")
    assert client(world.app).get("/acts/export.pdf").status_code == 404


def test_the_api_of_acts(world: World, client: Clients) -> None:
    made = living(world)
    api, public = client(world.app, world.operator), client(world.app)
    card = public.get(f"/api/v1/acts/{made['old']}?on=2016-01-01").json
    assert (card["state"], [one["number"] for one in card["redaction"]]) == ("IN_FORCE", ["2603"])
    assert card["incoming"][0]["target_clause"] == "п. 2"
    rows = public.get("/api/v1/acts?text=563&on=2014-01-01").json
    assert [(row["number"], row["state"]) for row in rows] == [("563", "NOT_YET")]
    assert public.get("/api/v1/acts?known=2000-01-01").json == []
    assert public.get("/api/v1/acts/counts?on=2016-01-01").json == {"counts": {"REGIONAL": {"ORDER": 2}}}
    listed = public.get("/api/v1/acts/bibliography?on=2016-01-01").json
    assert listed["paragraphs"][0].startswith("Региональный уровень: Приказ министерства")
    impact = api.get(f"/api/v1/acts/{made['old']}/impact?on=2020-01-01").json
    assert {row["what"] for row in impact["rows"]} == {"ACT", "STATUS"}
    assert api.get("/api/v1/acts/without-basis?on=2020-01-01").json == []
    for path in (f"/api/v1/acts/{made['old']}/impact", "/api/v1/acts/without-basis"):
        assert public.get(path).status_code in (401, 403)
        assert client(world.app, world.tms_person).get(path).status_code == 403
    draft = api.post("/api/v1/acts/drafts", json={"kind": "LETTER", "title": "Т", "level": "REGIONAL"})
    path = f"/api/v1/acts/drafts/{draft.json['id']}"
    assert api.get(path).json["state"] == "DRAFT"
    assert client(world.app, person(Role.EXPERT)).get(path).status_code == 404
    assert public.get("/api/v1/acts/drafts").json == []
    approved = api.post(f"{path}/approve", json={"number": "1", "date": "2020-06-01"})
    assert approved.status_code == 201
    again = api.post(f"{path}/reject", json={"reason": "поздно"})
    assert (again.status_code, again.json["rule"]) == (409, "ACT_STATE")
    assert (
        api.post(f"/api/v1/acts/relations/{made['relation']}/withdraw", json={"reason": "да"}).status_code
        == 204
    )
    sent = api.post(f"/api/v1/acts/{made['new']}/file", data={"file": (io.BytesIO(PDF), "a.pdf")})
    assert sent.status_code == 204
    printed = api.post("/api/v1/acts/bibliography/print", json={"on": "2016-01-01"})
    assert printed.status_code == 201
    assert api.get(f"/papers/{printed.json['id']}.docx").status_code == 200


def test_warnings_come_with_the_answer_of_the_api(world: World, client: Clients) -> None:
    """SC-14, BR-05: 611 cited in 2020, after 21н of 2019 replaced it."""
    with world.app.app_context():
        old = act(world, "611", D(2013, 7, 23), in_force_from=D(2013, 9, 1))
        late = act(world, "77", D(2020, 1, 1), in_force_from=D(2020, 7, 1))
        actions.relate_acts(
            world.operator, source_id=act(world, "21н", D(2019, 3, 22)), type="REPLACES", target_id=old
        )
    api = client(world.app, world.operator)
    first, second, third = world.platform("Первая"), world.platform("Вторая"), world.platform("Третья")
    award = {"act_id": str(old), "valid_from": "2020-03-01"}
    warned = api.post(f"/api/v1/platforms/{first}/award", json=award)
    assert warned.status_code == 200
    assert warned.json == {
        "warnings": ["Акт № 611 от 23.07.2013 утратил силу 22.03.2019, а документ датирован 01.03.2020"]
    }
    early = api.post(f"/api/v1/platforms/{second}/award", json={**award, "act_id": str(late)})
    assert early.json["warnings"] == [
        "Акт № 77 от 01.01.2020 вступает в силу 01.07.2020, а документ датирован 01.03.2020"
    ]
    quiet = api.post(f"/api/v1/platforms/{third}/award", json={**award, "act_id": str(world.order)})
    assert quiet.status_code == 204
    centre = {
        "organisation_id": str(world.knmc),
        "act_id": str(old),
        "valid_from": "2020-03-01",
        "capacity": 11,
    }
    made = api.post("/api/v1/resource-centres", json=centre)
    assert made.status_code == 201
    assert len(made.json["warnings"]) == 1
    again = api.post("/api/v1/resource-centres", json=centre)
    assert again.status_code == 422
    assert "warnings" not in again.json
    based = api.post(f"/api/v1/acts/{late}/relations", json={"type": "BASED_ON", "target_id": str(old)})
    assert based.status_code == 201
    assert len(based.json["warnings"]) == 1
    listed = api.get("/api/v1/acts/without-basis?on=2020-04-01").json
    assert {(row["what"], row["fault"]) for row in listed} == {
        ("STATUS", "OUT_AT_START"),
        ("CAPACITY", "OUT_AT_START"),
    }


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("acts/{act}/relations", {"type": "AWARDS", "object_kind": "PLATFORM", "object_id": "{none}"}, 404),
        ("acts/{act}/relations", {"type": "AWARDS", "object_kind": "PERSON", "object_id": "{none}"}, 422),
        ("acts/{act}/relations", {"type": "BASED_ON", "target_ref": "x", "target_clause": "п" * 61}, 422),
        ("acts/{act}/relations", {"type": "BASED_ON", "target_id": "{none}"}, 404),
        ("acts/{none}/relations", {"type": "BASED_ON", "target_ref": "x"}, 404),
        ("acts/relations/{none}/withdraw", {"reason": "x"}, 404),
        ("acts/drafts/{none}/approve", {"number": "1", "date": "2020-01-01"}, 404),
        ("acts/drafts", {"kind": "ORDER", "title": "X", "level": "MARS"}, 422),
        ("acts/drafts", {"kind": "ORDER", "title": "X", "level": "LOCAL", "url": "javascript:alert(1)"}, 422),
        ("acts/drafts", {"kind": "ORDER", "title": "X", "level": "LOCAL", "state": "IN_FORCE"}, 422),
        (
            "acts",
            {
                "kind": "ORDER",
                "number": "1",
                "title": "X",
                "level": "LOCAL",
                "date": "2020-01-02",
                "in_force_to": "2020-01-02",
            },
            422,
        ),
        ("acts/bibliography/print", {"on": "позавчера"}, 422),
    ],
)
def test_hostile_input_is_refused(
    world: World, client: Clients, path: str, data: dict[str, str], status: int
) -> None:
    known = {"act": str(world.order), "none": str(ids.new_id())}
    sent = {key: value.format(**known) for key, value in data.items()}
    answer = client(world.app, world.operator).post(f"/api/v1/{path.format(**known)}", json=sent)
    assert answer.status_code == status, answer.json


def test_the_seeds_acts_print_in_the_seeds_order(inside: World) -> None:
    """D-20: the 18 acts of the seed's sections 1.2 and 4.5, by level and date (seed-extraction 1.3)."""
    issuers = {
        "MIN": inside.ministry,
        "IRO": actions.register_organisation(
            inside.operator, full_name="ГБОУ ИРО Краснодарского края", roles=["IRO"]
        ),
    }
    seed = [one for one in outline()["acts"] if str(one.get("origin", "")).startswith("seed")]
    assert len(seed) == 18
    for one in seed:
        actions.record_act(
            inside.operator,
            kind=one["kind"],
            number=one["number"],
            date=day(one["date"]),
            title=one["title"],
            level=one["level"],
            issuer_id=issuers[one["issuer"]] if "issuer" in one else None,
            issuer_name=one.get("issuer_name"),
            place=one.get("place"),
        )
    found = dict(queries.bibliography(on=D(2020, 12, 1)).parts)
    ministry = "Приказ министерства образования и науки Краснодарского края от"
    iro = "Приказ ГБОУ ИРО Краснодарского края от"
    assert [line.split(" «")[0] for line in found[ActLevel.FEDERAL]] == [
        "Закон Российской Федерации от 29.12.2012 № 273-ФЗ",
        "Приказ Министерства образования и науки РФ от 23.07.2013 № 611",
        "Постановление Правительства РФ от 23.05.2015 № 497",
        "Резолюция Форума",
    ]
    assert found[ActLevel.FEDERAL][-1] == (
        "Резолюция Форума «Образование и наука — будущее России». — Новосибирск. — 08.06.2016"
    )
    heads = [line.split(" «")[0] for line in found[ActLevel.REGIONAL] if "№ 25 «О присвоении" not in line]
    assert heads == [
        "Закон Краснодарского края от 16.07.2013 № 2770-КЗ",
        f"{ministry} 17.09.2014 № 4049",
        f"{ministry} 13.02.2015 № 563",
        f"{ministry} 26.02.2015 № 739",
        f"{ministry} 03.03.2015 № 834",
        f"{ministry} 03.06.2015 № 2603",
        f"{ministry} 16.09.2015 № 4718",
        f"{ministry} 16.09.2015 № 4719",
        "Письмо министерства образования и науки Краснодарского края от 30.12.2015 № 47-21042/15-14",
        f"{ministry} 25.03.2016 № 4719",
        f"{iro} 31.01.2019 № 25",
        f"{iro} 26.02.2019 № 47/1",
        f"{iro} 27.05.2019 № 94",
        f"{iro} 18.05.2020 № 153",
    ]
