"""The scores of many entries at once, in whole hundredths: the same numbers as rules.scoring, quickly.

A stage of an entry is described by sums over its sheets, which a database counts. Nothing is rounded here that
rules.scoring does not round; their agreement is a property test (BR-47…BR-53).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import TypeVar

from services.expertise.rules.policy import Policy
from services.expertise.rules.vocabulary import Averaging

T = TypeVar("T")

#: Up to this many sheets the median follows from count, sum, lowest and highest.
MEDIAN_KNOWN = 4


@dataclass(frozen=True, slots=True)
class Tally:
    """The signed sheets of one entry at one stage: how many, and their percents in hundredths."""

    sheets: int
    total: int
    lowest: int
    highest: int
    has_extra: bool


def half_up_of(numerator: int, denominator: int) -> int:
    """A quotient of whole numbers rounded half-up (BR-51)."""
    return (2 * numerator + denominator) // (2 * denominator)


def stage_points(tally: Tally, policy: Policy) -> int | None:
    """The stage score in hundredths; None without sheets (BR-48, BR-49)."""
    if not tally.sheets:
        return None
    how = policy.aggregate_with_extra if tally.has_extra else policy.aggregate
    if how is Averaging.MEAN or tally.sheets < 3:
        return half_up_of(tally.total, tally.sheets)
    middle = tally.total - tally.lowest - tally.highest
    if tally.sheets > MEDIAN_KNOWN:
        raise ValueError("the median of so many sheets does not follow from their sums")
    return half_up_of(middle, tally.sheets - 2)


def takes_means_only(policy: Policy) -> bool:
    """Whether count and sum of the sheets are all that a stage score needs."""
    return policy.aggregate is Averaging.MEAN and policy.aggregate_with_extra is Averaging.MEAN


def final_by(weights: Sequence[Decimal]) -> Callable[[Sequence[int | None]], int | None]:
    """How stage scores in hundredths become a final score under these weights (BR-50)."""
    exact = [Fraction(weight) for weight in weights]
    common = lcm(*(weight.denominator for weight in exact)) if exact else 1
    whole = [int(weight * common) for weight in exact]

    def final(scores: Sequence[int | None]) -> int | None:
        if len(scores) == 1:
            return scores[0]
        held = [(weight, score) for weight, score in zip(whole, scores, strict=True) if score is not None]
        weight = sum(weight for weight, _ in held)
        return half_up_of(sum(one * score for one, score in held), weight) if weight else None

    return final


def window(
    ranked: Sequence[T], key: Callable[[T], object], first: int, size: int
) -> Iterator[tuple[int, list[T]]]:
    """The groups of equals that meet the window, each with the place of its first, from an ordered sequence.

    Only they need their ties separated when one page is shown.
    """
    place = 1
    for _, group in groupby(ranked, key=key):
        if place > first + size:
            return
        members = list(group)
        if place + len(members) > first + 1:
            yield place, members
        place += len(members)


def decimal_of(points: int | None) -> Decimal | None:
    """Hundredths as a decimal with two places."""
    return None if points is None else Decimal(points).scaleb(-2)
