"""What a service owes every day without anybody asking: each duty once a day, in one transaction.

A duty and the line that says it is done are committed together. Killed in the middle it is done again
from the start; of two workers the second finds the day taken.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared import clock
from shared.person import Person
from shared.service import Service, current
from shared.unit import Unit, work

log = structlog.get_logger()

Duty = Callable[[Unit, date], None]
#: How long a duty that stumbled is left alone.
PAUSE = timedelta(minutes=10)


class DutyMixin:
    """The last day on which a duty was done."""

    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    done_on: Mapped[date] = mapped_column(sa.Date())


class Diary:
    """What one process remembers of its duties, so that it does not ask the database every second."""

    def __init__(self) -> None:
        self.done: date | None = None
        self.again: datetime | None = None

    def is_free(self, now: datetime, today: date) -> bool:
        """Whether there is nothing to do yet."""
        return self.done == today or (self.again is not None and now < self.again)


def run_daily(today: date) -> list[str]:
    """Do every duty that this day still lacks, each on its own; gives the names of those that stumbled."""
    service = current()
    stumbled = []
    for name, duty in service.duties.items():
        try:
            if _do(service, name, duty, today):
                log.info("duty done", duty=name, day=today.isoformat())
        except DBAPIError:
            raise
        except Exception:
            log.exception("duty stumbled", duty=name, day=today.isoformat())
            stumbled.append(name)
    return stumbled


def run_due(diary: Diary) -> None:
    """Do today's duties if this process has not done them; called again and again by the worker."""
    today = clock.today()
    if not current().duties or diary.is_free(clock.now(), today):
        return
    if run_daily(today):
        diary.again = clock.now() + PAUSE
    else:
        diary.done, diary.again = today, None


def _do(service: Service, name: str, duty: Duty, today: date) -> bool:
    with work(Person.system(service.name)) as u:
        if not _claim(u.session, service.tables.duty.__table__, name, today):
            return False
        duty(u, today)
    return True


def _claim(session: Session, table: sa.Table, name: str, today: date) -> bool:
    """Take the day for us: another worker waits for our commit and then finds it taken."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(table).values(name=name, done_on=date.min).on_conflict_do_nothing()
    session.execute(fresh)
    taken: Any = session.execute(
        sa.update(table).where(table.c.name == name, table.c.done_on < today).values(done_on=today)
    )
    return bool(taken.rowcount)
