"""Rubrics: criteria with weights and one scale of permitted values (model 3.2, Rubric)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from shared.refusal import N_, Refused

LONGEST_SCALE = 101


@dataclass(frozen=True)
class Criterion:
    """One line of a score sheet."""

    code: str
    title: str
    weight: Decimal
    priority: bool = False


@dataclass(frozen=True)
class Rubric:
    """What an entry is measured by: criteria and the values a score may take, from the lowest to the top."""

    criteria: tuple[Criterion, ...]
    values: tuple[Decimal, ...]

    @property
    def lowest(self) -> Decimal:
        """The lowest anchor of the scale."""
        return self.values[0]

    @property
    def top(self) -> Decimal:
        """The top anchor of the scale."""
        return self.values[-1]

    @property
    def maximum(self) -> Decimal:
        """The highest possible total (BR-47)."""
        return sum((criterion.weight * self.top for criterion in self.criteria), Decimal(0))


def read_rubric(criteria: Sequence[Mapping[str, Any]], scale: Mapping[str, Any]) -> Rubric:
    """A rubric has criteria with different codes, positive weights and a rising scale (BR-45, BR-47)."""
    read = tuple(
        Criterion(
            code=str(item["code"]).strip(),
            title=str(item["title"]).strip(),
            weight=_number(item["weight"], "criteria"),
            priority=bool(item.get("priority", False)),
        )
        for item in criteria
    )
    if not read or any(not item.code or not item.title for item in read):
        raise Refused(
            "BR-45", N_("В рубрике нужен хотя бы один критерий с кодом и названием"), field="criteria"
        )
    if len({item.code for item in read}) != len(read):
        raise Refused("BR-45", N_("Коды критериев рубрики повторяются"), field="criteria")
    if any(item.weight <= 0 for item in read):
        raise Refused("BR-47", N_("Вес критерия должен быть больше нуля"), field="criteria")
    return Rubric(read, read_scale(scale))


def read_scale(scale: Mapping[str, Any]) -> tuple[Decimal, ...]:
    """A scale is a set of values or a range with a step; both end up as rising values (BR-45)."""
    if scale.get("type") == "SET":
        values = sorted({_number(value, "scale") for value in scale.get("values", ())})
    elif scale.get("type") == "RANGE":
        low, high, step = (_number(scale.get(part), "scale") for part in ("min", "max", "step"))
        if step <= 0 or high <= low or (high - low) % step or (high - low) / step >= LONGEST_SCALE:
            raise _bad_scale()
        values = [low + step * turn for turn in range(int((high - low) / step) + 1)]
    else:
        raise _bad_scale()
    if len(values) < 2 or values[0] < 0:
        raise _bad_scale()
    return tuple(values)


def _number(value: object, field: str) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Refused("BR-45", N_("Шкала и веса записываются десятичными числами"), field=field)
    return number


def _bad_scale() -> Refused:
    return Refused(
        "BR-45",
        N_("Шкала — это набор из двух и более неотрицательных значений или диапазон, который делится на шаг"),
        field="scale",
    )
