"""The value of a report: imported or computed, plan met or not, and the hash of what was counted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.reports.rules.catalogue import INDICATORS, checked_value, indicator, known_indicator
from services.reports.rules.facts import Facts
from services.reports.rules.indicators import FORMULAS, Imported, Value, value_of
from services.reports.rules.lineage import report_hash
from services.reports.rules.periods import Period, Term
from services.reports.rules.terms import Comparator, Source, Unit
from shared.refusal import NotFound, Refused
from tests.rules.reports.network import KRASNODAR, demo, key

OLD = Imported(Decimal(37), Comparator.MORE, "Заявка 2020 года, раздел 1.4")


def value(code: str, facts: Facts, **more: object) -> Value:
    return value_of(indicator(code), facts, **more)  # type: ignore[arg-type]


def in_2016() -> Facts:
    day = date(2016, 12, 31)
    return replace(demo(), as_of=day, period=Period(date(2016, 1, 1), day), municipality=KRASNODAR)


def test_every_indicator_has_its_formula() -> None:
    assert [one.code for one in INDICATORS] == list(FORMULAS)


def test_the_share_of_2016_is_imported_as_more_than_37() -> None:
    """S-005: «> 37 %» is not 37 %."""
    found = value("I-01", in_2016(), imported=OLD)
    assert found.shown == ">\u00a037,0\u00a0%"
    assert (found.source, found.source_note) == (Source.IMPORTED, OLD.source)


def test_what_we_can_count_is_counted() -> None:
    found = value("I-01", demo(), imported=OLD)
    assert found.source is Source.COMPUTED
    assert found.shown == "39,8\u00a0%"


@pytest.mark.parametrize(
    ("code", "plan", "met", "shown"),
    [
        ("I-02", 80, True, "+7"),
        ("I-02", 87, True, "0"),
        ("I-02", 90, False, "\u22123"),
        ("I-13", 20, None, ""),
    ],
)
def test_plan(code: str, plan: int, met: bool | None, shown: str) -> None:
    found = value(code, demo(), plan=Decimal(plan))
    assert found.plan_met is met
    assert found.deviation_shown == shown


def test_for_a_spread_less_is_better() -> None:
    found = replace(value("I-13", demo()), value=Decimal(15), plan=Decimal(20))
    assert found.plan_met is True


def test_an_inequality_has_no_deviation() -> None:
    assert value("I-01", in_2016(), imported=OLD, plan=Decimal(35)).deviation_shown == ""


def hashes(facts: Facts) -> dict[str, str]:
    return {one.code: value(one.code, facts).inputs_hash for one in INDICATORS}


def test_equal_facts_give_an_equal_hash_in_any_order() -> None:
    facts = demo()
    shuffled = replace(facts, platforms=facts.platforms[::-1], agreements=facts.agreements[::-1])
    assert hashes(facts) == hashes(shuffled)
    assert report_hash(hashes(facts)) == report_hash(dict(reversed(hashes(shuffled).items())))


def test_one_changed_record_changes_only_the_numbers_that_count_it() -> None:
    """F13: an agreement less changes I-03, I-04 and I-05, nothing else."""
    before, after = hashes(demo()), hashes(replace(demo(), agreements=demo().agreements[1:]))
    assert {code for code in before if before[code] != after[code]} == {"I-03", "I-04", "I-05"}


def test_what_happens_later_leaves_a_closed_period_alone() -> None:
    """BR-64: an extension, a later termination, a new platform of 2021 do not change the hash of 2020."""
    facts = demo()
    first = facts.platforms[0]
    extended = replace(first, terms=(*first.terms, Term(date(2022, 1, 1), date(2024, 12, 31))))
    new = replace(first, id=key(8888), terms=(Term(date(2021, 1, 1), None),))
    ended = replace(facts.agreements[0], ended_on=date(2021, 5, 1))
    later = replace(
        facts,
        platforms=[extended, *facts.platforms[1:], new],
        agreements=[ended, *facts.agreements[1:]],
    )
    assert hashes(facts) == hashes(later)


def test_the_question_is_a_part_of_the_hash() -> None:
    other = replace(demo(), as_of=date(2020, 12, 30))
    assert value("I-03", demo()).inputs_hash != value("I-03", other).inputs_hash
    assert value("I-08", demo()).inputs_hash == value("I-08", other).inputs_hash


def test_a_plan_is_not_an_input() -> None:
    assert value("I-02", demo(), plan=Decimal(1)).inputs_hash == value("I-02", demo()).inputs_hash


def test_unknown_codes() -> None:
    with pytest.raises(NotFound):
        indicator("I-99")
    with pytest.raises(Refused) as refusal:
        known_indicator("I-99")
    assert (refusal.value.rule, refusal.value.field) == ("INDICATOR", "code")


@pytest.mark.parametrize(
    ("unit", "amount"),
    [(Unit.COUNT, "-1"), (Unit.PERCENT, "100.1"), (Unit.COUNT, "10.5"), (Unit.MINUTES, "-0.1")],
)
def test_impossible_values(unit: Unit, amount: str) -> None:
    with pytest.raises(Refused) as refusal:
        checked_value(unit, Decimal(amount))
    assert refusal.value.field == "value"


@pytest.mark.parametrize(
    ("unit", "amount"), [(Unit.COUNT, "0"), (Unit.PERCENT, "100"), (Unit.MINUTES, "72.5")]
)
def test_possible_values(unit: Unit, amount: str) -> None:
    assert checked_value(unit, Decimal(amount)) == Decimal(amount)
