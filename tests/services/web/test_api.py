"""The API: problem documents, pages of lists, tokens only, a valid OpenAPI document."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate as validate_openapi

from shared.web.docs import messages_of
from tests.services.web.toy import GOOD, OPERATOR


def test_validation_is_a_problem_document(client: FlaskClient) -> None:
    answer = client.post("/api/v1/things", json={"number": "", "kinds": ["A", "Z"], "x": 1})
    assert answer.status_code == 422 and answer.mimetype == "application/problem+json"
    assert answer.json is not None and answer.json["instance"] == "urn:request:r1"
    assert answer.json["errors"] == {
        "number": ["Заполните это поле."],
        "date": ["Заполните это поле."],
        "kinds.1": ["Выберите значение из списка: A, B."],
        "x": ["Такого поля нет."],
    }


@pytest.mark.parametrize(
    ("number", "status", "rule"),
    [("field", 422, "BR-14"), ("whole", 409, "BR-14"), ("who", 401, "ROLE"), ("boom", 500, None)],
)
def test_refusals_are_problems(client: FlaskClient, number: str, status: int, rule: str | None) -> None:
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.post("/api/v1/things", json={**GOOD, "number": number})
    body = answer.json
    assert answer.status_code == status and body is not None and body.get("rule") == rule
    assert ("WWW-Authenticate" in answer.headers) == (status == 401) and "secret" not in answer.text


def test_broken_json_and_unknown_addresses_are_problem_documents(client: FlaskClient) -> None:
    broken = client.post("/api/v1/things", data="{", content_type="application/json")
    assert broken.status_code == 400 and broken.mimetype == "application/problem+json"
    assert client.get("/api/v1/nowhere").mimetype == "application/problem+json"
    assert client.put("/api/v1/things").headers["Allow"]


def test_pages_of_a_list_are_linked(client: FlaskClient) -> None:
    answer = client.get("/api/v1/things?page=2&page_size=50&q=a")
    assert answer.json == [{"id": str(UUID(int=1)), "share": "1.50"}]
    assert answer.headers["X-Total-Count"] == "120" and "X-Pagination" not in answer.headers
    assert set(answer.headers["Link"].split(", ")) == {
        f'<http://localhost/api/v1/things?page={page}&page_size=50&q=a>; rel="{rel}"'
        for rel, page in {"first": 1, "prev": 1, "next": 3, "last": 3}.items()
    }


def test_a_cookie_gives_no_rights_in_the_api(app: Flask, client: FlaskClient) -> None:
    app.extensions["who"] = OPERATOR
    assert client.get("/api/v1/me").json == {"public": True}
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer t"}).json == {"public": False}


def test_openapi_is_valid_and_says_how_to_ask_and_what_may_go_wrong(client: FlaskClient) -> None:
    document = client.get("/openapi.json", base_url="http://localhost/registry").json
    assert document is not None
    validate_openapi(document)
    assert document["openapi"] == "3.1.0" and document["servers"] == [{"url": "/registry"}]
    operation = document["paths"]["/api/v1/things"]["post"]
    assert {"201", "400", "401", "403", "404", "409", "422", "default"} <= set(operation["responses"])
    assert "application/problem+json" in document["components"]["responses"]["CONFLICT"]["content"]
    share = document["components"]["schemas"]["Out"]["properties"]["share"]
    assert share == {"type": "string", "format": "decimal"}
    listed = document["paths"]["/api/v1/things"]["get"]["responses"]["200"]["headers"]
    assert set(listed) == {"Link", "X-Total-Count"}


def test_reference_pages(client: FlaskClient) -> None:
    assert 'data-spec="/openapi.json"' in client.get("/docs").text
    assert "не обменивается сообщениями" in client.get("/asyncapi").text


def test_messages_are_read_through_their_envelope() -> None:
    choice = {"enum": ["X", "Y"], "type": "string"}
    data = {
        "required": ["a"],
        "properties": {
            "a": {"type": "string", "format": "uuid"},
            "b": {"type": "array", "items": choice},
            "c": {"type": ["integer", "null"]},
        },
    }
    payload = {"properties": {"data": {"$ref": "#/data/x"}}}
    document = {
        "operations": {"send_x": {"action": "send", "channel": {"$ref": "#/channels/x"}}},
        "channels": {
            "x": {
                "address": "registry.x.v1",
                "messages": {"x": {"summary": "Текст", "payload": payload}},
            }
        },
        "data": {"x": data},
    }
    [row] = messages_of(document)
    assert (row["name"], row["direction"], row["text"]) == ("registry.x.v1", "send", "Текст")
    assert row["fields"] == [
        ("a", "string (uuid)", True),
        ("b", "array of string: X, Y", False),
        ("c", "integer | null", False),
    ]
