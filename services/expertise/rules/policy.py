"""The scoring policy of an edition: settings with the defaults of the model, read from data (BR-37…BR-54)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from services.expertise.rules.vocabulary import Averaging, SameMunicipality, TieBreaker
from shared.refusal import N_, Refused

E = TypeVar("E", bound=StrEnum)

DEFAULT_TIE = (TieBreaker.PRIORITY, TieBreaker.IN_PERSON, TieBreaker.VOTE, TieBreaker.EARLIER)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Settings of one edition; they are frozen with the edition (BR-36)."""

    threshold: Decimal = Decimal("60.00")
    discrepancy: Decimal = Decimal("20.00")
    aggregate: Averaging = Averaging.MEAN
    aggregate_with_extra: Averaging = Averaging.MEAN
    tie: tuple[TieBreaker, ...] = DEFAULT_TIE
    same_municipality: SameMunicipality = SameMunicipality.AT_LEAST_ONE_OUTSIDE
    entries_per_nomination: int = 1
    comment_length: int = 30
    comment_lowest: bool = True
    comment_top: bool = True
    appeal_days: int = 3

    def as_data(self) -> dict[str, Any]:
        """The policy as JSON data: decimals and words as text."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def read_policy(data: Mapping[str, Any]) -> Policy:
    """A policy names only known settings with possible values; what is absent takes the default (BR-36)."""
    unknown = set(data) - {field.name for field in fields(Policy)}
    if unknown:
        raise _wrong(", ".join(sorted(unknown)))
    values = dict(data)
    for name in ("threshold", "discrepancy"):
        if name in values:
            values[name] = _points(name, values[name])
    for name in ("aggregate", "aggregate_with_extra"):
        if name in values:
            values[name] = _word(Averaging, name, values[name])
    if "same_municipality" in values:
        values["same_municipality"] = _word(
            SameMunicipality, "same_municipality", values["same_municipality"]
        )
    if "tie" in values:
        values["tie"] = tuple(_word(TieBreaker, "tie", word) for word in values["tie"])
        if len(set(values["tie"])) != len(values["tie"]):
            raise _wrong("tie")
    for name in ("entries_per_nomination", "comment_length", "appeal_days"):
        if name in values and (type(values[name]) is not int or values[name] < 0):
            raise _wrong(name)
    for name in ("comment_lowest", "comment_top"):
        if name in values and type(values[name]) is not bool:
            raise _wrong(name)
    return Policy(**values)


def _points(name: str, value: object) -> Decimal:
    try:
        points = Decimal(str(value))
    except InvalidOperation:
        raise _wrong(name) from None
    if not points.is_finite() or not 0 <= points <= 100:
        raise _wrong(name)
    return points


def _word(kind: type[E], name: str, value: object) -> E:
    try:
        return kind(str(value))
    except ValueError:
        raise _wrong(name) from None


def _wrong(name: str) -> Refused:
    return Refused(
        "BR-36", N_("Недопустимая настройка политики оценивания: %(name)s"), field="policy", name=name
    )


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
