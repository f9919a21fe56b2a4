"""Copies: kept as told, never overwritten by older news, and enough for past dates."""

from datetime import date
from decimal import Decimal

from flask import Flask

from services.reports import queries
from services.reports import readmodel as rm
from services.reports.messages import contract
from shared.person import PUBLIC, Role
from shared.testing.suite import deliver, person
from shared.unit import read
from tests.services.reports.network import (
    AS_OF,
    KRASNODAR,
    SCHOOL,
    TMS_S,
    YEAR,
    agreement,
    decision,
    key,
    organisation,
    platform,
    transformation,
)


def number(code: str, day: date = AS_OF) -> object:
    [found] = [one for one in queries.indicators(PUBLIC, day, date(2020, 1, 1), AS_OF) if one.code == code]
    return found.value


def test_every_consumed_message_has_a_handler() -> None:
    assert set(contract.consumed) == set(contract.handlers)
    assert len(contract.consumed) == 17


def test_older_news_is_ignored(app: Flask) -> None:
    name = "registry.organisation.changed.v1"
    deliver(app, name, organisation(SCHOOL, "Новое имя", ["EDU_ORG"], KRASNODAR), version=5)
    deliver(app, name, organisation(SCHOOL, "Старое имя", ["EDU_ORG"], KRASNODAR), version=4)
    with app.app_context():
        assert read().get(rm.Organisation, SCHOOL).full_name == "Новое имя"


def test_a_platform_is_kept_with_its_terms_and_people(known: Flask) -> None:
    with known.app_context():
        kept = read().get(rm.Platform, key(203))
        assert kept.hub_id == SCHOOL
        assert len(kept.member_ids) == 2
        assert kept.periods == [
            {"valid_from": "2019-01-01", "valid_to": "2021-12-31", "act_id": str(key(201))}
        ]


def test_the_history_of_a_transformation_is_kept(known: Flask) -> None:
    """BR-64: registry tells the present stage only, a report of the past needs the one of that day."""
    name = "registry.transformation.changed.v1"
    deliver(known, name, transformation("PAUSED", date(2021, 3, 1)), version=2)
    with known.app_context():
        assert number("I-06", date(2019, 8, 31)) == 0
        assert number("I-06") == 1
        assert number("I-06", date(2021, 3, 1)) == 0


def test_the_last_decision_counts(known: Flask) -> None:
    """An appeal may turn a decision: the later message replaces the earlier one."""
    with known.app_context():
        assert number("I-14") == Decimal(200) / 3
    deliver(known, "expertise.entry.decided.v1", decision(2, "AWARD_STATUS"), version=2)
    with known.app_context():
        assert number("I-14") == 100


def test_a_termination_does_not_rewrite_the_past(known: Flask) -> None:
    ended = agreement(2, TMS_S, "03643000", state="TERMINATED", ended_on=date(2021, 2, 1))
    deliver(known, "registry.agreement.changed.v1", ended, version=2)
    with known.app_context():
        assert number("I-03") == 2
        assert number("I-03", date(2021, 2, 1)) == 1


def test_numbers_need_no_other_service(known: Flask) -> None:
    """Every number comes from the copies: the operator sees the same as the public."""
    with known.app_context():
        first = [(v.code, v.value) for v in queries.indicators(PUBLIC, **YEAR)]
        second = [(v.code, v.value) for v in queries.indicators(person(Role.OPERATOR), **YEAR)]
        assert first == second


def test_a_platform_may_lose_its_terms(known: Flask) -> None:
    deliver(known, "registry.platform.changed.v1", platform(1, "MUNICIPAL", [SCHOOL], periods=[]), version=2)
    with known.app_context():
        assert number("I-02") == 2
