"""What is read: the values, the records behind each of them (BR-63), and who may see which."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from services.reports import actions, queries
from services.reports.queries.rows import HEADERS
from services.reports.rules.catalogue import INDICATORS
from services.reports.rules.periods import Period
from shared import clock
from shared.person import PUBLIC, Person, Role
from shared.refusal import NotAllowed, NotFound, SignInNeeded
from shared.testing.suite import person
from tests.services.reports.network import ABINSK, AS_OF, HOSTILE, KRASNODAR, SEVERSKAYA, YEAR, key

OPERATOR = person(Role.OPERATOR)
PERIOD = Period(YEAR["period_from"], YEAR["period_to"])


def tms(oktmo: str) -> Person:
    return person(Role.TMS, municipality_oktmo=oktmo)


def shown(who: Person = OPERATOR, **ask: object) -> dict[str, str]:
    return {value.code: value.shown for value in queries.indicators(who, **{**YEAR, **ask})}  # type: ignore[arg-type]


def test_the_small_network(known: Flask) -> None:
    with known.app_context():
        assert shown() == {
            "I-01": "25,0\u00a0%",  # the school and the nursery of 8; the ТМС has no denominator
            "I-02": "3",
            "I-03": "2",
            "I-04": "2",
            "I-05": "66,7\u00a0%",  # 2 of 3: Майкоп is not in the krai
            "I-06": "1",
            "I-08": "2",
            "I-09": "3",
            "I-10": "75,0\u00a0%",
            "I-11": "65,0",
            "I-12": "2",
            "I-13": "50,0",
            "I-14": "66,7\u00a0%",
        }


def test_a_service_that_was_told_nothing_has_no_data(app: Flask) -> None:
    with app.app_context():
        values = shown()
        assert values["I-02"] == "0"
        assert values["I-01"] == values["I-05"] == values["I-10"] == "нет данных"


def test_numbers_of_one_municipality(known: Flask) -> None:
    with known.app_context():
        found = shown(tms(ABINSK), municipality=ABINSK)
        assert found["I-03"] == "1"
        assert found["I-09"] == "2"
        assert "I-04" not in found
        assert "I-05" not in found


@pytest.mark.parametrize("code", [one.code for one in INDICATORS])
def test_every_number_has_its_records(known: Flask, code: str) -> None:
    """BR-63: as many rows as the number says, each with a cell for every header."""
    with known.app_context():
        behind = queries.records_behind(OPERATOR, code, **YEAR)
        assert len(behind.rows) == behind.value.records_count > 0
        assert behind.headers == HEADERS[behind.indicator.records]
        assert all(len(row.cells) == len(behind.headers) for row in behind.rows)


def test_a_platform_is_shown_with_its_act(known: Flask) -> None:
    with known.app_context():
        first = queries.records_behind(PUBLIC, "I-02", AS_OF).rows[0]
        assert first.id == key(201)
        assert first.cells == (
            "муниципальные (МИП)",
            "Тема 1",
            HOSTILE,
            "город Краснодар",
            date(2019, 1, 1),
            date(2021, 12, 31),
            "№ 153 (20.12.2018)",
        )


def test_an_innovation_organisation_is_shown_with_its_platforms(known: Flask) -> None:
    with known.app_context():
        rows = queries.records_behind(PUBLIC, "I-01", AS_OF).rows
        assert [row.cells[2] for row in rows] == ["Тема 1; Тема 3; Тема 4", "Тема 2; Тема 3"]


def test_a_participation_is_shown_without_a_name(known: Flask) -> None:
    with known.app_context():
        rows = queries.records_behind(OPERATOR, "I-10", **YEAR).rows
        assert rows[-2].cells == (
            "Событие 301",
            date(2020, 4, 16),
            "участник",
            "ИМЦ Абинского района",
            "Абинский район",
            "присутствовал, сертификат выдан",
            65,
            date(2020, 4, 17),
        )
        assert rows[0].cells[1] == "02.2020"


def test_an_entry_is_shown_with_its_decision(known: Flask) -> None:
    with known.app_context():
        rows = queries.records_behind(OPERATOR, "I-14", **YEAR).rows
        assert [(row.cells[0], row.cells[6], row.cells[7]) for row in rows] == [
            ("CITY-XIX-N1-001", "присвоить статус", "№ 7 (30.10.2020)"),
            ("CITY-XIX-N1-002", "отклонить", "№ 7 (30.10.2020)"),
            ("CITY-XIX-N1-003", "продлить статус", "№ 7 (30.10.2020)"),
        ]


def test_sheets_are_shown_by_the_experts_organisation(known: Flask) -> None:
    with known.app_context():
        cells = [row.cells for row in queries.records_behind(OPERATOR, "I-13", **YEAR).rows]
        assert [(one[4], one[6]) for one in cells] == [
            ("ИМЦ Абинского района", Decimal("100.00")),
            ("ИМЦ Абинского района", Decimal("50.00")),
            (HOSTILE, Decimal("89.00")),
        ]


def test_who_sees_what_is_enforced_in_queries(known: Flask) -> None:
    with known.app_context():
        with pytest.raises(SignInNeeded):
            queries.indicators(PUBLIC, **YEAR, municipality=ABINSK)
        with pytest.raises(NotAllowed):
            queries.indicators(tms(SEVERSKAYA), **YEAR, municipality=ABINSK)
        with pytest.raises(SignInNeeded):
            queries.records_behind(PUBLIC, "I-03", AS_OF)
        with pytest.raises(NotAllowed):
            queries.records_behind(tms(ABINSK), "I-03", AS_OF)
        with pytest.raises(NotAllowed):
            queries.records_behind(tms(ABINSK), "I-12", AS_OF, municipality=ABINSK)
        with pytest.raises(NotAllowed):
            queries.value(tms(SEVERSKAYA), "I-03", AS_OF, PERIOD, ABINSK)
        with pytest.raises(NotFound):
            queries.records_behind(OPERATOR, "I-99", AS_OF)
        assert [
            row.cells[3]
            for row in queries.records_behind(tms(ABINSK), "I-03", AS_OF, municipality=ABINSK).rows
        ] == ["Абинский район"]


def test_territories_show_what_the_person_may_see(known: Flask) -> None:
    with known.app_context():

        def seen(who: Person, code: str) -> list[tuple[str, str]]:
            return [(one.name, one.value.shown) for one in queries.territories(who, code, AS_OF, PERIOD)]

        assert seen(OPERATOR, "I-01") == [("город Краснодар", "25,0\u00a0%")]
        assert seen(person(Role.EDU_AUTHORITY, municipality_oktmo=KRASNODAR), "I-01") == seen(
            OPERATOR, "I-01"
        )
        assert seen(tms(ABINSK), "I-03") == [("Абинский район", "1")]
        assert seen(PUBLIC, "I-01") == []


def test_contests_in_numbers(known: Flask) -> None:
    with known.app_context():
        [contest] = queries.contests(PUBLIC)
        assert (contest.entries, contest.admitted, contest.awarded) == (3, 3, 2)
        projects, reports = contest.nominations
        assert projects.outcomes == (("AWARD_STATUS", 1), ("DECLINE", 1))
        assert (reports.entries, reports.awarded) == (1, 1)  # the draft is not counted


def test_the_usual_date_is_today_while_agreements_are_in_force(known: Flask) -> None:
    with known.app_context(), clock.at(date(2021, 5, 1)):
        assert queries.usual_date(clock.today()).day == date(2021, 5, 1)


def test_otherwise_it_is_the_date_of_the_last_report(known: Flask) -> None:
    with known.app_context(), clock.at(date(2026, 5, 1)):
        assert not queries.usual_date(clock.today()).of_report
        actions.issue_network_report(OPERATOR, **YEAR)
        usual = queries.usual_date(clock.today())
        assert (usual.day, usual.of_report) == (AS_OF, True)


def test_the_cabinet_of_the_operator(known: Flask) -> None:
    with known.app_context(), clock.at(date(2021, 1, 11)):
        today = queries.today(OPERATOR)
        assert today.year_without_report == 2020
        assert len(today.codes_without_plan) == len(INDICATORS)
        assert today.municipalities_without_count == ["город Краснодар"]  # 2021 is not counted yet
        actions.issue_network_report(OPERATOR, **YEAR)
        actions.set_plan(OPERATOR, code="I-02", year=2021, value=4)
        today = queries.today(OPERATOR)
        assert today.year_without_report is None
        assert "I-02" not in today.codes_without_plan
        assert today.latest is not None


def test_the_cabinet_of_a_tms_shows_its_own_numbers(known: Flask) -> None:
    with known.app_context(), clock.at(AS_OF):
        today = queries.today(tms(ABINSK))
        [home] = today.homes
        assert home.name == "Абинский район"
        assert {value.code: value.shown for value in home.values}["I-03"] == "1"
        assert not today.keeper
        assert today.year_without_report is None


def test_the_cabinet_of_a_participant_is_empty(known: Flask) -> None:
    with known.app_context():
        assert queries.today(person(Role.PARTICIPANT)).empty
