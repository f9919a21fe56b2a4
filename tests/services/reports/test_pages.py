"""The pages: every one opens for whom it should, in both languages, and forms name their faults."""

import csv
import io
from collections.abc import Callable, Iterator
from uuid import UUID

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.reports import actions, queries
from shared import clock
from shared.person import Person, Role
from shared.testing.suite import person
from tests.services.reports.network import ABINSK, AS_OF, HOSTILE, SEVERSKAYA, YEAR

ON = "as_of=2020-12-31&period_from=2020-01-01&period_to=2020-12-31"
OPERATOR = person(Role.OPERATOR)
TMS = person(Role.TMS, municipality_oktmo=ABINSK)
Clients = Callable[..., FlaskClient]


@pytest.fixture
def report_id(known: Flask) -> Iterator[UUID]:
    with known.app_context():
        made = actions.issue_network_report(OPERATOR, **YEAR)
    yield made


def text(browser: FlaskClient, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return " ".join(answer.get_data(as_text=True).replace("\u00a0", " ").split())


PATHS = ["/", "/indicators/I-02", "/indicators/I-03", "/territories", "/contests", "/reports", "/verify"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", [None, TMS, OPERATOR])
def test_open_pages(known: Flask, client: Clients, who: Person | None, path: str) -> None:
    assert "<h1>" in text(client(known, who), path)


@pytest.mark.parametrize("path", ["/plans", "/imported-values", "/reports/new"])
def test_pages_of_the_operator(known: Flask, client: Clients, path: str) -> None:
    assert client(known).get(path).status_code == 303
    assert client(known, TMS).get(path).status_code == 403
    assert "<h1>" in text(client(known, OPERATOR), path)


def test_overview(known: Flask, client: Clients) -> None:
    with known.app_context():
        actions.set_plan(OPERATOR, code="I-02", year=2020, value=4)
    page = text(client(known), f"/?{ON}")
    assert "Показатели на 31.12.2020" in page
    assert "<strong>66,7 %</strong>" in page
    assert "−1" in page
    assert "/reports/indicators/I-02?as_of=2020-12-31" in page


def test_overview_in_english(known: Flask, client: Clients) -> None:
    page = text(client(known), f"/?{ON}&lang=en")
    assert "Indicators of the network" in page
    assert "<strong>66.7 %</strong>" in page
    assert "no data" not in page
    assert "no data" in text(client(known), "/?as_of=2010-01-01&lang=en")


def test_a_faulty_question_is_named_and_answered_anyway(known: Flask, client: Clients) -> None:
    assert "Проверьте введённое" in text(client(known), "/?as_of=вчера")
    assert "Начало периода позже его конца" in text(
        client(known), "/?as_of=2020-12-31&period_from=2021-01-01"
    )


def test_a_municipality_is_for_its_own_people(known: Flask, client: Clients) -> None:
    assert "Абинский район" in text(client(known, TMS), f"/?{ON}&municipality={ABINSK}")
    assert client(known, TMS).get(f"/?{ON}&municipality={SEVERSKAYA}").status_code == 403
    assert client(known).get(f"/?{ON}&municipality={ABINSK}").status_code == 303


def test_every_number_leads_to_its_records(known: Flask, client: Clients) -> None:
    """BR-63."""
    page = text(client(known), f"/indicators/I-02?{ON}")
    assert "Тема 1" in page
    assert "/registry/platforms/" in page
    assert "№ 153 (20.12.2018)" in page
    assert "&lt;script" not in page


def test_closed_records_say_so(known: Flask, client: Clients) -> None:
    page = text(client(known), f"/indicators/I-03?{ON}")
    assert "Записи этого показателя закрыты" in page
    assert "КРЦ-2019" not in page
    assert "КРЦ-2019/01" in text(client(known, OPERATOR), f"/indicators/I-03?{ON}")
    assert client(known).get(f"/indicators/I-03.xlsx?{ON}").status_code == 303
    assert client(known, TMS).get(f"/indicators/I-03.xlsx?{ON}").status_code == 403


def test_an_unknown_indicator(known: Flask, client: Clients) -> None:
    text(client(known), "/indicators/I-99", 404)
    text(client(known), "/territories?code=I-05", 404)
    text(client(known), "/territories?code=нет", 404)


def test_a_spreadsheet_cannot_be_made_to_compute(known: Flask, client: Clients) -> None:
    """A name that looks like a formula stays text in XLSX and gets an apostrophe in CSV."""
    answer = client(known).get(f"/indicators/I-02.xlsx?{ON}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:2] == ["Вид", "Тема"]
    hostile = sheet.cell(2, 3)
    assert hostile.value == HOSTILE
    assert hostile.data_type == "s"
    assert sheet.max_row == 4
    answer = client(known).get(f"/indicators/I-02.csv?{ON}")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][2] == "'" + HOSTILE


def test_names_are_escaped(known: Flask, client: Clients) -> None:
    assert "&#34;http://evil.example&#34;" in text(client(known), f"/indicators/I-02?{ON}")


def test_issue_a_report_by_the_form(known: Flask, client: Clients) -> None:
    browser = client(known, OPERATOR)
    with clock.at(AS_OF):
        assert 'value="2019-12-31"' in text(browser, "/reports/new")
    form = {name: str(value) for name, value in YEAR.items()}
    answer = browser.post("/reports/new", data=form)
    assert answer.status_code == 303
    card = text(browser, answer.headers["Location"].removeprefix("/reports"))
    assert "Отчёт выпущен" in card
    assert "№ ОС-2020/01" in card
    assert "Пересчёт по сегодняшним записям даёт те же числа." in card
    again = browser.post("/reports/new", data=form)
    assert again.status_code == 422
    assert "уже выпущен: № ОС-2020/01" in again.get_data(as_text=True)


def test_a_form_names_its_faults(known: Flask, client: Clients) -> None:
    browser = client(known, OPERATOR)
    late = browser.post("/reports/new", data={"as_of": "2099-01-01", "period_from": "2020-01-01"})
    assert late.status_code == 422
    plan = browser.post("/plans", data={"code": "I-05", "year": "2020", "value": "101"})
    assert plan.status_code == 422
    assert "Доля не может быть больше ста процентов" in plan.get_data(as_text=True)
    english = browser.post("/plans?lang=en", data={"code": "I-05", "year": "2020", "value": "101"})
    assert "A share cannot exceed one hundred per cent" in english.get_data(as_text=True)


def test_plans_and_imports_by_forms(known: Flask, client: Clients) -> None:
    browser = client(known, OPERATOR)
    assert browser.post("/plans", data={"code": "I-05", "year": "2020", "value": "22,5"}).status_code == 303
    assert "22,5 %" in text(browser, "/plans")
    entered = {"code": "I-01", "municipality_oktmo": ABINSK, "year": "2016", "comparator": ">", "value": "37"}
    assert browser.post("/imported-values", data={**entered, "source": "Заявка"}).status_code == 303
    assert "&gt; 37,0 %" in text(browser, "/imported-values")
    assert browser.post("/imported-values", data=entered).status_code == 422


def test_the_card_of_a_report(known: Flask, client: Clients, report_id: UUID) -> None:
    public = text(client(known), f"/reports/{report_id}")
    assert "Действующих договоров на дату отчёта: 2." in public
    assert "КРЦ-2019/01" not in public
    assert "full.pdf" not in public
    assert "Аннулировать" not in public
    operator = text(client(known, OPERATOR), f"/reports/{report_id}")
    assert "КРЦ-2019/01" in operator
    assert "full.pdf" in operator
    assert "Report on the work of the network" in text(client(known), f"/reports/{report_id}?lang=en")


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_download(known: Flask, client: Clients, report_id: UUID, kind: str, start: bytes) -> None:
    answer = client(known).get(f"/reports/{report_id}/open.{kind}")
    assert answer.data.startswith(start)
    assert f"otchet-OS-2020-01-open.{kind}" in answer.headers["Content-Disposition"]
    assert client(known).get(f"/reports/{report_id}/full.{kind}").status_code == 303
    assert client(known, TMS).get(f"/reports/{report_id}/full.{kind}").status_code == 403
    assert client(known, OPERATOR).get(f"/reports/{report_id}/full.{kind}").data.startswith(start)


def test_verify(known: Flask, client: Clients, report_id: UUID) -> None:
    with known.app_context():
        card = queries.report(OPERATOR, report_id)
    browser = client(known)
    answer = browser.get("/verify", query_string={"code": card.verify_code.lower()})
    assert answer.status_code == 303
    page = text(browser, f"/verify/{card.verify_code}")
    assert "действителен" in page
    assert card.files[0].sha256 in page
    assert "ОС-2020/01" in page
    assert "нет. Проверьте" in text(browser, "/verify/AAAA-AAAA-AAAA", 404)


def test_cancel(known: Flask, client: Clients, report_id: UUID) -> None:
    browser = client(known, OPERATOR)
    assert client(known, TMS).post(f"/reports/{report_id}/cancel", data={"reason": "нет"}).status_code == 403
    assert browser.post(f"/reports/{report_id}/cancel", data={}).status_code == 303
    assert "Укажите причину аннулирования" in text(browser, f"/reports/{report_id}")
    assert browser.post(f"/reports/{report_id}/cancel", data={"reason": "Ошибка"}).status_code == 303
    assert "Причина: Ошибка" in text(browser, f"/reports/{report_id}")


def test_cabinet(known: Flask, client: Clients) -> None:
    with clock.at(AS_OF):
        operator = text(client(known, OPERATOR), "/cabinet")
        assert "За 2019 год отчёт сети ещё не выпущен" in operator
        assert "<html" not in operator
        assert "Абинский район" in text(client(known, TMS), "/cabinet")
        assert "На сегодня дел по отчётам нет." in text(client(known, person(Role.PARTICIPANT)), "/cabinet")
    assert client(known).get("/cabinet").status_code == 303


def test_territories_page(known: Flask, client: Clients) -> None:
    assert "город Краснодар" in text(client(known, OPERATOR), f"/territories?{ON}")
    assert "Числа муниципалитетов видят их ТМС" in text(client(known), f"/territories?{ON}")
    assert "Абинский район" in text(client(known, TMS), f"/territories?{ON}&code=I-03")


def test_contests_page(known: Flask, client: Clients) -> None:
    page = text(client(known), "/contests")
    assert "XIX конкурс" in page
    assert "присвоить статус: 1; отклонить: 1" in page
