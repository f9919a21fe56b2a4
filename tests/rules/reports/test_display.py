"""How values are printed: half-up, one decimal, decimal comma, «нет данных»."""

from decimal import Decimal

import pytest

from services.reports.rules.display import deviation, printed
from services.reports.rules.terms import Comparator, Unit


@pytest.mark.parametrize(
    ("value", "unit", "comparator", "shown"),
    [
        (Decimal("25"), Unit.PERCENT, Comparator.EQUAL, "25,0\u00a0%"),
        (Decimal("39.837398"), Unit.PERCENT, Comparator.EQUAL, "39,8\u00a0%"),
        (Decimal("0.05"), Unit.PERCENT, Comparator.EQUAL, "0,1\u00a0%"),
        (Decimal("66.65"), Unit.PERCENT, Comparator.EQUAL, "66,7\u00a0%"),
        (Decimal("37"), Unit.PERCENT, Comparator.MORE, ">\u00a037,0\u00a0%"),
        (Decimal("3"), Unit.COUNT, Comparator.AT_LEAST, "≥\u00a03"),
        (Decimal("87"), Unit.COUNT, Comparator.EQUAL, "87"),
        (Decimal("100"), Unit.COUNT, Comparator.EQUAL, "100"),
        (Decimal("72.25"), Unit.MINUTES, Comparator.EQUAL, "72,3"),
        (None, Unit.PERCENT, Comparator.EQUAL, "нет данных"),
        (Decimal("0"), Unit.PERCENT, Comparator.EQUAL, "0,0\u00a0%"),
    ],
)
def test_printed(value: Decimal | None, unit: Unit, comparator: Comparator, shown: str) -> None:
    assert printed(value, unit, comparator) == shown


@pytest.mark.parametrize(
    ("fact", "plan", "unit", "shown"),
    [
        ("87", "80", Unit.COUNT, "+7"),
        ("10", "11", Unit.COUNT, "\u22121"),
        ("11", "11", Unit.COUNT, "0"),
        ("39.837", "40", Unit.PERCENT, "\u22120,2"),
        ("25", "22.5", Unit.PERCENT, "+2,5"),
        (None, "40", Unit.PERCENT, ""),
        ("40", None, Unit.PERCENT, ""),
    ],
)
def test_deviation_of_printed_values(fact: str | None, plan: str | None, unit: Unit, shown: str) -> None:
    """What stands in the table must add up to what stands beside it."""
    assert deviation(Decimal(fact) if fact else None, Decimal(plan) if plan else None, unit) == shown
