"""Russian is the source, English a translation; dates and numbers follow the language."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale, gettext
from marshmallow import fields

from shared.web import catalogue, filters
from shared.web.marshmallow_texts import RUSSIAN


def test_russian_is_the_source_and_english_a_translation(client: FlaskClient) -> None:
    russian, english = client.get("/list").text, client.get("/list?lang=en").text
    assert 'lang="ru"' in russian and "Войти" in russian and "120 записей" in russian
    assert 'lang="en"' in english and "Sign in" in english and "120 records" in english


def test_the_choice_of_language_is_remembered(client: FlaskClient) -> None:
    answer = client.get("/list?lang=en")
    assert "lang=en" in answer.headers["Set-Cookie"]
    again = client.get("/list")
    assert again.headers["Content-Language"] == "en" and "Sign in" in again.text
    client.get("/list?lang=ru")
    assert "Войти" in client.get("/list?lang=xx").text


def test_the_browser_speaks_when_nothing_was_chosen(client: FlaskClient) -> None:
    assert "Sign in" in client.get("/list", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert "Войти" in client.get("/list", headers={"Accept-Language": "de"}).text


def test_outside_a_request_everything_is_russian(app: Flask) -> None:
    assert gettext("Войти") == "Войти"
    with app.app_context():
        assert gettext("Войти") == "Войти"
        with force_locale("en"):
            assert gettext("Войти") == "Sign in"


def test_the_shared_catalogue_is_complete() -> None:
    assert not [gap for path, gap in catalogue.catalogue_gaps().items() if path.startswith("shared")]


def test_every_sort_of_msgid_is_found(tmp_path: Path) -> None:
    source = 'Refused("R", N_("а"), field="x"), Refused("R", "б"), _("в" "г"), ngettext("д", "е", 2), f("ж")'
    assert set(catalogue.in_python(source)) == {"а", "б", "вг", ("д", "е")}
    page = tmp_path / "page.html"
    html = '{{ _("а") }}{% trans %}б{% endtrans %}{{ ngettext("в", "г", 2) }}{{ m("ж") }}'
    page.write_text(html, encoding="utf-8")
    assert set(catalogue.in_template(page)) == {"а", "б", ("в", "г")}


def test_every_message_of_the_marshmallow_parts_in_use_has_a_russian_text() -> None:
    kinds = [fields.String, fields.UUID, fields.Integer, fields.Decimal, fields.Boolean, fields.Date]
    kinds += [
        fields.List,
        fields.AwareDateTime,
        fields.Dict,
        fields.Email,
        fields.Url,
        fields.Enum,
        fields.Nested,
    ]
    inherited = {one for kind in kinds for one in kind.__mro__}
    texts = {text for one in inherited for text in getattr(one, "default_error_messages", {}).values()}
    only_for_writing = {text for text in texts if "cannot be formatted" in text}
    assert texts - only_for_writing <= set(RUSSIAN)


def test_filters(app: Flask) -> None:
    moment = datetime(2019, 3, 5, 11, 20, tzinfo=UTC)
    with app.test_request_context():
        assert filters.day(date(2019, 3, 5)) == filters.day(moment) == "05.03.2019"
        assert filters.moment(moment) == "05.03.2019 14:20 МСК"
        assert filters.percent(Decimal("25")) == "25,0 %"
        assert filters.number(Decimal("12345.50")) == "12\u00a0345,5" and filters.number(7, 2) == "7,00"
        assert {filters.day(None), filters.moment(None), filters.percent(None), filters.number(None)} == {"—"}
    with app.test_request_context("/?lang=en"):
        assert filters.moment(moment) == "5 Mar 2019 14:20 MSK" and filters.percent(Decimal("25")) == "25.0%"
