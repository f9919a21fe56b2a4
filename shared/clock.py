"""The only clock. Tests and the demo may stand still at a moment; nothing else asks the system."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

MOSCOW = ZoneInfo("Europe/Moscow")
_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _standing.get() or datetime.now(UTC)


def today() -> date:
    """The calendar date in the network's time zone (Europe/Moscow)."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on the network's clock."""
    return moment.astimezone(MOSCOW)


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Let the clock stand at ``moment`` inside the block; a date means noon in Moscow."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=MOSCOW)
    token = _standing.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)
