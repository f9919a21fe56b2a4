"""I-08…I-14: events and contests of a period."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.reports.rules.catalogue import indicator
from services.reports.rules.facts import (
    ContestEdition,
    Entry,
    Event,
    Facts,
    Organisation,
    Participation,
    Sheet,
)
from services.reports.rules.indicators import Value, value_of
from services.reports.rules.periods import Period
from services.reports.rules.terms import Unit
from tests.rules.reports.network import key

PERIOD = Period(date(2020, 1, 1), date(2020, 12, 31))
M1, M2 = "03601000", "03607000"


def facts(**changes: object) -> Facts:
    return replace(Facts(as_of=PERIOD.last, period=PERIOD), **changes)  # type: ignore[arg-type]


def value(code: str, known: Facts) -> Value:
    return value_of(indicator(code), known)


def details(code: str, known: Facts) -> dict[str, Decimal | None]:
    return {detail.key: detail.value for detail in value(code, known).details}


EVENTS = [
    Event(key(1), "WEBINAR", "ONLINE", "HELD", date(2020, 4, 16)),
    Event(key(2), "FESTIVAL", "OFFLINE", "ARCHIVED", date(2020, 12, 31)),
    Event(key(3), "WEBINAR", "ONLINE", "CANCELLED", date(2020, 5, 1)),
    Event(key(4), "WEBINAR", "ONLINE", "PLANNED", date(2020, 6, 1)),
    Event(key(5), "WEBINAR", "ONLINE", "HELD", date(2021, 1, 1)),
]


def person(
    number: int, event: int, state: str, who: int | None, minutes: int | None, place: str = M1
) -> Participation:
    return Participation(key(100 + number), key(event), key(who) if who else None, place, state, minutes)


PEOPLE = [
    person(1, 1, "ATTENDED", 11, 65),
    person(2, 1, "CERTIFIED", 12, 90),
    person(3, 1, "NO_SHOW", 13, 10, M2),
    person(4, 1, "CANCELLED", 14, None),
    person(5, 2, "ATTENDED", 11, None),
    person(6, 2, "CONFIRMED", 12, None),
    person(7, 2, "ATTENDED", None, None, M2),
    person(8, 5, "ATTENDED", 15, 45),
]


def test_held_events_of_the_period() -> None:
    known = facts(events=EVENTS)
    assert value("I-08", known).value == 2
    assert details("I-08", known) == {"FESTIVAL": 1, "WEBINAR": 1, "OFFLINE": 1, "ONLINE": 1}


def test_participations_and_different_people() -> None:
    """A participation without a known person is a person of its own."""
    known = facts(events=EVENTS, participations=PEOPLE)
    assert value("I-09", known).value == 4
    assert details("I-09", known) == {"UNIQUE_PEOPLE": 3}


def test_turnout_is_a_ratio_of_sums() -> None:
    found = value("I-10", facts(events=EVENTS, participations=PEOPLE))
    assert (found.numerator, found.denominator) == (4, 6)
    assert found.shown == "66,7\u00a0%"


def test_mean_presence_of_those_whose_time_is_measured() -> None:
    assert value("I-11", facts(events=EVENTS, participations=PEOPLE)).shown == "77,5"


@pytest.mark.parametrize("code", ["I-10", "I-11", "I-13", "I-14", "I-05"])
def test_nothing_to_divide_by(code: str) -> None:
    assert value(code, facts()).shown == "нет данных"


def test_people_of_one_municipality() -> None:
    known = facts(events=EVENTS, participations=PEOPLE, municipality=M2)
    assert value("I-09", known).value == 1
    assert value("I-10", known).shown == "50,0\u00a0%"


TMS, SCHOOL = Organisation(key(21), M1, is_tms=True), Organisation(key(22), "03701000")


def sheet(number: int, entry: int, expert: int, percent: str, **changes: object) -> Sheet:
    base = Sheet(
        key(number),
        key(entry),
        key(expert),
        TMS.id,
        M1,
        "CORRESPONDENCE",
        date(2020, 10, 1),
        Decimal(percent),
        "REGULAR",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def sheets() -> list[Sheet]:
    """The scoring vectors of model 3.8: entry A spreads by 11 points, B by 50 and gets an extra sheet."""
    return [
        sheet(1, 901, 31, "79"),
        sheet(2, 901, 32, "68"),
        sheet(3, 901, 33, "76", expert_organisation_id=SCHOOL.id, expert_municipality="03701000"),
        sheet(4, 902, 31, "100"),
        sheet(5, 902, 32, "50"),
        sheet(6, 902, 34, "89", kind="EXTRA", expert_organisation_id=SCHOOL.id),
    ]


def judged(found: list[Sheet]) -> Facts:
    return facts(sheets=found, organisations={TMS.id: TMS, SCHOOL.id: SCHOOL})


def test_experts_from_tms() -> None:
    known = judged(sheets())
    assert value("I-12", known).value == 2
    assert details("I-12", known)["SHARE_OF_SHEETS"] == Decimal(400) / 6


def test_agreement_of_experts() -> None:
    """(11 + 50) / 2; the extra sheet does not enter the spread; one entry of two needed it."""
    known = judged(sheets())
    assert value("I-13", known).shown == "30,5"
    assert details("I-13", known)["SHARE_WITH_EXTRA"] == 50


def test_a_replaced_sheet_does_not_count() -> None:
    """BR-46: the spoiled sheet is kept, the later one of the same expert is valid."""
    spoiled = sheet(7, 901, 31, "10", signed_on=date(2020, 9, 30))
    assert value("I-13", judged([*sheets(), spoiled])).shown == "30,5"


def test_stages_are_compared_apart() -> None:
    in_person = [sheet(8, 901, 31, "90", stage="IN_PERSON"), sheet(9, 901, 32, "90", stage="IN_PERSON")]
    assert value("I-13", judged([*sheets(), *in_person])).shown == "20,3"


def test_a_single_opinion_has_no_spread() -> None:
    assert value("I-13", judged(sheets()[:1])).value is None


def test_sheets_of_another_period() -> None:
    late = [replace(one, signed_on=date(2021, 1, 1)) for one in sheets()]
    assert value("I-12", judged(late)).value == 0


def contest() -> Facts:
    """The XIX contest of the demo: 21 projects, one of them rejected technically, and 67 reports extended."""
    edition = ContestEdition(key(50), date(2020, 10, 30))
    decided = date(2020, 10, 30)
    projects = [
        Entry(key(2000 + n), edition.id, "PROJECT", M1, "AWARDED", "AWARD_STATUS", decided) for n in range(20)
    ]
    rejected = Entry(key(2020), edition.id, "PROJECT", M1, "REJECTED")
    reports = [
        Entry(key(3000 + n), edition.id, "REPORT", M2, "AWARDED", "EXTEND", decided) for n in range(67)
    ]
    return facts(editions=[edition], entries=[*projects, rejected, *reports])


def test_success_of_a_contest() -> None:
    found = value("I-14", contest())
    assert (found.numerator, found.denominator, found.shown) == (87, 87, "100,0\u00a0%")


def test_success_by_kind_of_entry() -> None:
    known = contest()
    lost = replace(known.entries[0], outcome="DECLINE", state="DECLINED")
    partly = replace(known, entries=[lost, *known.entries[1:]])
    assert details("I-14", partly) == {"PROJECT": 95, "REPORT": 100}
    assert value("I-14", partly).unit is Unit.PERCENT


def test_a_decision_after_the_period_is_not_known_yet() -> None:
    """BR-64."""
    known = contest()
    late = replace(known.entries[0], decided_on=date(2021, 1, 15))
    assert value("I-14", replace(known, entries=[late])).value == 0


def test_a_contest_belongs_to_the_period_in_which_it_closes() -> None:
    other = Period(date(2019, 1, 1), date(2019, 12, 31))
    assert value("I-14", replace(contest(), period=other)).value is None
