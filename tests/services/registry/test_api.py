"""The JSON door: the same actions, refusals as problem documents, hostile input."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions
from shared import ids
from shared.person import Role
from shared.testing.suite import person
from shared.unit import read
from tests.services.registry.conftest import KRASNODAR, SEVERSKY, World

Clients = Callable[..., FlaskClient]
HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE organisation; --",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
]


def test_a_whole_agreement_by_the_api(world: World, client: Clients) -> None:
    api = client(world.app, world.operator)
    tms = api.post(
        "/api/v1/organisations",
        json={"full_name": "ИМЦ Апшеронского района", "roles": ["TMS"], "municipality_oktmo": SEVERSKY},
    )
    assert tms.status_code == 201
    agreement = {
        "number": "1",
        "date": "2020-01-01",
        "operator_id": str(world.knmc),
        "tms_id": tms.json["id"],
        "subject": "Сеть",
        "valid_from": "2020-01-01",
        "valid_to": "2022-01-01",
    }
    made = api.post("/api/v1/agreements", json=agreement)
    assert made.status_code == 201
    path = f"/api/v1/agreements/{made.json['id']}"
    assert api.post(f"{path}/send").status_code == 204
    for party in (str(world.knmc), tms.json["id"]):
        assert (
            api.post(f"{path}/sign", json={"organisation_id": party, "signed_on": "2020-01-01"}).status_code
            == 204
        )
    refused = api.post(f"{path}/put-in-force", json={"on": "2020-01-01"})
    assert refused.status_code == 422
    assert refused.json["rule"] == "BR-16"
    assert "scan_waiver" in refused.json["errors"]
    assert (
        api.post(f"{path}/put-in-force", json={"on": "2020-01-01", "scan_waiver": "нет"}).status_code == 204
    )
    card = api.get(path).json
    assert (card["agreement"]["state"], card["next_step"]) == ("IN_FORCE", None)
    assert api.post(f"{path}/send").status_code == 409
    assert api.get("/api/v1/numbers?on=2020-06-01").json["agreements"] == 1


def test_a_whole_platform_by_the_api(world: World, client: Clients) -> None:
    api = client(world.app, world.operator)
    made = api.post(
        "/api/v1/platforms",
        json={"kind": "MUNICIPAL", "topic": "Тема", "holder_ids": [str(world.schools[0])]},
    )
    path = f"/api/v1/platforms/{made.json['id']}"
    order = str(world.order)
    assert api.post(f"{path}/award", json={"act_id": order, "valid_from": "2019-01-01"}).status_code == 204
    assert api.post(f"{path}/suspend", json={"on": "2019-06-01", "reason": "проверка"}).status_code == 204
    assert api.post(f"{path}/resume", json={"on": "2019-07-01"}).status_code == 204
    assert api.post(f"{path}/terminate", json={"on": "2020-01-01"}).json["rule"] == "BR-24"
    assert api.post(f"{path}/complete", json={"on": "2020-01-01"}).status_code == 204
    card = api.get(f"{path}?on=2019-06-15").json
    assert card["state"] == "SUSPENDED"
    assert [record["kind"] for record in card["history"]] == ["AWARD", "SUSPEND", "RESUME", "COMPLETE"]
    assert client(world.app).get(path).json["history"] == []
    listed = api.get("/api/v1/platforms?state=COMPLETED&on=2020-01-01")
    assert listed.headers["X-Total-Count"] == "1"


def test_registers_and_the_rest_of_the_doors(world: World, client: Clients) -> None:
    api = client(world.app, world.operator)
    act = api.post(
        "/api/v1/acts",
        json={"kind": "ORDER", "number": "2", "date": "2020-01-01", "title": "О сети", "level": "LOCAL"},
    ).json["id"]
    created: list[tuple[str, dict[str, Any]]] = [
        (f"/api/v1/acts/{act}/relations", {"type": "BASED_ON", "target_id": str(world.order)}),
        ("/api/v1/municipalities", {"oktmo": "036050005", "short_name": "Апшеронский район"}),
        (
            f"/api/v1/municipalities/{SEVERSKY}/versions",
            {"kind": "MUNICIPAL_OKRUG", "valid_from": "2025-01-01", "act_id": act},
        ),
        (
            f"/api/v1/municipalities/{KRASNODAR}/counts",
            {"year": 2020, "as_of": "2020-12-31", "total": 246, "source": "демо"},
        ),
        ("/api/v1/people", {"last_name": "Иванова", "first_name": "Анна"}),
        ("/api/v1/organisations/import", {"full_name": "Новая", "source_text": "новая"}),
        (
            "/api/v1/resource-centres",
            {"organisation_id": str(world.knmc), "act_id": act, "valid_from": "2020-01-01", "capacity": 11},
        ),
        (
            "/api/v1/transformations",
            {
                "municipality_oktmo": SEVERSKY,
                "tms_id": str(world.tms),
                "stage": "ANALYSIS",
                "since": "2020-01-01",
                "evidence": {"NOTE": "протокол"},
            },
        ),
    ]
    for path, body in created:
        answer = api.post(path, json=body)
        assert answer.status_code == 201, (path, answer.text)
    for path in (
        "municipalities",
        f"municipalities/{SEVERSKY}?on=2025-02-01",
        "organisations?text=школа&page_size=2",
        f"organisations/{world.tms}",
        "people",
        "accounts",
        "acts?state=IN_FORCE",
        f"acts/{act}",
        "agreements",
        "transformations",
        "proposals",
    ):
        assert api.get(f"/api/v1/{path}").status_code == 200, path
    page = api.get("/api/v1/organisations?text=школа&page_size=2")
    assert len(page.json) == 2
    assert 'rel="next"' in page.headers["Link"]
    assert api.post("/api/v1/agreements/expire", json={"on": "2030-01-01"}).json == {"ids": []}
    assert api.post("/api/v1/platforms/expire", json={"on": "2030-01-01"}).json == {"ids": []}


def test_accounts_by_the_api(world: World, client: Clients) -> None:
    api = client(world.app, world.operator)
    someone = api.post("/api/v1/people", json={"last_name": "Иванова", "first_name": "Анна"}).json["id"]
    body = {
        "person_id": someone,
        "login": "anna",
        "password": "длинный пароль",
        "grants": [{"role": "EXPERT"}],
    }
    made = api.post("/api/v1/accounts", json=body)
    assert made.status_code == 201
    assert "password" not in api.get(f"/api/v1/accounts/{made.json['id']}").text
    path = f"/api/v1/accounts/{made.json['id']}"
    assert api.post(f"{path}/deactivate", json={"reason": "уволилась"}).status_code == 204
    assert api.get(path).json["active"] is False
    assert api.post(f"{path}/activate").status_code == 204
    assert api.post(f"{path}/password", json={"new_password": "другой длинный"}).status_code == 204
    stranger = client(world.app, person(Role.EXPERT))
    assert stranger.get(path).status_code == 404
    assert stranger.get("/api/v1/accounts").status_code == 403
    assert stranger.post(f"{path}/deactivate", json={"reason": "x"}).status_code == 403


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_text_and_escaped(world: World, client: Clients, text: str) -> None:
    api = client(world.app, world.operator)
    body = {"full_name": f"Школа {text}", "roles": ["OTHER"], "source_text": text}
    made = api.post("/api/v1/organisations", json=body)
    assert made.status_code == 201
    for path in (
        f"/organisations/{made.json['id']}",
        "/organisations",
        f"/organisations?text={text}",
        "/platforms/new",
    ):
        page = api.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
    assert api.get("/api/v1/organisations").headers["X-Total-Count"] == str(4 + 5 + 1)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"full_name": "x" * 501, "roles": ["OTHER"]}, "full_name"),
        ({"full_name": "", "roles": ["OTHER"]}, "full_name"),
        ({"full_name": "a\x00b", "roles": ["OTHER"]}, "full_name"),
        ({"full_name": {"$ne": 1}, "roles": ["OTHER"]}, "full_name"),
        ({"full_name": "Школа", "roles": []}, "roles"),
        ({"full_name": "Школа", "roles": "TMS"}, "roles"),
        ({"full_name": "Школа", "roles": ["ADMIN"]}, "roles"),
        ({"full_name": "Школа", "roles": ["OTHER"], "state": "ACTIVE"}, "state"),
        ({"full_name": "Школа", "roles": ["OTHER"], "inn": "7707083894"}, "inn"),
        ({"full_name": "Школа", "roles": ["OTHER"], "site": "javascript:alert(1)"}, "site"),
        ({"full_name": "Школа", "roles": ["OTHER"], "email": "не почта"}, "email"),
        ({"full_name": "Школа", "roles": ["TMS"]}, "municipality_oktmo"),
        ({"full_name": "Школа", "roles": ["TMS"], "municipality_oktmo": "99999999"}, "municipality_oktmo"),
    ],
)
def test_a_refusal_names_the_field(world: World, client: Clients, body: dict[str, Any], field: str) -> None:
    answer = client(world.app, world.operator).post("/api/v1/organisations", json=body)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert any(name.startswith(field) for name in answer.json["errors"]), answer.json


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("acts", {"kind": "ORDER", "number": "1", "date": "9999-12-31", "title": "X", "level": "LOCAL"}),
        ("acts", {"kind": "ORDER", "number": "1", "date": "вчера", "title": "X", "level": "LOCAL"}),
        ("acts", {"kind": "ORDER", "number": 1, "date": "2020-01-01", "title": "X", "level": "LOCAL"}),
        ("proposals/enact", {"act_id": "x", "proposal_ids": [], "valid_from": "2020-01-01", "months": 10**9}),
        ("agreements/expire", {"on": "0001-01-01"}),
        ("people", []),
        ("people", "text"),
    ],
)
def test_wrong_types_are_refused(world: World, client: Clients, path: str, body: Any) -> None:
    assert client(world.app, world.operator).post(f"/api/v1/{path}", json=body).status_code == 422


def test_refusals_are_translated(world: World, client: Clients) -> None:
    api = client(world.app, world.operator)
    body = {"full_name": "Школа", "roles": ["TMS"]}
    russian = api.post("/api/v1/organisations", json=body, headers={"Accept-Language": "ru"}).json["detail"]
    english = api.post("/api/v1/organisations", json=body, headers={"Accept-Language": "en"}).json["detail"]
    assert russian == "Для ТМС укажите муниципальное образование"
    assert english.isascii()


def test_the_public_and_strangers_are_kept_out(world: World, client: Clients) -> None:
    agreement, platform = world.in_force(), world.active(school=2)
    public, stranger = client(world.app), client(world.app, world.stranger)
    assert public.get(f"/api/v1/agreements/{agreement}").status_code == 404
    assert public.get("/api/v1/agreements").status_code == 401
    assert (
        public.post("/api/v1/organisations", json={"full_name": "X", "roles": ["OTHER"]}).status_code == 401
    )
    assert public.get("/api/v1/people").status_code == 401
    for path in (f"agreements/{agreement}", f"people/{ids.new_id()}", f"accounts/{ids.new_id()}"):
        assert stranger.get(f"/api/v1/{path}").status_code == 404
    assert stranger.get(f"/api/v1/platforms/{platform}").json["history"] == []
    assert "email" not in stranger.get(f"/api/v1/organisations/{world.tms}").json
    assert "email" in client(world.app, world.tms_person).get(f"/api/v1/organisations/{world.tms}").json
    assert stranger.get(f"/agreements/{agreement}").status_code == 404
    assert stranger.get(f"/agreements/{agreement}/scan").status_code == 404
    assert public.get(f"/agreements/{agreement}").status_code == 303
    assert stranger.post(f"/agreements/{agreement}/send").status_code == 403
    assert stranger.get("/accounts").status_code == 403


def test_a_cookie_gives_no_rights_to_the_api(world: World, client: Clients) -> None:
    browser = client(world.app, world.operator)
    del browser.environ_base["HTTP_AUTHORIZATION"]
    assert browser.get("/api/v1/accounts").status_code == 401


def test_a_foreign_page_posts_no_forms(world: World, client: Clients) -> None:
    browser = client(world.app, world.operator)
    key = world.agreement()
    assert (
        browser.post(f"/agreements/{key}/send", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    )
    del browser.environ_base["HTTP_X_CSRF_TOKEN"]
    assert browser.post(f"/agreements/{key}/send").status_code == 403


def test_a_scan_is_uploaded_and_downloaded_as_a_file(world: World, client: Clients) -> None:
    key = world.signed()
    browser = client(world.app, world.operator)
    sent = {"scan": (io.BytesIO(b"%PDF-1.7"), "скан договора.pdf")}
    assert browser.post(f"/agreements/{key}/scan/new", data=sent).status_code == 303
    got = browser.get(f"/agreements/{key}/scan")
    assert got.data == b"%PDF-1.7"
    assert got.headers["Content-Disposition"].startswith("attachment")
    wrong = {"scan": (io.BytesIO(b"<html>"), "x.pdf")}
    assert browser.post(f"/agreements/{key}/scan/new", data=wrong).status_code == 422
    again = {"scan": (io.BytesIO(b"\x89PNG12345"), "x.png")}
    assert browser.post(f"/api/v1/agreements/{key}/scan", data=again).status_code == 204


def test_the_document_describes_every_door(world: World) -> None:
    document = world.app.test_client().get("/openapi.json").json
    assert len(document["paths"]) > 40
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method in ("get", "post"):
                assert operation.get("summary"), (path, method)


def test_a_filter_that_cannot_be_read_is_no_filter(world: World, client: Clients) -> None:
    browser = client(world.app)
    for path in (
        "/platforms?on=вчера&kind=X&page=-1",
        "/acts?state=%27&page=999999999999",
        "/?on=9999-99-99",
    ):
        assert browser.get(path).status_code == 200


def test_states_are_repeated_by_the_database(inside: World) -> None:
    key = inside.agreement()
    actions.send_agreement(inside.operator, agreement_id=key)
    with pytest.raises(sa.exc.IntegrityError):
        read().execute(sa.text("UPDATE agreement SET state = 'NONSENSE'"))
    read().rollback()
    with pytest.raises(sa.exc.IntegrityError):
        read().execute(sa.text("UPDATE agreement SET state = 'IN_FORCE'"))
    read().rollback()
