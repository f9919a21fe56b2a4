"""The JSON door: the whole journey, and refusals as problem documents."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.person import PUBLIC
from tests.services.events.network import (
    CENTRE,
    OF_TMS,
    OPERATOR,
    SCHOOL,
    STRANGER,
    TEACHER,
    TMS,
    upload,
)

API = "/api/v1"
PLAN = {
    "kind": "WEBINAR",
    "title": "Основы работы с площадками",
    "mode": "ONLINE",
    "starts_at": "2020-04-16T10:00:00+03:00",
    "ends_at": "2020-04-16T11:30:00",
    "organiser_ids": [str(CENTRE)],
    "join_url": "https://zoom.example.org/j/1",
}
REPORT = (
    "Имя (настоящее имя),Электронная почта,Время входа,Время выхода\n"
    "{code} Семёнова А.,,16.04.2020 10:00:00,16.04.2020 11:30:00\n"
    "Гость,,16.04.2020 10:00:00,16.04.2020 11:30:00\n"
)

Ask = Callable[..., Any]


@pytest.fixture
def ask(app: Flask, client: Callable[..., FlaskClient]) -> Ask:
    """``ask(who, "POST", "/events", json=…)`` -> the answer, with the expected status checked."""

    def one(who: Any, method: str, path: str, status: int = 200, **sent: Any) -> Any:
        answer = client(app, who).open(f"{API}{path}", method=method, **sent)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json(silent=True) if answer.is_json or "json" in answer.mimetype else answer

    return one


def test_the_journey_from_announcement_to_certificate(ask: Ask) -> None:
    event = ask(OPERATOR, "POST", "/events", 201, json=PLAN)["id"]
    assert ask(OPERATOR, "POST", f"/events/{event}/open-registration")["event"]["state"] == "REGISTRATION"
    card = ask(PUBLIC, "GET", f"/events/{event}")
    assert card["may_register"] and card["next_step"] is None and "join_url" not in card["event"]

    anna = {"last_name": "Семёнова", "first_name": "Анна", "organisation_id": str(TMS)}
    anna = ask(OF_TMS, "POST", f"/events/{event}/registrations", 201, json=anna)
    boris = {"last_name": "Борисов", "first_name": "Борис", "organisation_id": str(SCHOOL)}
    boris = ask(PUBLIC, "POST", f"/events/{event}/registrations", 201, json=boris)
    mine = ask(PUBLIC, "GET", f"/registrations/{boris['id']}", headers={"X-Join-Code": boris["join_code"]})
    assert mine["display_name"] == f"{boris['join_code']} Борисов Б."
    assert mine["join_url"] == "https://zoom.example.org/j/1"
    ask(PUBLIC, "GET", f"/registrations/{boris['id']}", 404)
    assert [one["last_name"] for one in ask(OF_TMS, "GET", f"/events/{event}/registrations")] == ["Семёнова"]

    ask(OPERATOR, "POST", f"/events/{event}/close-registration")
    ask(OPERATOR, "POST", f"/events/{event}/start")
    ask(OPERATOR, "POST", f"/events/{event}/finish", json={})
    report = REPORT.format(code=anna["join_code"])
    result = ask(OPERATOR, "POST", f"/events/{event}/attendance", **upload(report))
    assert result == {"matched": 1, "unmatched": 1, "rows": 2, "added": 2}
    (guest,) = ask(OPERATOR, "GET", f"/events/{event}/attendance")["unmatched"]
    ask(OPERATOR, "POST", f"/attendance/{guest['id']}/match", 204, json={"registration_id": boris["id"]})
    settled = ask(OPERATOR, "POST", f"/events/{event}/attendance/settle")
    assert settled == {"attended": 2, "no_show": 0}
    assert len(ask(OPERATOR, "POST", f"/events/{event}/certificates", 201)["ids"]) == 2

    (certificate,) = ask(OF_TMS, "GET", "/certificates")
    paper = ask(OF_TMS, "GET", f"/certificates/{certificate['id']}/pdf")
    assert paper.mimetype == "application/pdf" and paper.headers["Cache-Control"] == "no-store"
    ask(STRANGER, "GET", f"/certificates/{certificate['id']}/pdf", 404)
    verified = ask(PUBLIC, "GET", f"/verify/{certificate['verify_code']}")
    assert verified["number"] == certificate["number"] and verified["state"] == "VALID"
    assert "Семёнова" not in str(verified)
    ask(OPERATOR, "POST", f"/certificates/{certificate['id']}/reissue", 204)
    reason = {"reason": "Ошибка в имени"}
    ask(OPERATOR, "POST", f"/certificates/{certificate['id']}/cancel", 204, json=reason)
    assert ask(PUBLIC, "GET", f"/verify/{certificate['verify_code']}")["state"] == "CANCELLED"
    counts = ask(OPERATOR, "GET", f"/events/{event}/turnout")
    assert [(row["municipality_name"], row["attended"]) for row in counts] == [("Северский район", 2)]
    table = ask(OPERATOR, "POST", f"/events/{event}/participants/export", json={"sheet_format": "CSV"})
    assert "Борисов" in table.get_data().decode("utf-8-sig")


def test_history_and_series(ask: Ask) -> None:
    series = {"name": "Краснодарский фестиваль", "organiser_id": str(CENTRE)}
    series_id = ask(OPERATOR, "POST", "/series", 201, json=series)["id"]
    assert [one["name"] for one in ask(PUBLIC, "GET", "/series")] == ["Краснодарский фестиваль"]
    past = {"kind": "FESTIVAL", "series_id": series_id, "ordinal": 10, "date_precision": "MONTH"}
    event = ask(OPERATOR, "POST", "/events/past", 201, json={**past, "starts_on": "2020-02-01"})["id"]
    person = {"last_name": "Ким", "first_name": "Ольга", "organisation_id": str(TMS), "role": "DELEGATE"}
    ask(OPERATOR, "POST", f"/events/{event}/participations", 201, json=person)
    (one,) = ask(OPERATOR, "GET", f"/events/{event}/registrations")
    assert (one["state"], one["role"]) == ("ATTENDED", "DELEGATE")
    assert [e["title"] for e in ask(PUBLIC, "GET", "/events?period=PAST&kind=FESTIVAL")] == [
        "X Краснодарский фестиваль"
    ]
    assert ask(PUBLIC, "GET", "/events?period=PAST&kind=WEBINAR") == []


def test_day_meeting_postponing_cancelling(ask: Ask) -> None:
    month = {"kind": "PRACTICE", "title": "Практика", "mode": "ONLINE", "date_precision": "MONTH"}
    event = ask(OPERATOR, "POST", "/events", 201, json={**month, "starts_on": "2020-05-01"})["id"]
    day = {"starts_at": "2020-05-12T10:00:00", "ends_at": "2020-05-12T12:00:00"}
    assert ask(OPERATOR, "POST", f"/events/{event}/day", json=day)["event"]["date_precision"] == "DAY"
    ask(OPERATOR, "POST", f"/events/{event}/meeting", json={"join_url": "https://example.org/room"})
    later = {"reason": "Карантин", "starts_on": "2020-06-01", "date_precision": "MONTH"}
    assert ask(OPERATOR, "POST", f"/events/{event}/postpone", json=later)["event"]["state"] == "PLANNED"
    cancelled = ask(OPERATOR, "POST", f"/events/{event}/cancel", json={"reason": "Нет интереса"})
    assert cancelled["event"]["state"] == "CANCELLED"


def test_cancelling_and_marking(ask: Ask) -> None:
    event = ask(OPERATOR, "POST", "/events", 201, json=PLAN)["id"]
    ask(OPERATOR, "POST", f"/events/{event}/open-registration")
    person = {"last_name": "Ким", "first_name": "Ольга", "person_id": str(TEACHER.person_id)}
    mine = ask(TEACHER, "POST", f"/events/{event}/registrations", 201, json=person)
    assert [one["id"] for one in ask(TEACHER, "GET", "/registrations")] == [mine["id"]]
    ask(STRANGER, "POST", f"/registrations/{mine['id']}/cancel", 403, json={})
    code = {"join_code": mine["join_code"]}
    ask(PUBLIC, "POST", f"/registrations/{mine['id']}/cancel", 204, json=code)
    again = ask(TEACHER, "POST", f"/events/{event}/registrations", 201, json=person)
    for step in ("close-registration", "start"):
        ask(OPERATOR, "POST", f"/events/{event}/{step}")
    mark = {"reason": "Была за другим компьютером"}
    ask(OPERATOR, "POST", f"/registrations/{again['id']}/mark-attended", 204, json=mark)
    rows = REPORT.format(code="")
    (guest,) = [
        ask(OPERATOR, "POST", f"/events/{event}/attendance", **upload(rows)),
        ask(OPERATOR, "GET", f"/events/{event}/attendance")["unmatched"],
    ][1][1:]
    ask(OPERATOR, "POST", f"/attendance/{guest['id']}/ignore", 204, json={"reason": "Посторонний"})


def test_refusals_are_problem_documents(ask: Ask) -> None:
    ask(PUBLIC, "POST", "/events", 401, json=PLAN)
    ask(STRANGER, "POST", "/events", 403, json=PLAN)
    problem = ask(OPERATOR, "POST", "/events", 422, json={**PLAN, "kind": "BALL", "surplus": 1})
    assert {"kind", "surplus"} <= set(str(problem).replace("'", " ").split())
    problem = ask(OPERATOR, "POST", "/events", 422, json={**PLAN, "date_precision": "MONTH"})
    assert "BR-27" in str(problem) and "starts_at" in str(problem)
    event = ask(OPERATOR, "POST", "/events", 201, json=PLAN)["id"]
    assert "EVENT_STATE" in str(ask(OPERATOR, "POST", f"/events/{event}/start", 409))
    ask(PUBLIC, "GET", f"/events/{event}/registrations", 401)
    ask(PUBLIC, "GET", "/verify/NOSUCHCODE", 404)
    ask(OPERATOR, "GET", f"/events/{CENTRE}", 404)
    for step in ("open-registration", "close-registration", "start"):
        ask(OPERATOR, "POST", f"/events/{event}/{step}")
    oversized = "a" * (2 * 1024 * 1024 + 1)
    problem = ask(OPERATOR, "POST", f"/events/{event}/attendance", 422, **upload(oversized))
    assert "2 МиБ" in str(problem) and "file" in str(problem)
    ask(OPERATOR, "POST", f"/events/{event}/attendance", 422, **upload("x", "zoom.exe"))


def test_the_list_is_paged(ask: Ask, app: Flask, client: Callable[..., FlaskClient]) -> None:
    for number in range(3):
        ask(OPERATOR, "POST", "/events", 201, json={**PLAN, "title": f"Вебинар {number}"})
    answer = client(app, PUBLIC).get(f"{API}/events?page=2&page_size=2")
    assert len(answer.get_json()) == 1 and answer.headers["X-Total-Count"] == "3"
