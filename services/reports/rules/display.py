"""How a value is printed: one decimal, half-up, decimal comma; no denominator — «нет данных» (model 3.8)."""

from decimal import ROUND_HALF_UP, Decimal

from services.reports.rules.terms import Comparator, Unit
from shared.refusal import N_

NO_DATA = N_("нет данных")
NBSP = "\u00a0"
_MINUS = "\u2212"
_SUFFIX = {Unit.PERCENT: f"{NBSP}%", Unit.COUNT: "", Unit.MINUTES: "", Unit.POINTS: ""}


def half_up(value: Decimal, places: int = 1) -> Decimal:
    """The value rounded as people round by hand: 0,05 becomes 0,1."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: Decimal, unit: Unit) -> str:
    """The bare number with a decimal comma: counts whole, all other units with one decimal."""
    if unit is Unit.COUNT and value == value.to_integral_value():
        return f"{value:.0f}"
    return f"{half_up(value):.1f}".replace(".", ",")


def printed(value: Decimal | None, unit: Unit, comparator: Comparator = Comparator.EQUAL) -> str:
    """The value as a report shows it, for instance «> 37,0 %» or «нет данных»."""
    if value is None:
        return NO_DATA
    sign = "" if comparator is Comparator.EQUAL else f"{comparator.value}{NBSP}"
    return f"{sign}{number(value, unit)}{_SUFFIX[unit]}"


def deviation(fact: Decimal | None, plan: Decimal | None, unit: Unit) -> str:
    """Fact minus plan of the printed values, with its sign; empty when one of them is missing."""
    if fact is None or plan is None:
        return ""
    places = 0 if unit is Unit.COUNT and fact == fact.to_integral_value() else 1
    difference = half_up(fact, places) - half_up(plan, places if plan == plan.to_integral_value() else 1)
    sign = "+" if difference > 0 else _MINUS if difference < 0 else ""
    return f"{sign}{number(abs(difference), unit)}"
