"""A past day is told under the names of that day, whenever it is asked about (BR-06, BR-11, BR-64, SC-19)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from services.reports import actions, queries
from services.reports.rules.periods import Period
from services.reports.rules.terms import Edition, FileFormat
from shared import clock
from shared.person import PUBLIC, Role
from shared.testing.suite import deliver, person
from tests.services.reports.network import (
    ABINSK,
    AS_OF,
    KRASNODAR,
    OPERATOR,
    SEVERSKAYA,
    TMS_S,
    YEAR,
    key,
    organisation,
)
from tests.services.reports.test_papers import text_of

KEEPER = person(Role.OPERATOR)
DISTRICT, OKRUG = "Северский район", "Северский муниципальный округ"
CENTRE, INSTITUTE = "МКУ «Краснодарский научно-методический центр»", "МКУ «Институт развития сети»"
LATER = date(2025, 2, 1)
LATER_YEAR = {"as_of": LATER, "period_from": date(2025, 1, 1), "period_to": LATER}


def municipality(present: str) -> dict[str, Any]:
    """Северский район, an okrug since 2025, as registry tells it with fields that reports does not know."""
    versions = [
        {"valid_from": since, "kind": kind, "short_name": name, "official_name": name, "centre": None}
        for since, kind, name in ((None, "DISTRICT", DISTRICT), ("2025-01-01", "MUNICIPAL_OKRUG", OKRUG))
    ]
    told = {"municipality_id": key(12), "oktmo": SEVERSKAYA, "in_krai": True}
    return {**told, "short_name": present, "official_name": present, "kind": "DISTRICT", "versions": versions}


def renamed(number: Any, earlier: str, name: str, roles: list[str], oktmo: str) -> dict[str, Any]:
    """An organisation renamed on the first day of 2025."""
    names = [{"full_name": earlier, "valid_from": None}, {"full_name": name, "valid_from": "2025-01-01"}]
    return {**organisation(number, name, roles, oktmo), "short_name": f"Кратко: {name}", "names": names}


@pytest.fixture
def in_2025(known: Flask) -> Iterator[Flask]:
    """The small network in June 2025, after its renamings."""
    deliver(known, "registry.municipality.changed.v1", municipality(OKRUG), version=2)
    name = "registry.organisation.changed.v1"
    deliver(known, name, renamed(TMS_S, "ИМЦ района", "ИМЦ округа", ["TMS"], SEVERSKAYA), version=2)
    operator = renamed(OPERATOR, CENTRE, INSTITUTE, ["NETWORK_OPERATOR"], KRASNODAR)
    deliver(known, name, operator, version=2)
    with clock.at(date(2025, 6, 1)), known.app_context():
        yield known


def test_a_report_of_2020_issued_later_prints_the_names_of_2020(in_2025: Flask) -> None:
    card = queries.report(KEEPER, actions.issue_network_report(KEEPER, **YEAR))
    assert card.content["transformed"] == [DISTRICT]
    assert [(one["tms"], one["municipality"]) for one in card.content["agreements"]] == [
        ("ИМЦ Абинского района", "Абинский район"),
        ("ИМЦ района", DISTRICT),
    ]
    assert card.content["operator"] == CENTRE
    for kind in FileFormat:
        text = text_of(card, Edition.FULL, kind)
        assert DISTRICT in text and OKRUG not in text
        assert "ИМЦ округа" not in text
        assert f"Оператор сети {CENTRE}" in text
        assert INSTITUTE in text, "who issues the paper is called as on the day of the issue"


def test_a_report_of_2025_prints_the_new_names(in_2025: Flask) -> None:
    card = queries.report(KEEPER, actions.issue_network_report(KEEPER, **LATER_YEAR))
    assert card.content["transformed"] == [OKRUG]
    assert card.content["operator"] == INSTITUTE
    text = text_of(card, Edition.FULL, FileFormat.DOCX)
    assert OKRUG in text and DISTRICT not in text and CENTRE not in text


def test_numbers_of_a_closed_period_do_not_depend_on_names(known: Flask) -> None:
    with known.app_context():
        report_id = actions.issue_network_report(KEEPER, **YEAR)
    deliver(known, "registry.municipality.changed.v1", municipality(OKRUG), version=2)
    with known.app_context():
        assert queries.recheck(KEEPER, report_id).same


@pytest.mark.parametrize(("on", "name", "service"), [(AS_OF, DISTRICT, "ИМЦ района"), (LATER, OKRUG, None)])
def test_records_and_lists_are_called_as_on_the_day_asked(
    in_2025: Flask, on: date, name: str, service: str | None
) -> None:
    assert queries.municipality_names(on)[SEVERSKAYA] == name
    assert queries.municipality_choices(KEEPER, on)[SEVERSKAYA] == name
    behind = queries.records_behind(PUBLIC, "I-06", on)
    assert [row.cells[:2] for row in behind.rows] == [(name, service or "Кратко: ИМЦ округа")]
    found = queries.territories(KEEPER, "I-06", on, Period(on.replace(month=1, day=1), on))
    assert name in [one.name for one in found]


def test_a_participation_is_called_as_on_the_day_of_its_event(in_2025: Flask) -> None:
    """BR-29: the festival was in 2020; a period that reaches 2025 does not rename it."""
    rows = queries.records_behind(KEEPER, "I-09", LATER, date(2020, 1, 1), LATER).rows
    assert DISTRICT in [row.cells[4] for row in rows]
    assert OKRUG not in [row.cells[4] for row in rows]


def test_an_imported_value_names_its_place_as_in_its_year(in_2025: Flask) -> None:
    for year in (2019, 2025):
        actions.import_indicator(
            KEEPER,
            code="I-01",
            year=year,
            comparator="=",
            value=30,
            source="Отчёт",
            municipality_oktmo=SEVERSKAYA,
        )
    assert [(one.year, one.municipality) for one in queries.imports(KEEPER)] == [
        (2025, OKRUG),
        (2019, DISTRICT),
    ]


def test_a_page_about_a_past_day_offers_the_names_of_that_day(in_2025: Flask) -> None:
    def page(on: str) -> str:
        return in_2025.test_client().get(f"/indicators/I-06?as_of={on}").text

    assert DISTRICT in page("2020-12-31") and OKRUG not in page("2020-12-31")
    assert OKRUG in page("2025-02-01") and DISTRICT not in page("2025-02-01")


def test_a_copy_made_before_names_were_told_knows_the_present_name(known: Flask) -> None:
    """Until registry tells it again (replay), every day has the present name."""
    with known.app_context():
        assert queries.municipality_names(date(1990, 1, 1))[ABINSK] == "Абинский район"
        assert queries.municipality_names(LATER)[ABINSK] == "Абинский район"
