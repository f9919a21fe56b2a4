"""I-01…I-06: the numbers of the demo outline, and the rules that make them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.reports.rules.catalogue import indicator
from services.reports.rules.facts import Agreement, Facts, Organisation, OrgCount, Stage
from services.reports.rules.indicators import Value, value_of
from services.reports.rules.periods import Period, Term
from tests.rules.reports.network import AS_OF, KRASNODAR, OPERATOR, TMS_CODES, demo, key


def value(code: str, facts: Facts) -> Value:
    return value_of(indicator(code), facts)


def on(day: date) -> Facts:
    return replace(demo(), as_of=day, period=Period(date(day.year, 1, 1), day))


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("I-01", "39,8\u00a0%"),
        ("I-02", "87"),
        ("I-03", "11"),
        ("I-04", "11"),
        ("I-05", "25,0\u00a0%"),
        ("I-06", "3"),
    ],
)
def test_the_numbers_of_the_demo_outline(code: str, shown: str) -> None:
    assert value(code, demo()).shown == shown


def test_platforms_are_told_by_kind() -> None:
    details = {detail.key: detail.value for detail in value("I-02", demo()).details}
    assert details == {"MUNICIPAL": 61, "MUNICIPAL_NETWORK": 26}


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2018, 12, 31), 0),  # nothing has begun
        (date(2019, 1, 1), 67),  # the first day counts
        (date(2020, 11, 30), 67),
        (date(2020, 12, 1), 87),
        (date(2021, 12, 31), 87),  # the last day counts
        (date(2022, 1, 1), 0),
    ],
)
def test_platforms_are_counted_by_their_terms(day: date, count: int) -> None:
    """BR-64: the number of a past day does not depend on what happened later."""
    assert value("I-02", on(day)).value == count


def test_a_suspension_leaves_a_gap() -> None:
    """BR-26: between two terms the platform is not active."""
    facts = demo()
    terms = (Term(date(2019, 1, 1), date(2019, 6, 30)), Term(date(2020, 1, 1), date(2021, 12, 31)))
    one = replace(facts, platforms=[replace(facts.platforms[0], terms=terms)])
    assert value("I-02", replace(one, as_of=date(2019, 6, 30))).value == 1
    assert value("I-02", replace(one, as_of=date(2019, 7, 1))).value == 0
    assert value("I-02", replace(one, as_of=date(2020, 1, 1))).value == 1


def test_an_organisation_of_two_platforms_counts_once() -> None:
    """BR-22: 119 platforms, but 98 innovation organisations."""
    found = value("I-01", demo())
    assert (found.numerator, found.denominator, found.records_count) == (98, 246, 98)


def test_any_kind_makes_an_innovation_organisation() -> None:
    """BR-22: also a partner platform, which I-02 does not count."""
    facts = demo()
    partner = [p for p in facts.platforms if p.kind == "PARTNER"][:1]
    only = replace(facts, platforms=partner)
    assert value("I-01", only).numerator == 1
    assert value("I-02", only).value == 0


@pytest.mark.parametrize(
    "counts", [[], [OrgCount(key(5), KRASNODAR, 2019, 240)], [OrgCount(key(5), KRASNODAR, 2020, 0)]]
)
def test_without_a_denominator_there_is_no_share(counts: list[OrgCount]) -> None:
    """Model 3.8: «нет данных», never 0 or 100."""
    found = value("I-01", replace(demo(), org_counts=counts))
    assert found.value is None
    assert found.shown == "нет данных"


def test_only_organisations_with_a_denominator_enter_the_share_of_the_network() -> None:
    facts = demo()
    stranger = Organisation(key(9999), TMS_CODES[0])
    platform = replace(facts.platforms[0], id=key(9998), workers=frozenset({stranger.id}))
    wider = replace(
        facts,
        organisations={**facts.organisations, stranger.id: stranger},
        platforms=[*facts.platforms, platform],
    )
    assert value("I-01", wider).numerator == 98
    counted = replace(wider, org_counts=[*facts.org_counts, OrgCount(key(6), TMS_CODES[0], 2020, 10)])
    assert value("I-01", counted).numerator == 99
    assert value("I-01", replace(counted, municipality=TMS_CODES[0])).value == 10


def test_one_agreement_expires_and_one_is_terminated() -> None:
    """SC-18: AG07 ends on 01.04.2021; its last day counts, and `ended_on` is the first day without."""
    facts = demo()
    expiring = replace(facts.agreements[6], valid_to=date(2021, 4, 1), ended_on=date(2021, 4, 2))
    terminated = replace(facts.agreements[0], ended_on=date(2021, 2, 1))
    agreements = [terminated, *facts.agreements[1:6], expiring, *facts.agreements[7:]]

    def number(day: date) -> Decimal | None:
        return value("I-03", replace(facts, agreements=agreements, as_of=day)).value

    assert number(date(2021, 1, 31)) == 11
    assert number(date(2021, 2, 1)) == 10
    assert number(date(2021, 4, 1)) == 10
    assert number(date(2021, 4, 2)) == 9


def test_a_signed_agreement_is_not_in_force() -> None:
    facts = demo()
    signed = replace(facts.agreements[0], in_force_from=None)
    assert value("I-03", replace(facts, agreements=[signed])).value == 0


def test_two_agreements_of_one_municipality_involve_it_once() -> None:
    facts = demo()
    second = replace(facts.agreements[0], id=key(777))
    more = replace(facts, agreements=[*facts.agreements, second])
    assert value("I-03", more).value == 12
    assert value("I-04", more).value == 11


def test_the_operators_city_is_never_mixed_in() -> None:
    """BR-13."""
    facts = demo()
    own = Agreement(key(778), OPERATOR, KRASNODAR, date(2021, 12, 31), date(2019, 3, 1), None)
    more = replace(facts, agreements=[*facts.agreements, own])
    assert value("I-03", more).value == 12
    assert value("I-04", more).value == 11
    assert value("I-05", more).shown == "25,0\u00a0%"


def test_the_stage_of_the_day_decides() -> None:
    """I-06: a network transformed on 01.06.2020 was not transformed the day before."""
    code = TMS_CODES[4]
    stages = [
        Stage(key(1), key(9), code, "FIRST_PLATFORM", date(2020, 1, 1)),
        Stage(key(2), key(9), code, "TRANSFORMED", date(2020, 6, 1)),
    ]
    facts = replace(demo(), stages=stages)
    assert value("I-06", replace(facts, as_of=date(2020, 5, 31))).value == 0
    assert value("I-06", replace(facts, as_of=date(2020, 6, 1))).value == 1
    assert value("I-06", replace(facts, as_of=AS_OF)).value == 1


def test_one_municipality() -> None:
    facts = replace(demo(), municipality=TMS_CODES[0])
    assert value("I-02", facts).value == 0
    assert value("I-03", facts).value == 1
    assert value("I-06", facts).value == 1
