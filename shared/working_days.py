"""Working days of Russia: what terms counted in them need (BR-59, PD-05)."""

from datetime import date, timedelta

#: Days off by article 112 of the Labour Code. Days moved by the Government every year are not known here, so
#: a deadline may come out earlier than the law asks, and before a working Saturday no later than it does.
HOLIDAYS = frozenset({(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)})


def is_working_day(day: date) -> bool:
    """Neither a Saturday, a Sunday nor a public holiday."""
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def working_days_later(day: date, count: int) -> date:
    """The ``count``-th working day after a day; the day itself when nothing is counted."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
