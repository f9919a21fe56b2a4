"""Messages inside one process: the same outbox, inbox and handlers, without a broker.

Only the hop "outbox row → inbox row" differs from RabbitMQ: it is a call.
"""

from collections.abc import Sequence
from threading import Event, Thread

import structlog
from flask import Flask

from shared import duties
from shared.jobs import run_due
from shared.messaging.processor import process_all
from shared.messaging.receiver import receive
from shared.messaging.relay import relay_once
from shared.messaging.transport import Delivery, Parcel
from shared.service import service_of

log = structlog.get_logger()


class LocalPublisher:
    """Puts each message into the inboxes of the applications that listen to it."""

    def __init__(self, sender: str, apps: Sequence[Flask]) -> None:
        self.sender = sender
        self.apps = apps

    def publish(self, parcels: Sequence[Parcel]) -> None:
        for app in self.apps:
            wanted = service_of(app).contract.consumed
            deliveries = [Delivery(p.name, p.body, self.sender) for p in parcels if p.name in wanted]
            if deliveries:
                with app.app_context():
                    receive(deliveries)


class Postman:
    """Carries the messages of all services of one process; a thread when started, a call in tests."""

    def __init__(self, apps: Sequence[Flask]) -> None:
        self.apps = apps
        self.bell = Event()
        self._publishers = {app: LocalPublisher(service_of(app).name, apps) for app in apps}
        self._diaries = {app: duties.Diary() for app in apps}
        self._stopping = Event()
        self._thread: Thread | None = None
        for app in apps:
            service_of(app).wake = self.bell

    def round(self) -> int:
        """Send, handle and do what is due once for every service; returns how many things moved."""
        moved = 0
        for app in self.apps:
            with app.app_context():
                moved += relay_once(self._publishers[app])
        for app in self.apps:
            with app.app_context():
                moved += process_all()
        for app in self.apps:
            with app.app_context():
                moved += run_due()
        return moved

    def keep_duties(self) -> None:
        """Do what the day still lacks in every service (shared.duties)."""
        for app in self.apps:
            with app.app_context():
                duties.run_due(self._diaries[app])

    def settle(self, rounds: int = 1000) -> None:
        """Go round until nothing moves."""
        for _ in range(rounds):
            if not self.round():
                return
        raise RuntimeError("messages never settle")

    def start(self) -> None:
        """Carry messages in the background."""
        self._thread = Thread(target=self._run, name="postman", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the round in hand and stop."""
        self._stopping.set()
        self.bell.set()
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.bell.clear()
            try:
                self.keep_duties()
                if self.round():
                    continue
            except Exception:
                log.exception("postman stumbled")
                self._stopping.wait(1)
            # The bell rings at each commit; the second is for retries whose time has come.
            self.bell.wait(1)
