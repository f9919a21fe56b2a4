"""Questions about dates: a closed period must give the same numbers for ever (BR-64)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.refusal import N_, Refused


@dataclass(frozen=True)
class Term:
    """A stretch of validity; both days belong to it, an open end means «until further notice»."""

    valid_from: date
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the status is valid on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Period:
    """A reporting period; both days belong to it."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def active_on(terms: Iterable[Term], day: date) -> bool:
    """A platform is active on a day that one of its terms covers (BR-26)."""
    return any(term.covers(day) for term in terms)


def in_force_on(day: date, in_force_from: date | None, valid_to: date, ended_on: date | None) -> bool:
    """An agreement is in force from its entry into force to the last day of its term, unless ended earlier.

    `ended_on` is the first day without it.
    """
    if in_force_from is None or day < in_force_from:
        return False
    if day > valid_to:
        return False
    return ended_on is None or day < ended_on


def year_of(day: date) -> Period:
    """The calendar year up to the day: the usual period of the network's report."""
    return Period(date(day.year, 1, 1), day)


def years_back(day: date, years: int) -> date:
    """The same day some years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def last_closed_year(today: date) -> int:
    """The year that is over and can be reported as a whole."""
    return today.year - 1


def asked_period(as_of: date, first: date | None, last: date | None) -> Period:
    """The period a reader asks for; what is left out is taken from the year up to the date."""
    usual = year_of(as_of)
    period = Period(first or usual.first, last or usual.last)
    if period.first > period.last:
        raise Refused("BR-64", N_("Начало периода позже его конца"), field="period_from")
    return period


def checked_period(as_of: date, period_from: date, period_to: date, today: date) -> Period:
    """The period of a report must be a period, and everything in the report must have happened (BR-64)."""
    if as_of > today:
        raise Refused("BR-64", N_("Дата отчёта не может быть в будущем"), field="as_of")
    if period_from > period_to:
        raise Refused("BR-64", N_("Начало периода позже его конца"), field="period_from")
    if period_to > as_of:
        raise Refused("BR-64", N_("Период не может кончаться позже даты отчёта"), field="period_to")
    return Period(period_from, period_to)
