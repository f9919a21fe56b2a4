"""The API: the same actions and queries, by bearer token, with problem documents."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.reports import actions
from shared.person import Role
from shared.testing.suite import person
from tests.services.reports.network import ABINSK, YEAR

API = "/api/v1"
ASK = {"as_of": "2020-12-31", "period_from": "2020-01-01", "period_to": "2020-12-31"}
OPERATOR = person(Role.OPERATOR)
TMS = person(Role.TMS, municipality_oktmo=ABINSK)
Clients = Callable[..., FlaskClient]


@pytest.fixture
def report_id(known: Flask) -> UUID:
    with known.app_context():
        return actions.issue_network_report(OPERATOR, **YEAR)


def test_indicators_are_open_and_exact(known: Flask, client: Clients) -> None:
    values = {one["code"]: one for one in client(known).get(f"{API}/indicators", query_string=ASK).json}
    assert values["I-05"]["shown"] == "66,7\u00a0%"
    assert values["I-05"]["value"].startswith("66.6666")
    assert values["I-02"]["details"][0] == {"key": "MUNICIPAL", "value": "2", "unit": "COUNT"}
    assert len(values["I-02"]["inputs_hash"]) == 64


def test_records(known: Flask, client: Clients) -> None:
    found = client(known).get(f"{API}/indicators/I-02/records", query_string=ASK).json
    assert found["records"] == "PLATFORM"
    assert len(found["rows"]) == found["value"]["records_count"] == 3
    assert found["rows"][0]["cells"][4] == "2019-01-01"


def test_municipality_by_role(known: Flask, client: Clients) -> None:
    ask = {**ASK, "municipality": ABINSK}
    assert client(known).get(f"{API}/indicators", query_string=ask).status_code == 401
    assert client(known, TMS).get(f"{API}/indicators", query_string=ask).status_code == 200
    foreign = {**ASK, "municipality": "03643000"}
    assert client(known, TMS).get(f"{API}/indicators", query_string=foreign).status_code == 403
    closed = client(known, TMS).get(f"{API}/indicators/I-12/records", query_string=ask)
    assert closed.status_code == 403
    assert closed.content_type == "application/problem+json"


def test_territories_and_contests(known: Flask, client: Clients) -> None:
    territories = client(known, OPERATOR).get(f"{API}/indicators/I-01/territories", query_string=ASK).json
    assert [one["name"] for one in territories] == ["город Краснодар"]
    [contest] = client(known).get(f"{API}/contests").json
    assert contest["entries"] == 3


@pytest.mark.parametrize(
    "bad", [{"as_of": "вчера"}, {"municipality": "1"}, {"period_from": "2021-01-01", "as_of": "2020-12-31"}]
)
def test_faulty_questions(known: Flask, client: Clients, bad: dict[str, str]) -> None:
    assert client(known).get(f"{API}/indicators", query_string=bad).status_code == 422


def test_plans_and_imports(known: Flask, client: Clients) -> None:
    operator = client(known, OPERATOR)
    plan = {"code": "I-02", "year": 2020, "value": "80"}
    assert client(known).post(f"{API}/plans", json=plan).status_code == 401
    assert client(known, TMS).post(f"{API}/plans", json=plan).status_code == 403
    assert operator.post(f"{API}/plans", json=plan).status_code == 201
    assert Decimal(client(known).get(f"{API}/plans?year=2020").json[0]["value"]) == 80
    bad = operator.post(f"{API}/plans", json={**plan, "value": "-1"})
    assert bad.status_code == 422
    assert "value" in bad.json["errors"]
    value = {"code": "I-01", "year": 2016, "comparator": ">", "value": "37", "source": "Заявка"}
    assert operator.post(f"{API}/imported-values", json=value).status_code == 201
    [row] = client(known).get(f"{API}/imported-values").json
    assert (row["comparator"], Decimal(row["value"]), row["municipality_oktmo"]) == (">", 37, None)


def test_issue_and_read_a_report(known: Flask, client: Clients) -> None:
    operator = client(known, OPERATOR)
    made = operator.post(f"{API}/reports", json=ASK)
    assert made.status_code == 201
    again = operator.post(f"{API}/reports", json=ASK)
    assert again.status_code == 422
    assert again.json["rule"] == "BR-63"
    card = operator.get(f"{API}/reports/{made.json['id']}").json
    assert card["number"] == "ОС-2020/01"
    assert len(card["files"]) == 4
    assert client(known).get(f"{API}/reports").json[0]["inputs_hash"] == card["inputs_hash"]
    assert operator.get(f"{API}/reports/{made.json['id']}/recheck").json == {"same": True, "differing": []}
    assert client(known).get(f"{API}/verify/{card['verify_code']}").json["state"] == "ISSUED"


def test_files(known: Flask, client: Clients, report_id: UUID) -> None:
    answer = client(known).get(f"{API}/reports/{report_id}/open.pdf")
    assert answer.data.startswith(b"%PDF-")
    assert answer.content_type == "application/pdf"
    assert client(known).get(f"{API}/reports/{report_id}/full.pdf").status_code == 401
    assert client(known, TMS).get(f"{API}/reports/{report_id}/full.docx").status_code == 403
    assert client(known, OPERATOR).get(f"{API}/reports/{report_id}/full.docx").data.startswith(b"PK")
    assert client(known).get(f"{API}/reports/{report_id}/open.exe").status_code == 404


def test_cancel(known: Flask, client: Clients, report_id: UUID) -> None:
    operator = client(known, OPERATOR)
    assert operator.post(f"{API}/reports/{report_id}/cancel", json={"reason": " "}).status_code == 422
    assert (
        operator.post(f"{API}/reports/{report_id}/cancel", json={"reason": "Ошибка"}).json["state"]
        == "CANCELLED"
    )
    assert operator.post(f"{API}/reports/{report_id}/cancel", json={"reason": "Ошибка"}).status_code == 409


def test_what_is_not_there(known: Flask, client: Clients) -> None:
    for path in ("/indicators/I-99/records", "/reports/00000000-0000-0000-0000-000000000001", "/verify/AAAA"):
        assert client(known).get(API + path).status_code == 404


def test_every_operation_is_documented(known: Flask, client: Clients) -> None:
    paths = client(known).get("/openapi.json").json["paths"]
    assert len(paths) == 12
    assert all(
        operation.get("summary")
        for path in paths.values()
        for operation in path.values()
        if isinstance(operation, dict)
    )
