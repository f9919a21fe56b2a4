"""When an event takes place, as exactly as it is known (BR-27). Times are on the Moscow clock."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.events.rules.kinds import DatePrecision
from shared.refusal import N_, Refused

MOSCOW = ZoneInfo("Europe/Moscow")
#: Years that an event of the network may belong to.
YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Schedule:
    """Dates and times of an event, without contradictions."""

    precision: DatePrecision
    starts_on: date
    ends_on: date | None
    starts_at: datetime | None
    ends_at: datetime | None

    @property
    def last_day(self) -> date:
        """The day after which the event is in the past."""
        if self.ends_on:
            return self.ends_on
        if self.precision is DatePrecision.DAY:
            return self.starts_on
        month = 12 if self.precision is DatePrecision.YEAR else self.starts_on.month
        return date(self.starts_on.year, month, calendar.monthrange(self.starts_on.year, month)[1])


def schedule(
    precision: DatePrecision,
    *,
    starts_at: datetime | None = None,
    starts_on: date | None = None,
    ends_at: datetime | None = None,
    ends_on: date | None = None,
) -> Schedule:
    """An event with precision MONTH or YEAR has no hour; a day has one date, told once (BR-27)."""
    for field, told in (("starts_on", starts_on), ("ends_on", ends_on)):
        _sensible(field, told)
    for field, moment in (("starts_at", starts_at), ("ends_at", ends_at)):
        _sensible(field, moment)
        if moment is not None and precision is not DatePrecision.DAY:
            raise Refused("BR-27", N_("У мероприятия с точностью до месяца или года нет часа"), field=field)
    starts_on = _day("starts_on", starts_at, starts_on)
    ends_on = _day("ends_on", ends_at, ends_on)
    if starts_on is None:
        raise Refused("BR-27", N_("Укажите дату начала"), field="starts_on")
    if ends_at is not None and starts_at is None:
        raise Refused("BR-27", N_("Укажите время начала"), field="starts_at")
    if precision is DatePrecision.MONTH:
        starts_on = starts_on.replace(day=1)
    if precision is DatePrecision.YEAR:
        starts_on = starts_on.replace(month=1, day=1)
    if starts_at and ends_at and ends_at <= starts_at:
        raise Refused("BR-27", N_("Окончание должно быть позже начала"), field="ends_at")
    if ends_on and ends_on < starts_on:
        raise Refused("BR-27", N_("Окончание должно быть позже начала"), field="ends_on")
    return Schedule(precision, starts_on, ends_on, starts_at, ends_at)


def day_needed(precision: DatePrecision) -> None:
    """Registration and attendance wait until the day of the event is set (BR-27)."""
    if precision is not DatePrecision.DAY:
        raise Refused("BR-27", N_("Сначала назначьте день мероприятия"), field="starts_on")


def lies_in_the_past(known: Schedule, today: date) -> None:
    """A past event entered from history has begun already (BR-27)."""
    if known.starts_on > today:
        raise Refused("BR-27", N_("Прошедшее мероприятие не может начинаться в будущем"), field="starts_on")


def real_times(
    known: Schedule, started_at: datetime | None, ended_at: datetime | None
) -> tuple[datetime, datetime] | None:
    """When an event really began and ended: as told, otherwise as planned; None when no hour is known.

    Attendance is measured against these times (BR-32).
    """
    started_at, ended_at = started_at or known.starts_at, ended_at or known.ends_at
    if started_at is None and ended_at is None:
        return None
    for field, moment in (("started_at", started_at), ("ended_at", ended_at)):
        _sensible(field, moment)
        if moment is None:
            raise Refused("BR-32", N_("Укажите и начало, и окончание"), field=field)
    assert started_at is not None and ended_at is not None
    if not known.starts_on <= started_at.astimezone(MOSCOW).date() <= known.last_day:
        raise Refused("BR-32", N_("Начало не приходится на день мероприятия"), field="started_at")
    if ended_at <= started_at:
        raise Refused("BR-32", N_("Окончание должно быть позже начала"), field="ended_at")
    return started_at, ended_at


def concerns(known: Schedule, moments: Iterable[datetime]) -> None:
    """A report of attendance with no row from the days of the event is the report of another one (BR-31)."""
    if not any(known.starts_on <= m.astimezone(MOSCOW).date() <= known.last_day for m in moments):
        raise Refused("BR-31", N_("Ни одна строка файла не относится ко дню мероприятия"), field="file")


def _sensible(field: str, told: date | datetime | None) -> None:
    """A date lies within living memory and plans; an hour has its time zone."""
    if told is None:
        return
    if told.year not in YEARS:
        raise Refused("BR-27", N_("Год должен быть от 1990 до 2100"), field=field)
    if isinstance(told, datetime) and told.tzinfo is None:
        raise Refused("BR-27", N_("Укажите часовой пояс времени"), field=field)


def _day(field: str, moment: datetime | None, day: date | None) -> date | None:
    told = moment.astimezone(MOSCOW).date() if moment else None
    if told and day and told != day:
        raise Refused("BR-27", N_("Дата и время указаны на разные дни"), field=field)
    return told or day
