"""Pages and API of personal data: every page answers in both languages, strangers are refused."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from services.registry.rules.consents import ConsentPurpose
from services.registry.rules.incidents import IncidentKind
from services.registry.rules.requests import RequestKind
from shared import clock, ids
from shared.person import Grant, Person, Role
from shared.testing.suite import person
from shared.unit import read
from tests.services.registry.conftest import World

Clients = Callable[..., FlaskClient]
TEXT = "Я даю согласие оператору сети на обработку моих персональных данных для ведения реестра."
PDF = b"%PDF-1.7 scan"
LANGUAGES = pytest.mark.parametrize("lang", ["ru", "en"])


@pytest.fixture
def key(world: World) -> UUID:
    with world.app.app_context():
        for purpose in ConsentPurpose:
            actions.publish_consent_text(world.operator, purpose=purpose, text=TEXT)
        return actions.add_person(
            world.operator, last_name="Приватнова", first_name="Феодосия", organisation_id=world.tms
        )


@pytest.fixture
def own(key: UUID) -> Person:
    return Person(ids.new_id(), key, "Приватнова Ф.", (Grant(Role.PARTICIPANT),))


def consent_ids(world: World) -> list[UUID]:
    with world.app.app_context():
        return list(read().scalars(sa.select(model.Consent.id).order_by(model.Consent.id)))


def give_by_page(browser: FlaskClient, purpose: str, **data: Any) -> int:
    page = browser.get(f"/my-data/consents/{purpose}").text
    text = page.split('name="text_id"')[1].split('value="')[1].split('"')[0]
    return browser.post(f"/my-data/consents/{purpose}", data={"text_id": text, **data}).status_code


@LANGUAGES
def test_my_data_from_consent_to_withdrawal(world: World, own: Person, client: Clients, lang: str) -> None:
    browser = client(world.app, own)
    assert "Приватнова" in browser.get(f"/my-data?lang={lang}").text
    form = browser.get(f"/my-data/consents/DISTRIBUTION?lang={lang}").text
    assert TEXT in form
    assert "checked" not in form, "nothing is ticked beforehand (PD-01)"
    assert give_by_page(browser, "PROCESSING") == 422
    assert give_by_page(browser, "DISTRIBUTION", confirmed="true") == 422
    assert give_by_page(browser, "DISTRIBUTION", confirmed="true", categories=["NAME", "PHOTO"]) == 303
    assert give_by_page(browser, "PROCESSING", confirmed="true") == 303
    for consent in consent_ids(world):
        assert browser.post(f"/my-data/consents/{consent}/withdraw").status_code == 303
    page = browser.get(f"/my-data?lang={lang}").text
    assert ("30.01.2021" if lang == "ru" else "30 Jan 2021") in page
    assert browser.post("/my-data/consents/PHOTO_VIDEO/print").status_code == 303
    for kind in ("EXPORT", "ERASURE"):
        assert browser.post(f"/my-data/requests/{kind}").status_code == 303
    assert browser.post("/my-data/requests/HACK").status_code == 404
    assert browser.get("/my-data/consents/HACK").status_code == 404
    assert "<h1>" in browser.get(f"/my-data/readings?lang={lang}").text
    assert "Приватнова" in browser.get(f"/my-data/export?lang={lang}").text
    exported = browser.get("/my-data/export.json")
    assert exported.json["person"]["last_name"] == "Приватнова"
    assert "attachment" in exported.headers["Content-Disposition"]


@LANGUAGES
def test_pages_of_the_operator(world: World, key: UUID, own: Person, client: Clients, lang: str) -> None:
    operator = client(world.app, world.operator)
    scan = {"scan": (io.BytesIO(PDF), "согласие.pdf")}
    paper = {"purpose": "PROCESSING", "given_on": "2020-12-01", **scan}
    assert operator.post(f"/people/{key}/consents/new", data={"purpose": "HACK"}).status_code == 422
    assert operator.post(f"/people/{key}/consents/new", data=paper).status_code == 303
    (consent,) = consent_ids(world)
    assert operator.get(f"/consents/{consent}/scan").data == PDF
    with world.app.app_context():
        actions.request_data(own, person_id=key, kind=RequestKind.EXPORT)
        actions.request_data(own, person_id=key, kind=RequestKind.ERASURE)
        incident = actions.record_incident(
            world.operator, kind=IncidentKind.UNLAWFUL_PROCESSING, discovered_at=clock.now(), notes="нашли"
        )
        requests = [row.id for row in queries.privacy_due(world.operator).requests]
    for path in (
        "/privacy",
        "/readings",
        "/consent-texts",
        "/consent-texts/PROCESSING",
        "/incidents",
        "/incidents/new",
        f"/incidents/{incident}",
        "/policy",
        "/policy/new",
        f"/people/{key}",
        f"/people/{key}/privacy",
        f"/people/{key}/processing",
        f"/people/{key}/requests/new",
        f"/people/{key}/readings",
        f"/people/{key}/export",
        f"/people/{key}/erase",
        f"/people/{key}/consents/new",
        f"/people/{key}/consents/{consent}/withdraw",
        f"/people/{key}/consents/{consent}/close",
        f"/personal-data-requests/{requests[0]}/refuse",
        "/people?purpose=INSPECTION",
        "/cabinet",
    ):
        answer = operator.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert answer.status_code == 200, path
        assert "<h1>" in answer.text, path
    assert operator.get(f"/people/{key}/export.json").json["accounts"] == []
    assert operator.get("/privacy/for-iro.xlsx").status_code == 200
    assert "Приватнова" in operator.get("/privacy/for-iro.csv").data.decode()
    withdraw = {"withdrawn_on": "2020-12-02"}
    assert operator.post(f"/people/{key}/consents/{consent}/withdraw", data=withdraw).status_code == 303
    page = operator.get(f"/privacy?lang={lang}").text
    assert "2021" in page
    assert operator.post(f"/people/{key}/consents/{consent}/close", data={"note": "x"}).status_code == 422
    term = {"basis": "CONSENT", "keep_until": "2025-01-01"}
    assert operator.post(f"/people/{key}/processing", data=term).status_code == 422
    assert operator.post(f"/people/{key}/processing", data={**term, "keep_basis": "закон"}).status_code == 303
    assert operator.post(f"/people/{key}/erase", data={"reason": "REQUEST"}).status_code == 422
    assert operator.post(f"/people/{key}/processing", data={"basis": "CONSENT"}).status_code == 303
    assert operator.post(f"/people/{key}/consents/PHOTO_VIDEO/print").status_code == 303
    assert operator.post(f"/people/{key}/erase", data={"reason": "REQUEST"}).status_code == 303
    card = operator.get(f"/people/{key}/privacy?lang={lang}").text
    assert "Обезличено №1" in card
    assert "Приватнова" not in card
    extract = card.split("/erasures/")[1].split('"')[0]
    assert operator.get(f"/erasures/{extract}").data.decode().count("Обезличено") > 3
    assert operator.post(f"/incidents/{incident}", data={"note": "сделано"}).status_code == 303
    assert operator.get(f"/incidents/{incident}?lang={lang}").status_code == 200


def test_the_policy_and_its_link_are_open_to_everybody(world: World, client: Clients) -> None:
    public = client(world.app)
    assert public.get("/policy?lang=ru").status_code == 200
    assert public.get("/api/v1/policy").status_code == 404
    assert "/registry/policy" in public.get("/").text
    administrator = client(world.app, world.operator)
    assert administrator.post("/policy/new", data={"text": "<script>x</script>"}).status_code == 303
    assert "&lt;script&gt;" in public.get("/policy").text
    assert public.get("/api/v1/policy").json["version"] == 1
    assert client(world.app, person(Role.OPERATOR)).post("/policy/new", data={"text": "x"}).status_code == 403


def test_strangers_find_every_door_closed(world: World, key: UUID, own: Person, client: Clients) -> None:
    with world.app.app_context():
        consent = actions.give_consent(
            own,
            purpose=ConsentPurpose.PROCESSING,
            text_id=queries.consent_texts()[ConsentPurpose.PROCESSING].id,
            confirmed=True,
        )
    api = "/api/v1"
    for who in (person(Role.PARTICIPANT), world.tms_person, world.stranger, person(Role.IRO)):
        stranger = client(world.app, who)
        for path in (
            f"/people/{key}/privacy",
            f"/people/{key}/export",
            f"/people/{key}/export.json",
            f"/people/{key}/readings",
            "/readings",
            "/privacy",
            "/incidents",
            f"/consents/{consent}/scan",
            f"{api}/people/{key}/privacy",
            f"{api}/people/{key}/export",
            f"{api}/people/{key}/readings",
            f"{api}/readings",
            f"{api}/privacy/due",
            f"{api}/incidents",
            f"{api}/consents/{consent}/scan",
        ):
            assert stranger.get(path).status_code in (403, 404), path
        for path, body in (
            (f"/people/{key}/erase", {"reason": "UNLAWFUL"}),
            (f"/consents/{consent}/withdraw", {}),
            (f"/consents/{consent}/close", {"note": "x"}),
            (f"/people/{key}/consents/print", {"purpose": "PROCESSING"}),
            (f"/personal-data-requests/{ids.new_id()}/refuse", {"reason": "x"}),
            ("/policy", {"text": "x"}),
            ("/consent-texts", {"purpose": "PROCESSING", "text": TEXT}),
            ("/incidents", {"kind": "LEAK", "discovered_at": "2020-01-01T10:00:00", "notes": "x"}),
        ):
            assert stranger.post(api + path, json=body).status_code in (403, 404), path
        browser = client(world.app, who)
        assert browser.post(f"/my-data/consents/{consent}/withdraw").status_code == 404
    assert client(world.app).get(f"{api}/people/{key}/export").status_code in (401, 404)
    assert client(world.app).get("/my-data").status_code in (302, 303, 401)


def test_the_api_speaks_of_one_whole_life(world: World, key: UUID, own: Person, client: Clients) -> None:
    mine, operator = client(world.app, own), client(world.app, world.operator)
    api = "/api/v1"
    texts = {row["purpose"]: row["id"] for row in mine.get(f"{api}/consent-texts").json}
    given = {"purpose": "PROCESSING", "text_id": texts["PROCESSING"], "confirmed": True}
    refused = mine.post(f"{api}/consents", json={**given, "confirmed": False})
    assert (refused.status_code, refused.json["rule"]) == (422, "PD-01")
    assert mine.post(f"{api}/consents", json={**given, "person_id": str(key)}).status_code == 422
    consent = mine.post(f"{api}/consents", json=given).json["id"]
    scan = {"scan": (io.BytesIO(PDF), "a.pdf")}
    shown = "purpose=DISTRIBUTION&given_on=2020-12-01&categories=NAME&categories=PHOTO"
    assert operator.post(f"{api}/people/{key}/consents?{shown}", data=scan).status_code == 201
    assert mine.post(f"{api}/people/{key}/consents/print", json={"purpose": "PROCESSING"}).status_code == 201
    term = {"basis": "CONTRACT", "basis_note": "договор № 1", "purpose_reached_on": "2020-12-01"}
    assert operator.put(f"{api}/people/{key}/processing", json=term).status_code == 204
    card = operator.get(f"{api}/people/{key}/privacy").json
    assert (card["processing"]["basis"], card["destroy_due_on"]) == ("CONTRACT", "2020-12-31")
    assert {row["purpose"]: (row["state"], row["categories"]) for row in card["consents"]} == {
        "PROCESSING": ("GIVEN", []),
        "DISTRIBUTION": ("GIVEN", ["NAME", "PHOTO"]),
    }
    assert operator.get(f"{api}/people?purpose=INSPECTION").status_code == 200
    assert operator.get(f"{api}/people/{key}").json["last_name"] == "Приватнова"
    looked = mine.get(f"{api}/people/{key}/readings").json
    assert [(row["screen"], row["purpose"]) for row in looked] == [
        ("PERSON", "REGISTER"),
        ("PEOPLE", "INSPECTION"),
        ("PRIVACY", "RIGHTS"),
    ]
    assert len(operator.get(f"{api}/readings").json) == 3
    assert mine.post(f"{api}/consents/{consent}/withdraw", json={}).status_code == 204
    asked = mine.post(f"{api}/people/{key}/requests", json={"kind": "EXPORT"}).json["id"]
    other = mine.post(f"{api}/people/{key}/requests", json={"kind": "ERASURE"}).json["id"]
    due = operator.get(f"{api}/privacy/due").json
    assert [row["person_id"] for row in due["erasures"]] == [str(key)]
    assert {row["id"] for row in due["requests"]} == {asked, other}
    assert operator.post(f"{api}/personal-data-requests/{asked}/fulfil").status_code == 204
    assert (
        operator.post(f"{api}/personal-data-requests/{asked}/refuse", json={"reason": "x"}).status_code == 409
    )
    assert mine.get(f"{api}/people/{key}/export").json["requests"][0]["state"] in ("DONE", "NEW")
    erased = operator.post(f"{api}/people/{key}/erase", json={"reason": "PURPOSE_REACHED"})
    assert erased.status_code == 201
    extract = operator.get(f"{api}/erasures/{erased.json['id']}/extract")
    assert extract.data.startswith(b"\xef\xbb\xbf")
    assert operator.get(f"{api}/people/{key}").json["last_name"] == "Обезличено"
    incident = {"kind": "LEAK", "discovered_at": "2020-12-30T10:00:00", "notes": "письмо"}
    opened = operator.post(f"{api}/incidents", json=incident).json["id"]
    assert [row["duty"] for row in operator.get(f"{api}/incidents").json[0]["deadlines"]] == [
        "NOTIFY_24H",
        "REPORT_72H",
    ]
    assert operator.post(f"{api}/incidents/{opened}/close", json={"note": "сделано"}).status_code == 204
