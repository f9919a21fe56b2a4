"""What a formula returns: the number, what it is made of, and the records behind it (BR-63)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.reports.rules.terms import Unit


@dataclass(frozen=True)
class Detail:
    """A part or a companion of a number, such as the platforms of one kind."""

    key: str
    value: Decimal | None
    unit: Unit = Unit.COUNT


@dataclass(frozen=True)
class Computed:
    """A number with its origin. `lines` say what was counted, `records` are the identifiers to list."""

    value: Decimal | None
    records: tuple[UUID, ...]
    lines: tuple[str, ...]
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    details: tuple[Detail, ...] = ()


def count(
    records: Iterable[UUID], lines: Iterable[str], *, of: int | None = None, details: Iterable[Detail] = ()
) -> Computed:
    """A number that counts; `of` when it counts something other than the records themselves."""
    found = tuple(records)
    value = Decimal(len(found) if of is None else of)
    return Computed(value, found, tuple(lines), details=tuple(details))


def ratio(
    numerator: int | Decimal,
    denominator: int | Decimal,
    records: Iterable[UUID],
    lines: Iterable[str],
    *,
    times: int = 1,
    details: Iterable[Detail] = (),
) -> Computed:
    """A number that divides; without a denominator there is no value, never 0 or 100 (model 3.8)."""
    return Computed(
        share(numerator, denominator, times=times),
        tuple(records),
        tuple(lines),
        Decimal(numerator),
        Decimal(denominator),
        tuple(details),
    )


def share(numerator: int | Decimal, denominator: int | Decimal, *, times: int = 100) -> Decimal | None:
    """`times` · numerator / denominator, exactly; None without a denominator."""
    return times * Decimal(numerator) / Decimal(denominator) if denominator else None
