"""The HTML door: the whole journey by forms and buttons, scopes, both languages."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.events import queries
from shared.person import PUBLIC, Person
from shared.testing.suite import deliver
from tests.services.events.network import (
    CENTRE,
    OF_AUTHORITY,
    OF_OTHER_TMS,
    OF_TMS,
    OPERATOR,
    SCHOOL,
    STRANGER,
    TEACHER,
    TMS,
    Webinar,
    plan,
    upload,
)

Browse = Callable[..., FlaskClient]
FORM = {
    "kind": "WEBINAR",
    "title": "Основы работы с площадками",
    "mode": "ONLINE",
    "date_precision": "DAY",
    "starts_at": "2020-04-16T10:00",
    "ends_at": "2020-04-16T11:30",
    "organiser_ids": str(CENTRE),
    "audience": "OPEN",
    "jubilee": "false",
    "join_url": "https://zoom.example.org/j/1",
}


#: What stays Russian in an English page: names.
NAMES = re.compile(
    "МетодСеть|Русский|Основы работы с площадками|Краснодарский научно-методический центр|МБОУ СОШ № 1"
    "|ТМС [А-я]+ района|город Краснодар|[А-я]+ский район|Проверкина А.Б."
)


class Browser:
    """A person with a browser: follows what pages say."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def see(self, path: str, status: int = 200) -> str:
        """A page of the service."""
        answer = self.client.get(path)
        assert answer.status_code == status, answer.get_data(as_text=True)[-3000:]
        return answer.get_data(as_text=True)

    def press(self, path: str, status: int = 303, **sent: Any) -> str:
        """Send a form; the address it leads to."""
        sent.setdefault("headers", {"Origin": "http://localhost"})
        answer = self.client.post(path, **sent)
        text = answer.get_data(as_text=True)
        assert answer.status_code == status, text[-3000:]
        return answer.headers["Location"].removeprefix("/events") if status == 303 else text


@pytest.fixture
def browser(app: Flask, client: Browse) -> Callable[[Person], Browser]:
    """``browser(who)``: a browser signed in as ``who``."""
    return lambda who: Browser(client(app, who))


def test_the_journey_from_announcement_to_certificate(browser: Callable[[Person], Browser]) -> None:
    operator, tms, public = browser(OPERATOR), browser(OF_TMS), browser(PUBLIC)
    assert "Новое мероприятие" in operator.see("/") and "Новое мероприятие" not in public.see("/")
    operator.see("/new")
    card = operator.press("/new", data=FORM)
    assert "Открыть регистрацию" in operator.see(card)
    assert "Открыть регистрацию" not in tms.see(card)
    operator.press(f"{card}/open-registration")
    assert "zoom.example.org" not in public.see(card)

    public.see(f"{card}/register")
    person = {"last_name": "Борисов", "first_name": "Борис", "organisation_id": str(SCHOOL)}
    ticket = public.press(f"{card}/register", data=person)
    mine = public.see(ticket)
    code = re.search(r"code=(\d{6})", ticket)[1]  # type: ignore[index]  # the ticket has a code
    assert f"{code} Борисов Б." in mine and "zoom.example.org" in mine
    public.see(ticket.split("?")[0], 404)
    person = {"last_name": "Семёнова", "first_name": "Анна", "organisation_id": str(TMS)}
    ticket = tms.press(f"{card}/register", data={**person, "myself": "false", "role": "ATTENDEE"})
    tms.see(ticket)
    assert "Семёнова" in tms.see("/registrations")
    people = tms.see(f"{card}/participants")
    assert "Семёнова" in people and "Борисов" not in people

    assert "Закрыть регистрацию" in operator.see(card)
    operator.press(f"{card}/close-registration")
    operator.press(f"{card}/start")
    assert "2020-04-16T10:00" in operator.see(f"{card}/finish")
    times = {"started_at": "2020-04-16T10:00", "ended_at": "2020-04-16T11:30"}
    operator.press(f"{card}/finish", data=times)
    report = (
        "Name (Original Name),User Email,Join Time,Leave Time\n"
        f"{code} Борисов,,04/16/2020 10:00:00 AM,04/16/2020 11:30:00 AM\n"
        "Samsung,,04/16/2020 10:00:00 AM,04/16/2020 11:30:00 AM\n"
        "Бот,,04/16/2020 10:00:00 AM,04/16/2020 11:30:00 AM\n"
    )
    assert "Учесть посещаемость" in operator.see(card)
    operator.press(f"{card}/attendance", **upload(report))
    sheet = operator.see(f"{card}/attendance")
    rows = re.findall(r'action="/events(/[^"]+/attendance/[^"]+/(?:match|ignore))"', sheet)
    anna = ticket.rsplit("/", 1)[1]
    operator.press(rows[0], data={"registration_id": anna})
    operator.press(rows[3], data={"reason": "Запись встречи"})
    operator.press(f"{card}/attendance/settle")
    assert "Выдать сертификаты" in operator.see(card)
    operator.press(f"{card}/certificates")
    listed = operator.see(f"{card}/certificates")
    assert "МС-2020-0001" in listed and "МС-2020-0002" in listed

    (paper,) = re.findall(r'href="/events(/certificates/[^"]+\.pdf)"', tms.see("/certificates"))
    assert tms.client.get(paper).data.startswith(b"%PDF")
    assert browser(STRANGER).client.get(paper).status_code == 404
    verify = re.findall(r'href="/events(/verify/[^"]+)"', listed)[0]
    checked = public.see(verify)
    assert "действителен" in checked and "Сертификат участника" in checked
    assert "Борисов" not in checked and "Семёнова" not in checked
    void = re.findall(r'action="/events(/[^"]+/cancel)"', listed)[0]
    operator.press(void, data={"reason": "Ошибка"})
    assert "аннулирован" in public.see(verify)
    assert public.press(f"/verify?code={verify[-12:].lower()}", 405)
    assert public.client.get(f"/verify?code={verify[-12:].lower()}").status_code == 303


def test_wrong_forms_come_back_with_the_fault_named(browser: Callable[[Person], Browser]) -> None:
    operator = browser(OPERATOR)
    text = operator.press("/new", 422, data={**FORM, "date_precision": "MONTH"})
    assert "нет часа" in text and 'id="f-starts_at"' in text and "Основы работы" in text
    text = operator.press("/new", 422, data={**FORM, "join_url": "ftp://example.org"})
    assert "https://" in text
    card = operator.press("/new", data=FORM)
    assert operator.press(f"{card}/start") == card
    assert "Начать можно только" in operator.see(card)
    text = operator.press(f"{card}/cancel", 422, data={"reason": ""})
    assert "f-reason-fault" in text
    text = operator.press(f"{card}/register", 422, data={"last_name": "Ким", "first_name": "Ольга"})
    assert "не открыта" in text


def test_a_wrong_report_is_refused_on_the_page(
    webinar: Webinar, browser: Callable[[Person], Browser]
) -> None:
    webinar.hold()
    operator = browser(OPERATOR)
    sheet = f"/{webinar.id}/attendance"
    assert "2 МиБ" in operator.press(sheet, 422, **upload("a" * (2 * 1024 * 1024 + 1)))
    assert "Строка 2" in operator.press(
        sheet, 422, **upload("Имя,Время входа,Время выхода\nКим,вчера,16.04.2020 11:00")
    )
    assert "f-file-fault" in operator.press(sheet, 422, data={})
    assert operator.press(f"{sheet}/{UUID(int=1)}/match", data={"registration_id": ""}) == sheet
    assert "Выберите участника" in operator.see(sheet)


def test_a_signed_in_person_types_nothing_twice(
    app: Flask, webinar: Webinar, browser: Callable[[Person], Browser]
) -> None:
    known = {
        "person_id": TEACHER.person_id,
        "last_name": "Ким",
        "first_name": "Ольга",
        "middle_name": "Игоревна",
    }
    deliver(app, "registry.person.changed.v1", {**known, "organisation_id": SCHOOL})
    teacher = browser(TEACHER)
    form = teacher.see(f"/{webinar.id}/register")
    assert 'value="Игоревна"' in form and re.search(rf'value="{SCHOOL}" selected', form)
    person = {"last_name": "Ким", "first_name": "Ольга", "organisation_id": str(SCHOOL)}
    ticket = teacher.press(f"/{webinar.id}/register", data={**person, "myself": "true"})
    assert "code=" not in ticket
    assert "Ваша регистрация" in teacher.see(f"/{webinar.id}")
    assert "Ким Ольга" in teacher.see("/cabinet")
    teacher.press(f"{ticket}/cancel")
    assert "регистрация отменена" in teacher.see(ticket)


def test_the_rest_of_the_buttons(webinar: Webinar, browser: Callable[[Person], Browser]) -> None:
    operator = browser(OPERATOR)
    operator.press(
        "/series", data={"name": "Фестиваль", "organiser_id": str(CENTRE), "ordinal_style": "ROMAN"}
    )
    assert "Фестиваль" in operator.see("/series")
    past = {**FORM, "date_precision": "MONTH", "starts_on": "2020-02-01", "mode": "OFFLINE"}
    for gone in ("starts_at", "ends_at", "join_url"):
        past.pop(gone)
    operator.see("/past/new")
    card = operator.press("/past/new", data=past)
    person = {"last_name": "Ким", "first_name": "Ольга", "organisation_id": str(TMS), "role": "DELEGATE"}
    operator.press(f"{card}/participants", data=person)
    assert "Ким Ольга" in operator.see(f"{card}/participants")
    answer = operator.client.post(f"{card}/participants/export", data={"sheet_format": "XLSX"})
    assert answer.data.startswith(b"PK")
    operator.press(f"{card}/day", data={"starts_at": "2020-02-13T10:00", "ends_at": "2020-02-13T15:00"})
    assert "13.02.2020 10:00" in operator.see(card)

    coming = f"/{webinar.id}"
    operator.press(f"{coming}/meeting", data={"place": "Онлайн", "provider": "ZOOM"})
    operator.see(f"{coming}/postpone")
    later = {"reason": "Карантин", "date_precision": "MONTH", "starts_on": "2020-05-01"}
    operator.press(f"{coming}/postpone", data=later)
    assert "Карантин" in operator.see(coming) and "Назначить день" in operator.see(coming)
    operator.press(f"{coming}/cancel", data={"reason": "Нет интереса"})
    assert "отменено" in operator.see(coming)


def test_marks_duplicates_and_the_operators_day(
    webinar: Webinar, browser: Callable[[Person], Browser]
) -> None:
    expert = webinar.enter("Орлова", "Вера", role="EXPERT")
    operator = browser(OPERATOR)
    webinar.hold()
    operator.press(f"/{webinar.id}/registrations/{expert.id}/mark-attended", data={"reason": "Выступала"})
    assert "Выступала" in operator.see(f"/{webinar.id}/attendance")
    assert "Выдайте сертификаты" in operator.see("/cabinet")
    operator.press(f"/{webinar.id}/certificates")
    listed = operator.see(f"/{webinar.id}/certificates")
    operator.press(re.findall(r'action="/events(/[^"]+/reissue)"', listed)[0])
    assert "дубликат" in operator.see("/certificates")
    plan(webinar.app, starts_at=None, ends_at=None, starts_on=date(2020, 4, 5))
    assert "Мероприятия недели" in operator.see("/cabinet")


@pytest.mark.parametrize("path", ["/registrations", "/certificates", "/new", "/series", "/cabinet"])
def test_the_public_is_asked_to_sign_in(browser: Callable[[Person], Browser], path: str) -> None:
    answer = browser(PUBLIC).client.get(path)
    assert answer.status_code == 303 and "sign-in" in answer.headers.get("Location", "")


@pytest.mark.parametrize("who", [OF_OTHER_TMS, OF_AUTHORITY, STRANGER], ids=["tms", "authority", "stranger"])
def test_strangers_are_kept_out(webinar: Webinar, browser: Callable[[Person], Browser], who: Person) -> None:
    anna = webinar.enter("Семёнова", "Анна")
    visitor = browser(who)
    assert "Семёнова" not in visitor.see(f"/{webinar.id}") + visitor.see(f"/{webinar.id}/participants")
    visitor.see(f"/registrations/{anna.id}", 404)
    visitor.see(f"/{webinar.id}/attendance", 403)
    visitor.press(f"/{webinar.id}/close-registration", 403)
    visitor.press(f"/{webinar.id}/participants/export", 403)
    visitor.see(f"/{webinar.id}/finish", 403)
    with webinar.app.app_context():
        assert queries.event(OPERATOR, webinar.id).event.state.value == "REGISTRATION"


@pytest.mark.parametrize("who", [PUBLIC, OPERATOR, TEACHER], ids=["public", "operator", "teacher"])
def test_every_page_speaks_english(
    webinar: Webinar, browser: Callable[[Person], Browser], who: Person
) -> None:
    webinar.enter("Kim", "Olga", organisation_id=None, person_id=TEACHER.person_id)
    reader = browser(who)
    pages = [
        "/",
        "/?period=PAST&kind=WEBINAR",
        f"/{webinar.id}",
        f"/{webinar.id}/register",
        "/verify",
        "/verify/X",
    ]
    if who is not PUBLIC:
        pages += ["/registrations", "/certificates", "/cabinet", f"/{webinar.id}/participants"]
    if who is OPERATOR:
        pages += ["/new", "/past/new", "/series", f"/{webinar.id}/finish", f"/{webinar.id}/meeting"]
    for path in pages:
        answer = reader.client.get(path + ("&" if "?" in path else "?") + "lang=en")
        text = NAMES.sub("", answer.get_data(as_text=True))
        assert not re.findall(r"[А-Яа-яЁё]{3,}", text), (path, re.findall(r".{30}[А-Яа-яЁё]{3,}.{30}", text))
