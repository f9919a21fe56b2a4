"""Waking up when the database says so: LISTEN/NOTIFY on PostgreSQL, a short wait elsewhere."""

import time
from typing import Any

import psycopg
from sqlalchemy import Engine


class Bell:
    """Listens to one channel of the service's database. One thread's own."""

    def __init__(self, engine: Engine, channel: str) -> None:
        self._connection: psycopg.Connection[Any] | None = None
        if engine.dialect.name == "postgresql":
            arguments, options = engine.dialect.create_connect_args(engine.url)
            self._connection = psycopg.connect(*arguments, autocommit=True, **options)
            self._connection.execute(f"LISTEN {channel}")

    @property
    def socket(self) -> int | None:
        """The file descriptor that becomes readable when the bell rings; None without PostgreSQL."""
        return self._connection.fileno() if self._connection else None

    def wait(self, seconds: float) -> None:
        """Return when the bell rings or the time is over."""
        if self._connection is None:
            time.sleep(min(seconds, 0.1))
            return
        for _ in self._connection.notifies(timeout=seconds, stop_after=1):
            pass

    def clear(self) -> None:
        """Forget rings that have been heard."""
        if self._connection is not None:
            for _ in self._connection.notifies(timeout=0):
                pass

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
