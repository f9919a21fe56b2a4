"""Forms: what is loaded, what is refused, and how faults are shown to everybody."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.services.web.toy import GOOD


def test_a_good_form_is_loaded_and_redirects_with_a_note(app: Flask, client: FlaskClient) -> None:
    sent = {
        **GOOD, "number": "  1/26 ", "kinds": ["A", "B"], "share": "1 2,5", "agreed": "false",
        "items-0-ok": "true", "items-2-ok": "false", "items-2-remark": "нет",
        "scores-K1": "1,5", "scores-K2": "",
        "starts_at": "2026-03-05T10:00", "csrf_token": "t", "scan": (BytesIO(b"123"), "скан.pdf"),
    }  # fmt: skip
    answer = client.post("/form", data=sent)
    assert answer.status_code == 303 and answer.location == "/after"
    [data] = app.extensions["got"]
    assert data["number"] == "1/26" and data["kinds"] == ["A", "B"] and data["share"] == Decimal("12.5")
    assert data["agreed"] is False and data["scores"] == {"K1": Decimal("1.5")}
    assert data["items"] == [{"ok": True}, {"ok": False, "remark": "нет"}]
    assert data["starts_at"].astimezone(UTC) == datetime(2026, 3, 5, 7, tzinfo=UTC)
    assert (data["scan"].filename, data["scan"].content) == ("скан.pdf", b"123")
    assert "Сохранено" in client.get("/list").text


def test_faults_stand_at_their_inputs_and_are_linked_to_them(client: FlaskClient) -> None:
    answer = client.post("/form", data={"number": "", "date": "вчера", "kinds": ["A", "Z"], "share": "101"})
    assert answer.status_code == 422
    html = " ".join(answer.text.split())
    assert 'aria-describedby="f-number-hint f-number-fault" aria-invalid="true" aria-required="true"' in html
    assert '<div class="fault" id="f-number-fault">Заполните это поле.</div>' in html
    assert '<a href="#f-date">Дата</a>: Введите дату в виде ГГГГ-ММ-ДД.' in html
    assert '<a href="#f-kinds">Виды</a>: Выберите значение из списка: A, B.' in html
    assert "Значение должно быть от 0 до 100." in html and 'value="101"' in html
    assert 'value="A" checked' in html and 'role="alert"' in html


def test_faults_speak_english_too(client: FlaskClient) -> None:
    text = client.post("/form?lang=en", data={"number": "123456789", "share": "x"}).text
    assert "Too long: at most 8." in text and "Fill in this field." in text and "Enter a number." in text


def test_refusals_stand_at_their_field_or_above_the_form(client: FlaskClient) -> None:
    at_field = client.post("/form", data={**GOOD, "number": "field"}).text
    assert 'id="f-date-fault">Заполните это поле.' in at_field
    answer = client.post("/form", data={**GOOD, "number": "whole"})
    assert answer.status_code == 422 and answer.text.count("Пересекаются 1/20 и 2/20") == 1
    assert client.post("/form", data={**GOOD, "number": "missing"}).status_code == 404


@pytest.mark.parametrize(
    ("extra", "text"),
    [
        ({"number": "a\x00"}, "Текст содержит недопустимые знаки."),
        ({"unknown": "1"}, "Такого поля нет."),
        ({"scan": (BytesIO(b"x" * 11), "a")}, "Файл слишком большой."),
        ({"scan": (BytesIO(b""), "a")}, "Файл пуст."),
    ],
)
def test_what_forms_refuse(client: FlaskClient, extra: dict[str, Any], text: str) -> None:
    answer = client.post("/form", data={**GOOD, **extra})
    assert answer.status_code == 422 and text in answer.text


def test_the_first_showing_has_the_initial_values_and_the_csrf_token(client: FlaskClient) -> None:
    client.set_cookie("csrf_access_token", "tok")
    html = client.get("/form").text
    assert 'name="csrf_token" value="tok"' in html
    assert 'value="2026-03-05"' in html and 'maxlength="8"' in html
    assert 'id="f-agreed" value="true" checked' in html, "the schema takes it for granted"


def test_a_button_reports_what_happened(client: FlaskClient) -> None:
    assert client.post("/do").status_code == 303
    assert "Готово" in client.get("/list").text
    client.post("/do", data={"no": "1"})
    assert "Недопустимое значение." in client.get("/list").text
