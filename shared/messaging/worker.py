"""``flask --app services.<name> worker``: relay, receiver, processor, jobs and daily duties of one service.

Five threads, each with its own connections. A thread that meets an absent broker or database
waits and tries again, ever longer up to ten seconds; any other error ends the process, and the
container starts it anew.
"""

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from types import FrameType

import psycopg
import structlog
from flask import Flask
from sqlalchemy.exc import DBAPIError

from shared import duties, jobs
from shared.messaging import amqp, processor, receiver, relay
from shared.messaging.bell import Bell
from shared.service import service_of

log = structlog.get_logger()

#: The bell tells of work at once; this is the safety net (seconds).
SLOW_POLL = 1.0
#: Lanes handled in one transaction: few enough to leave some to the other workers.
SHARE = 4
#: How often the worker looks whether a new day has begun (seconds).
DAY_WATCH = 30.0


class Worker:
    """The threads and their common end."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.service = service_of(app)
        self.stopping = Event()
        self.failed = False
        self.handled = 0

    def run(self) -> int:
        """Work until SIGTERM or SIGINT; the exit code is 1 when a thread died."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        threads = [
            Thread(target=self._guard, args=(name, step), name=name, daemon=True)
            for name, step in (
                ("relay", self._relay),
                ("receiver", self._receive),
                ("processor", self._process),
                ("jobs", self._work),
                ("duties", self._keep_duties),
            )
        ]
        for thread in threads:
            thread.start()
        log.info("worker started", service=self.service.name)
        while not self.stopping.wait(1):
            if self.service.settings.health_file:
                Path(self.service.settings.health_file).touch()
        for thread in threads:
            thread.join(20)
        log.info("worker stopped", service=self.service.name, failed=self.failed, handled=self.handled)
        return int(self.failed)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def _guard(self, name: str, step: Callable[[], None]) -> None:
        """Run a loop again and again while the world is away; end everything on an error of ours."""
        pause = 0.5
        while not self.stopping.is_set():
            begun = time.monotonic()
            try:
                step()
            except (*amqp.LOST, DBAPIError, psycopg.Error) as error:
                if time.monotonic() - begun > 30:
                    pause = 0.5
                log.warning("connection lost", thread=name, error=repr(error)[:300], pause=pause)
                self.stopping.wait(pause * random.uniform(0.5, 1.0))  # noqa: S311 - jitter, not a secret
                pause = min(pause * 2, 10)
            except Exception:
                log.exception("thread died", thread=name)
                self.failed = True
                self.stopping.set()

    def _relay(self) -> None:
        publisher = amqp.RabbitPublisher(self.service.settings.amqp_url)
        bell = self._bell("outbox")
        try:
            while not self.stopping.is_set():
                with self.app.app_context():
                    moved = relay.relay_once(publisher)
                if not moved:
                    publisher.idle(SLOW_POLL if bell.socket else 0.1, bell.socket)
                    bell.clear()
        finally:
            bell.close()
            publisher.close()

    def _receive(self) -> None:
        source = amqp.RabbitReceiver(
            self.service.settings.amqp_url, self.service.name, sorted(self.service.contract.consumed)
        )
        try:
            while not self.stopping.is_set():
                with self.app.app_context():
                    source.run(receiver.receive, self.stopping)
        finally:
            source.close()

    def _process(self) -> None:
        bell = self._bell("inbox")
        try:
            while not self.stopping.is_set():
                with self.app.app_context():
                    moved = self._round()
                if not moved:
                    bell.wait(SLOW_POLL)
        finally:
            bell.close()

    def _work(self) -> None:
        if self.service.tables.job is None:
            self.stopping.wait()
            return
        bell = self._bell("job")
        try:
            while not self.stopping.is_set():
                with self.app.app_context():
                    moved = jobs.run_one()
                if not moved:
                    bell.wait(SLOW_POLL)
        finally:
            bell.close()

    def _keep_duties(self) -> None:
        diary = duties.Diary()
        while not self.stopping.is_set():
            with self.app.app_context():
                duties.run_due(diary)
            self.stopping.wait(DAY_WATCH)

    def _round(self) -> int:
        """One pass over the lanes with work, in an order of our own so that workers do not queue up."""
        lanes = list(processor.lanes_with_work())
        random.shuffle(lanes)
        moved = 0
        for start in range(0, len(lanes), SHARE):
            if self.stopping.is_set():
                break
            moved += processor.process_lanes(lanes[start : start + SHARE])
        self.handled += moved
        return moved

    def _bell(self, channel: str) -> Bell:
        with self.app.app_context():
            return Bell(self.service.db.engine, channel)
