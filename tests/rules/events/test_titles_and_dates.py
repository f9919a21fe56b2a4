"""Ordinals, «юбилейный» and dates of any precision (D-08, BR-27)."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.rules.kinds import DatePrecision, OrdinalStyle
from services.events.rules.schedule import MOSCOW, schedule
from services.events.rules.titles import roman, series_title
from shared.refusal import Refused

FESTIVAL = "Открытый Краснодарский фестиваль педагогических инициатив"


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "I"), (4, "IV"), (9, "IX"), (10, "X"), (11, "XI"), (19, "XIX"), (20, "XX"), (2024, "MMXXIV")],
)
def test_roman(number: int, text: str) -> None:
    assert roman(number) == text


@given(st.integers(1, 3999))
def test_roman_reads_back(number: int) -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    digits = [values[letter] for letter in roman(number)]
    assert sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits)) == number


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_no_other_roman_numbers(number: int) -> None:
    with pytest.raises(Refused):
        roman(number)


@pytest.mark.parametrize(
    ("name", "ordinal", "style", "jubilee", "title"),
    [
        (FESTIVAL, 10, OrdinalStyle.ROMAN, True, f"X юбилейный {FESTIVAL}"),
        (FESTIVAL, 11, OrdinalStyle.ROMAN, False, f"XI {FESTIVAL}"),
        (
            "Педагогическая конференция",
            5,
            OrdinalStyle.ARABIC,
            True,
            "5 юбилейная Педагогическая конференция",
        ),
        ("Августовское совещание", None, OrdinalStyle.ROMAN, False, "Августовское совещание"),
        ("Августовское совещание", None, OrdinalStyle.ROMAN, True, "Юбилейное Августовское совещание"),
        (
            "Кирилло-Мефодиевские чтения",
            25,
            OrdinalStyle.ROMAN,
            True,
            "XXV юбилейные Кирилло-Мефодиевские чтения",
        ),
    ],
)
def test_series_titles(
    name: str, ordinal: int | None, style: OrdinalStyle, jubilee: bool, title: str
) -> None:
    assert series_title(name, ordinal, style, jubilee) == title


MORNING = datetime(2020, 4, 16, 10, 0, tzinfo=MOSCOW)


def test_a_day_is_told_by_its_hour_on_the_moscow_clock() -> None:
    late = datetime(2020, 4, 15, 22, 30, tzinfo=UTC)
    assert schedule(DatePrecision.DAY, starts_at=late).starts_on == date(2020, 4, 16)


@pytest.mark.parametrize(
    ("precision", "starts_on", "first", "last"),
    [
        (DatePrecision.DAY, date(2020, 4, 16), date(2020, 4, 16), date(2020, 4, 16)),
        (DatePrecision.MONTH, date(2020, 2, 16), date(2020, 2, 1), date(2020, 2, 29)),
        (DatePrecision.YEAR, date(2019, 10, 3), date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_precision(precision: DatePrecision, starts_on: date, first: date, last: date) -> None:
    known = schedule(precision, starts_on=starts_on)
    assert (known.starts_on, known.last_day) == (first, last)


def test_a_long_event_ends_on_its_last_day() -> None:
    known = schedule(DatePrecision.DAY, starts_on=date(2020, 9, 7), ends_on=date(2020, 10, 30))
    assert known.last_day == date(2020, 10, 30)


@pytest.mark.parametrize(
    ("precision", "given_dates", "field"),
    [
        (DatePrecision.DAY, {}, "starts_on"),
        (DatePrecision.DAY, {"starts_at": datetime(1, 1, 1, tzinfo=MOSCOW)}, "starts_at"),
        (DatePrecision.YEAR, {"starts_on": date(9999, 12, 31)}, "starts_on"),
        (DatePrecision.MONTH, {"starts_at": MORNING}, "starts_at"),
        (DatePrecision.YEAR, {"starts_on": date(2020, 1, 1), "ends_at": MORNING}, "ends_at"),
        (DatePrecision.DAY, {"starts_at": MORNING.replace(tzinfo=None)}, "starts_at"),
        (DatePrecision.DAY, {"starts_at": MORNING, "starts_on": date(2020, 4, 17)}, "starts_on"),
        (DatePrecision.DAY, {"starts_on": date(2020, 4, 16), "ends_at": MORNING}, "starts_at"),
        (DatePrecision.DAY, {"starts_at": MORNING, "ends_at": MORNING}, "ends_at"),
        (DatePrecision.DAY, {"starts_on": date(2020, 4, 16), "ends_on": date(2020, 4, 15)}, "ends_on"),
    ],
)
def test_contradictory_dates_are_refused(precision: DatePrecision, given_dates: dict, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        schedule(precision, **given_dates)
    assert (refusal.value.rule, refusal.value.field) == ("BR-27", field)
