"""What the operator does: imports, plans, and the report that never changes."""

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from services.reports import actions, queries
from services.reports.model import Audit, ImportedValue
from services.reports.rules.terms import Edition, FileFormat, ReportState, Source
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused, SignInNeeded
from shared.testing.suite import deliver, person, told
from shared.unit import read
from tests.services.reports.network import ABINSK, KRASNODAR, TMS_A, YEAR, agreement

OPERATOR = person(Role.OPERATOR)
SHARE_OF_2016: dict[str, Any] = {
    "code": "I-01",
    "municipality_oktmo": KRASNODAR,
    "year": 2016,
    "comparator": ">",
    "value": 37,
    "source": "Заявка 2020 года",
}
IN_2016 = {"as_of": date(2016, 12, 31), "period_from": date(2016, 1, 1), "period_to": date(2016, 12, 31)}


def issue() -> UUID:
    return actions.issue_network_report(OPERATOR, **YEAR)


def test_the_share_of_2016_is_shown_as_imported(known: Flask) -> None:
    """S-005: more than 37 % in Krasnodar."""
    with known.app_context():
        actions.import_indicator(OPERATOR, **SHARE_OF_2016)
        [value] = [
            v for v in queries.indicators(OPERATOR, **IN_2016, municipality=KRASNODAR) if v.code == "I-01"
        ]
        assert value.shown == ">\u00a037,0\u00a0%"
        assert value.source is Source.IMPORTED
        [row] = queries.imports(OPERATOR)
        assert (row.municipality, row.shown) == ("город Краснодар", ">\u00a037,0\u00a0%")
        assert queries.imports(PUBLIC) == []  # a municipality's number is not public


def test_entering_again_corrects(known: Flask) -> None:
    with known.app_context():
        first = actions.import_indicator(OPERATOR, **SHARE_OF_2016)
        again = actions.import_indicator(OPERATOR, **{**SHARE_OF_2016, "value": "38.5", "comparator": "≥"})
        assert first == again
        assert read().get(ImportedValue, first).value == Decimal("38.5")
        notes = read().scalars(sa.select(Audit.note).where(Audit.what == "indicator.imported")).all()
        assert {note["after"] for note in notes} == {"> 37", "≥ 38.5"}
        assert {note["before"] for note in notes} == {None, "> 37"}


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"code": "I-99"}, "INDICATOR", "code"),
        ({"value": -1}, "INDICATOR", "value"),
        ({"value": 101}, "INDICATOR", "value"),
        ({"year": 2099}, "INDICATOR", "year"),
        ({"source": "  "}, "BR-63", "source"),
        ({"municipality_oktmo": "00000000"}, "INDICATOR", "municipality_oktmo"),
        ({"code": "I-05"}, "INDICATOR", "municipality_oktmo"),
    ],
)
def test_impossible_imports_name_rule_and_field(
    known: Flask, changes: dict[str, Any], rule: str, field: str
) -> None:
    with known.app_context():
        with pytest.raises(Refused) as refusal:
            actions.import_indicator(OPERATOR, **{**SHARE_OF_2016, **changes})
        assert (refusal.value.rule, refusal.value.field) == (rule, field)
        assert queries.imports(OPERATOR) == []


def test_a_plan_can_be_changed(known: Flask) -> None:
    with known.app_context():
        first = actions.set_plan(OPERATOR, code="I-02", year=2020, value=5)
        assert actions.set_plan(OPERATOR, code="I-02", year=2020, value=2) == first
        [value] = [v for v in queries.indicators(PUBLIC, **YEAR) if v.code == "I-02"]
        assert (value.plan_shown, value.deviation_shown, value.plan_met) == ("2", "+1", True)
        [row] = queries.plans(PUBLIC, 2020)
        assert (row.code, row.shown) == ("I-02", "2")
        assert queries.plans(PUBLIC, 2019) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_only_the_operator_keeps(known: Flask, role: Role) -> None:
    who = person(role, municipality_oktmo=KRASNODAR)
    with known.app_context():
        report_id = issue()
        attempts: list[Callable[[], object]] = [
            lambda: actions.import_indicator(who, **SHARE_OF_2016),
            lambda: actions.set_plan(who, code="I-02", year=2020, value=1),
            lambda: actions.issue_network_report(who, **YEAR),
            lambda: actions.cancel_report(who, report_id=report_id, reason="нет"),
            lambda: queries.recheck(who, report_id),
        ]
        for attempt in attempts:
            with pytest.raises(NotAllowed):
                attempt()
        with pytest.raises(SignInNeeded):
            actions.issue_network_report(PUBLIC, **YEAR)


def test_a_report_is_frozen_numbered_and_told(known: Flask) -> None:
    with known.app_context():
        actions.set_plan(OPERATOR, code="I-02", year=2020, value=4)
        report_id = issue()
        card = queries.report(OPERATOR, report_id)
    assert card.number == "ОС-2020/01"
    numbers = {one["code"]: one for one in card.content["indicators"]}
    assert numbers["I-02"]["shown"] == "3"
    assert numbers["I-02"]["deviation"] == "\u22121"
    assert [year["as_of"] for year in card.content["previous"]] == ["2019-12-31", "2018-12-31"]
    assert card.content["previous"][0]["values"]["I-03"] == "2"
    assert card.content["previous"][1]["values"]["I-03"] == "0"
    [(name, data)] = told(known)
    assert name == "reports.report.issued.v1"
    assert data["report_id"] == str(report_id)
    assert data["kind"] == "NETWORK"
    assert data["inputs_hash"] == card.inputs_hash
    assert (data["as_of"], data["period_from"], data["period_to"]) == (
        "2020-12-31",
        "2020-01-01",
        "2020-12-31",
    )


def test_later_changes_of_the_network_leave_a_report_alone(known: Flask) -> None:
    """BR-64: what happens in 2021 changes neither the frozen numbers nor their recomputation."""
    with known.app_context():
        report_id = issue()
        before = queries.report(OPERATOR, report_id).content
    ended = agreement(1, TMS_A, ABINSK, ended_on=date(2021, 2, 1))
    deliver(known, "registry.agreement.changed.v1", ended, version=2)
    with known.app_context():
        assert queries.recheck(OPERATOR, report_id).same
        assert queries.report(OPERATOR, report_id).content == before


def test_a_corrected_record_of_the_period_is_noticed(known: Flask) -> None:
    """BR-63: the hash names the numbers whose records are no longer those of the day of issue."""
    with known.app_context():
        report_id = issue()
        before = queries.report(OPERATOR, report_id).content
    ended = agreement(1, TMS_A, ABINSK, ended_on=date(2020, 2, 1))
    deliver(known, "registry.agreement.changed.v1", ended, version=2)
    with known.app_context():
        assert queries.recheck(OPERATOR, report_id).differing == ("I-03", "I-04", "I-05")
        assert queries.report(OPERATOR, report_id).content == before
        second = queries.report(OPERATOR, issue())
        assert second.number == "ОС-2020/02"
        assert second.inputs_hash != queries.report(OPERATOR, report_id).inputs_hash


def test_the_same_report_is_issued_once(known: Flask) -> None:
    with known.app_context():
        first = issue()
        with pytest.raises(Refused) as refusal:
            issue()
        assert refusal.value.params["number"] == "ОС-2020/01"
        actions.cancel_report(OPERATOR, report_id=first, reason="Ошибка в плане")
        assert queries.report(OPERATOR, issue()).number == "ОС-2020/02"


def test_a_report_of_the_future_is_refused(known: Flask) -> None:
    with known.app_context(), pytest.raises(Refused) as refusal:
        actions.issue_network_report(
            OPERATOR, as_of=date(2099, 12, 31), period_from=date(2099, 1, 1), period_to=date(2099, 12, 31)
        )
    assert (refusal.value.rule, refusal.value.field) == ("BR-64", "as_of")
    assert told(known) == []


def test_a_cancelled_report_stays_verifiable(known: Flask) -> None:
    """BR-68."""
    with known.app_context():
        report_id = issue()
        code = queries.report(PUBLIC, report_id).verify_code
        with pytest.raises(Refused) as refusal:
            actions.cancel_report(OPERATOR, report_id=report_id, reason=" ")
        assert refusal.value.field == "reason"
        actions.cancel_report(OPERATOR, report_id=report_id, reason="Ошибка")
        assert queries.verify(code.lower().replace("-", " ")).state is ReportState.CANCELLED
        with pytest.raises(Refused):
            actions.cancel_report(OPERATOR, report_id=report_id, reason="Ещё раз")
    assert len(told(known)) == 1


def test_papers_are_kept_byte_for_byte(known: Flask) -> None:
    """BR-67: the sum on the checking page is the sum of the file that is handed out."""
    with known.app_context():
        report_id = issue()
        code = queries.report(OPERATOR, report_id).verify_code
        sums = {(file.edition, file.format): file.sha256 for file in queries.verify(code).files}
        assert len(sums) == 4
        for (edition, kind), expected in sums.items():
            content = queries.report_file(OPERATOR, report_id, edition, kind).content
            assert hashlib.sha256(content).hexdigest() == expected


def test_the_full_paper_and_the_agreements_are_not_for_everybody(known: Flask) -> None:
    with known.app_context():
        report_id = issue()
        public, operator = queries.report(PUBLIC, report_id), queries.report(OPERATOR, report_id)
        assert "agreements" not in public.content
        assert len(operator.content["agreements"]) == 2
        assert {file.edition for file in public.files} == {Edition.OPEN}
        with pytest.raises(SignInNeeded):
            queries.report_file(PUBLIC, report_id, Edition.FULL, FileFormat.PDF)
        with pytest.raises(NotAllowed):
            queries.report_file(person(Role.TMS), report_id, Edition.FULL, FileFormat.PDF)
        assert queries.report_file(PUBLIC, report_id, Edition.OPEN, FileFormat.PDF).content


def test_what_is_not_there(known: Flask) -> None:
    with known.app_context():
        for attempt in (
            lambda: queries.report(OPERATOR, TMS_A),
            lambda: queries.report_file(OPERATOR, TMS_A, Edition.OPEN, FileFormat.PDF),
            lambda: queries.verify("AAAA-AAAA-AAAA"),
            lambda: actions.cancel_report(OPERATOR, report_id=TMS_A, reason="нет"),
        ):
            with pytest.raises(NotFound):
                attempt()
