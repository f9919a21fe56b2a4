"""The participants report that Zoom would have made: re-joins, hidden e-mails, strangers (SC-15)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from services.demo.people import Name

HEADER = (
    "Имя (настоящее имя)",
    "Эл. почта",
    "Время входа",
    "Время выхода",
    "Продолжительность (минуты)",
    "Гость",
)


@dataclass(frozen=True)
class Guest:
    """Somebody registered, with the code to join under (BR-30)."""

    name: Name
    code: str


def report(
    *,
    title: str,
    begins: datetime,
    ends: datetime,
    guests: Sequence[Guest],
    strangers: Sequence[str],
    absent: int,
    short: int,
    dice: Random,
) -> bytes:
    """A report as a file: the last guests do not come or leave early, each fourth joins twice."""
    table = io.StringIO()
    sheet = csv.writer(table)
    sheet.writerow(("Тема", "Время начала", "Время окончания"))
    sheet.writerow((title, _told(begins), _told(ends)))
    sheet.writerow(())
    sheet.writerow(HEADER)
    present = guests[: len(guests) - absent]
    for number, guest in enumerate(present):
        name, email = _shown(guest, number)
        leaves_early = number >= len(present) - short
        for join, leave in _stays(begins, ends, number, leaves_early=leaves_early, dice=dice):
            sheet.writerow((name, email, _told(join), _told(leave), _minutes(join, leave), "Да"))
    for name in strangers:
        join, leave = begins + timedelta(minutes=dice.randint(1, 9)), ends
        sheet.writerow((name, "", _told(join), _told(leave), _minutes(join, leave), "Да"))
    return table.getvalue().encode("utf-8-sig")


def _shown(guest: Guest, number: int) -> tuple[str, str]:
    """The name and e-mail in a report: the code as asked, else the name; the mail of guests is hidden."""
    if number % 5 == 3:
        return guest.name.full, ""
    if number % 5 == 4:
        return guest.name.first, guest.name.email
    hidden = guest.name.email[0] + "***@example.org"
    return f"{guest.code} {guest.name.short}", hidden


def _stays(
    begins: datetime, ends: datetime, number: int, *, leaves_early: bool, dice: Random
) -> list[tuple[datetime, datetime]]:
    """When a guest was in the meeting; on a second device or after a break of the line, twice."""
    join = begins + timedelta(minutes=dice.randint(-10, 6), seconds=dice.randint(0, 59))
    if leaves_early:
        return [(join, begins + timedelta(minutes=dice.randint(20, 35)))]
    leave = ends - timedelta(minutes=dice.randint(0, 4), seconds=dice.randint(0, 59))
    if number % 4 != 1:
        return [(join, leave)]
    middle = begins + timedelta(minutes=dice.randint(35, 50))
    again = middle + timedelta(minutes=dice.choice((-5, 3)))
    return [(join, middle), (again, leave)]


def _told(moment: datetime) -> str:
    return moment.strftime("%d.%m.%Y %H:%M:%S")


def _minutes(join: datetime, leave: datetime) -> int:
    return -(-int((leave - join).total_seconds()) // 60)
