"""Errors, sign-in, headers, foreign forms, links, the reference pages and the operator's desk."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.web import desk, links
from tests.services.web.toy import EXPERT, OPERATOR


def test_unknown_people_sign_in_and_return(client: FlaskClient) -> None:
    answer = client.get("/staff?a=1")
    assert answer.status_code == 303 and answer.location == links.sign_in("/staff?a=1")
    assert client.get("/refused").location.startswith(links.sign_in())
    assert client.get("/staff", headers={"HX-Request": "true"}).status_code == 401


def test_the_wrong_role_sees_why(app: Flask, client: FlaskClient) -> None:
    app.extensions["who"] = EXPERT
    answer = client.get("/staff")
    assert answer.status_code == 403
    assert "У вас нет права" in answer.text and "попросите оператора" in answer.text
    app.extensions["who"] = OPERATOR
    assert client.get("/staff").text == "Ковалёва М. А."
    assert client.get("/staff").headers["Cache-Control"] == "private, no-store"


def test_error_pages_tell_what_to_do_and_no_details(client: FlaskClient) -> None:
    assert "Страница не найдена" in client.get("/nowhere").text
    wrong = client.delete("/list")
    assert wrong.status_code == 405 and "GET" in wrong.headers["Allow"]
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    fault = client.get("/boom")
    assert fault.status_code == 500 and "<code>r1</code>" in fault.text and "secret" not in fault.text


def test_too_large_a_form_is_told_so(app: Flask, client: FlaskClient) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 100
    answer = client.post("/form", data={"number": "x" * 200})
    assert answer.status_code == 413 and "Уменьшите файл" in answer.text


@pytest.mark.parametrize("address", ["/list", "/nowhere", "/docs", "/api/v1/me", "/static/app.js"])
def test_security_headers_are_everywhere(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        headers = answer.headers
    csp = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert csp["script-src"] == csp["style-src"] == "'self'" and csp["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers
    with client.get(address, base_url="https://localhost") as answer:
        assert "Strict-Transport-Security" in answer.headers


def test_pages_contain_nothing_inline(app: Flask, client: FlaskClient) -> None:
    app.extensions["who"] = OPERATOR
    for address in ("/list?note=1", "/form", "/docs", "/asyncapi"):
        html = client.get(address).text
        assert "style=" not in html and "onclick" not in html and "<style" not in html
        assert html.count("<script") == html.count("<script src=")


def test_values_are_escaped(client: FlaskClient) -> None:
    assert "&lt;script&gt;alert(1)" in client.get("/list").text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
    ],
)
def test_foreign_forms_are_refused(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/do", headers=headers).status_code == status


def test_static_files_are_kept_by_browsers_until_they_change(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("app.css")  # type: ignore[operator]
    with client.get(address) as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_links_to_services() -> None:
    assert links.to("registry", "/platforms/1") == "/registry/platforms/1"
    assert links.to("events", q="a b") == "/events/?q=a+b"
    with pytest.raises(ValueError, match="no such service"):
        links.to("nowhere")


@pytest.mark.parametrize(
    "address", ["", "events", "https://evil.example", "//evil.example", "/\\evil", "/a\nb"]
)
def test_nobody_is_sent_to_foreign_places_after_signing_in(address: str) -> None:
    assert links.safe_next(address) == links.cabinet()
    assert links.safe_next("/events/?a=1") == "/events/?a=1"


@pytest.mark.parametrize(
    "url", ["/", "/registry/cabinet", "/events/?a=//b", "/registry/acts?text=%2F%2Fevil"]
)
def test_local_addresses(url: str) -> None:
    assert links.safe_next(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "\t//evil",
        "/\t/evil",
        "evil.example",
        "/a\\..\\b",
    ],
)
def test_foreign_addresses(url: str) -> None:
    assert links.safe_next(url) == links.cabinet()


def test_absolute_links_need_no_request(app: Flask) -> None:
    with app.test_request_context():
        assert links.absolute("events", "/c/1") == "http://localhost/events/c/1"
    app.config["PUBLIC_URL"] = "https://ms.example/"
    with app.app_context():
        assert links.absolute("events", "/c/1") == "https://ms.example/events/c/1"


def test_the_desk_shows_parked_messages_and_takes_decisions(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[Any, ...]] = []
    key = uuid4()
    row = SimpleNamespace(
        message_id=key, name="registry.x.v1", subject="s", attempts=8, last_error="ValueError",
        received_at=datetime(2026, 3, 5, tzinfo=UTC), envelope=json.dumps({"имя": 1}),
    )  # fmt: skip
    monkeypatch.setattr(desk.desk, "parked", lambda _who: [row])
    monkeypatch.setattr(desk.desk, "resend", lambda *args: done.append(args))
    monkeypatch.setattr(desk.desk, "give_up", lambda *args: done.append(args))
    assert client.get("/desk/").status_code == 303
    app.extensions["who"] = EXPERT
    assert client.get("/desk/").status_code == 403
    app.extensions["who"] = OPERATOR
    html = client.get("/desk/").text
    assert "registry.x.v1" in html and "ValueError" in html and "имя" in html
    assert client.post(f"/desk/{key}/resend").location == "/desk/"
    client.post(f"/desk/{key}/give-up", data={"reason": "дубль"})
    assert done == [(OPERATOR, key), (OPERATOR, key, "дубль")]
