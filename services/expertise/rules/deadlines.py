"""How much time is left until a deadline, in the unit that people would use (BR-39, model 3.6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Unit(StrEnum):
    """Days or, in the last two days, hours."""

    DAYS = "DAYS"
    HOURS = "HOURS"


@dataclass(frozen=True)
class Left:
    """Whole units until the deadline, or since it when it is over; nothing is rounded up."""

    number: int
    unit: Unit
    over: bool


def left(due: datetime, now: datetime) -> Left:
    """From two days on time is told in days, below in hours; «меньше часа» is 0 hours."""
    over = now >= due
    distance = abs(due - now)
    if distance >= timedelta(days=2):
        return Left(distance.days, Unit.DAYS, over)
    return Left(int(distance.total_seconds() // 3600), Unit.HOURS, over)
