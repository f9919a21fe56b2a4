"""Names by date: which one holds on a day (BR-06, BR-11)."""

from datetime import date

import pytest

from shared.dated_names import kept, name_on, short_name_on

DISTRICT, OKRUG = "Туапсинский район", "Туапсинский муниципальный округ"
RENAMED = kept([(date(2025, 1, 1), OKRUG), (None, DISTRICT)])
LATE = kept([(date(2019, 3, 1), "Вторая"), (date(2010, 9, 1), "Первая")])


def test_names_are_kept_the_earliest_first_as_json_holds_them() -> None:
    assert RENAMED == [{"valid_from": None, "name": DISTRICT}, {"valid_from": "2025-01-01", "name": OKRUG}]


@pytest.mark.parametrize(
    ("names", "on", "name"),
    [
        (RENAMED, date(1937, 9, 13), DISTRICT),
        (RENAMED, date(2024, 12, 31), DISTRICT),
        (RENAMED, date(2025, 1, 1), OKRUG),
        (LATE, date(2010, 9, 1), "Первая"),
        (LATE, date(2019, 2, 28), "Первая"),
        (LATE, date(2019, 3, 1), "Вторая"),
        (LATE, date(2000, 1, 1), "Первая"),  # what came before is not known: the earliest known stands for it
        ([], date(2020, 1, 1), "Нынешняя"),  # told before names by date were: the present name is all we know
    ],
)
def test_the_name_of_a_day(names: list[dict[str, object]], on: date, name: str) -> None:
    assert name_on(names, on, "Нынешняя") == name


@pytest.mark.parametrize(
    ("on", "short", "called"),
    [
        (date(2019, 3, 1), "Вт.", "Вт."),
        (date(2019, 3, 1), "", "Вторая"),
        (date(2018, 1, 1), "Вт.", "Первая"),
    ],
)
def test_the_short_name_belongs_to_the_present_full_name(on: date, short: str, called: str) -> None:
    assert short_name_on(LATE, on, full_name="Вторая", short_name=short) == called
