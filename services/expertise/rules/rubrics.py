"""Rubrics: criteria with weights, anchors and scales of permitted values (model 3.2, Rubric)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from shared.refusal import N_, Refused

LONGEST_SCALE = 101


@dataclass(frozen=True)
class Criterion:
    """One line of a score sheet; without ``values`` of its own it takes the scale of the rubric.

    ``anchors`` say in words what a value means; below ``comment_below`` a comment is obligatory.
    """

    code: str
    title: str
    weight: Decimal
    priority: bool = False
    values: tuple[Decimal, ...] = ()
    description: str = ""
    anchors: tuple[tuple[Decimal, str], ...] = ()
    comment_below: Decimal | None = None

    def anchor(self, value: Decimal) -> str:
        """What a value of the scale means, in words."""
        return next((text for anchored, text in self.anchors if anchored == value), "")


@dataclass(frozen=True)
class Rubric:
    """What an entry is measured by: criteria and the values a score may take, from the lowest to the top."""

    criteria: tuple[Criterion, ...]
    values: tuple[Decimal, ...]

    def scale(self, criterion: Criterion) -> tuple[Decimal, ...]:
        """The values that a score by this criterion may take, rising."""
        return criterion.values or self.values

    @property
    def lowest(self) -> Decimal:
        """The lowest anchor of the common scale."""
        return self.values[0]

    @property
    def top(self) -> Decimal:
        """The top anchor of the common scale."""
        return self.values[-1]

    @property
    def maximum(self) -> Decimal:
        """The highest possible total (BR-47)."""
        return sum((one.weight * self.scale(one)[-1] for one in self.criteria), Decimal(0))

    def criterion(self, code: str) -> Criterion | None:
        """The criterion with this code."""
        return next((one for one in self.criteria if one.code == code), None)


def read_rubric(criteria: Sequence[Mapping[str, Any]], scale: Mapping[str, Any]) -> Rubric:
    """A rubric has criteria with different codes, positive weights and rising scales (BR-45, BR-47).

    An anchor belongs to a value of the scale; a comment can be demanded only below a value inside it.
    """
    common = read_scale(scale)
    read = tuple(_criterion(item, common) for item in criteria)
    if not read or any(not item.code or not item.title for item in read):
        raise Refused(
            "BR-45", N_("В рубрике нужен хотя бы один критерий с кодом и названием"), field="criteria"
        )
    if len({item.code for item in read}) != len(read):
        raise Refused("BR-45", N_("Коды критериев рубрики повторяются"), field="criteria")
    if any(item.weight <= 0 for item in read):
        raise Refused("BR-47", N_("Вес критерия должен быть больше нуля"), field="criteria")
    return Rubric(read, common)


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
    if not 2 <= len(values) <= LONGEST_SCALE or values[0] < 0:
        raise _bad_scale()
    return tuple(values)


def as_data(rubric: Rubric) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Criteria and the common scale as JSON data: decimals as text, what is not set left out."""
    return [_plain(one) for one in rubric.criteria], _plain_scale(rubric.values)


def _plain(one: Criterion) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": one.code,
        "title": one.title,
        "weight": str(one.weight),
        "priority": one.priority,
    }
    if one.values:
        data["scale"] = _plain_scale(one.values)
    if one.description:
        data["description"] = one.description
    if one.anchors:
        data["anchors"] = {str(value): text for value, text in one.anchors}
    if one.comment_below is not None:
        data["comment_below"] = str(one.comment_below)
    return data


def _plain_scale(values: tuple[Decimal, ...]) -> dict[str, Any]:
    return {"type": "SET", "values": [str(value) for value in values]}


def _criterion(item: Mapping[str, Any], common: tuple[Decimal, ...]) -> Criterion:
    code = str(item["code"]).strip()
    values = read_scale(item["scale"]) if item.get("scale") else ()
    scale = values or common
    anchors = []
    for value, text in (item.get("anchors") or {}).items():
        anchored = _number(value, "criteria")
        if anchored not in scale:
            raise Refused(
                "BR-45",
                N_("Пояснение к оценке %(value)s критерия %(code)s: такой оценки в шкале нет"),
                field="criteria",
                value=value,
                code=code,
            )
        if str(text).strip():
            anchors.append((anchored, str(text).strip()))
    below = item.get("comment_below")
    comment_below = None if below in (None, "") else _number(below, "criteria")
    if comment_below is not None and not scale[0] < comment_below <= scale[-1]:
        raise Refused(
            "BR-45",
            N_("Комментарий по критерию %(code)s требуется ниже оценки, которая лежит внутри шкалы"),
            field="criteria",
            code=code,
        )
    return Criterion(
        code=code,
        title=str(item["title"]).strip(),
        weight=_number(item["weight"], "criteria"),
        priority=bool(item.get("priority", False)),
        values=values,
        description=str(item.get("description") or "").strip(),
        anchors=tuple(sorted(anchors)),
        comment_below=comment_below,
    )


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
