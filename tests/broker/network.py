"""The services as they run in production: databases in PostgreSQL, workers as processes of their own."""

import importlib
import os
import sys
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from shared import migrate
from shared.service import service_of
from shared.settings import Settings
from shared.testing.suite import SECRET, MountedClient
from tests.broker.servers import ROOT, SERVICES, Broker, Postgres, Process, wait_for


class Network:
    """One test's services: a fresh migrated database each, an empty broker, workers on demand."""

    def __init__(self, postgres: Postgres, broker: Broker, templates: dict[str, str], folder: Path) -> None:
        self.postgres = postgres
        self.broker = broker
        self._templates = templates
        self._folder = folder
        self._databases: dict[str, str] = {}
        self._apps: dict[str, Flask] = {}
        self.workers: list[Process] = []

    def url(self, service: str) -> str:
        """The address of the service's database."""
        return self.postgres.url(self.database(service))

    def database(self, service: str) -> str:
        """The database of a service in this test; migrated once per test run, copied for each test."""
        if service not in self._databases:
            if service not in self._templates:
                template = self.postgres.fresh()
                app = _app(service, self.postgres.url(template))
                migrate.upgrade(app)
                _let_go(app)
                self._templates[service] = template
            self._databases[service] = self.postgres.fresh(self._templates[service])
        return self._databases[service]

    def app(self, service: str) -> Flask:
        """The web side of a service, in this process."""
        if service not in self._apps:
            self._apps[service] = _app(service, self.url(service))
        return self._apps[service]

    def environment(self, service: str) -> dict[str, str]:
        """The settings of a service as environment."""
        prefix = service.upper()
        return {
            **{key: os.environ[key] for key in ("PATH", "HOME", "LANG", "PYTHONPYCACHEPREFIX") if key in os.environ},
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            f"{prefix}_DATABASE_URL": self.url(service),
            f"{prefix}_AMQP_URL": self.broker.url(service),
            f"{prefix}_SECRET_KEY": SECRET,
            f"{prefix}_COOKIE_SECURE": "false",
        }

    def worker(self, service: str, *, wait: bool = True) -> Process:
        """Start ``flask --app services.<service> worker`` and (if told so) wait until it listens."""
        name = f"{service}-{len(self.workers)}"
        health = self._folder / f"{name}.alive"
        worker = Process(
            [sys.executable, "-m", "flask", "--app", f"services.{service}", "worker"],
            {**self.environment(service), f"{service.upper()}_HEALTH_FILE": str(health)},
            self._folder / f"{name}.log",
            cwd=ROOT,
        )
        self.workers.append(worker)

        def listens() -> bool:
            assert worker.alive, worker.said()
            return health.exists() and self.broker.queue_depth(f"{service}.in") is not None

        if wait:
            wait_for(listens, 60, worker.said)
        return worker

    def start(self, *services: str) -> dict[str, Process]:
        """A worker for each of these services (all four, when none is named)."""
        names = services or SERVICES
        started = {service: self.worker(service, wait=False) for service in names}
        for service, worker in started.items():
            wait_for(
                lambda service=service: self.broker.queue_depth(f"{service}.in") is not None, 60, worker.said
            )
        return started

    def settle(self, seconds: float = 60) -> None:
        """Wait until nothing is on its way: outboxes sent, queues empty, inboxes handled or parked."""
        wait_for(self.quiet, seconds, self._what_keeps_it, times=3)

    def _what_keeps_it(self) -> str:
        """Where messages still are, and the last words of every worker."""
        said = "\n".join(f"{worker.log.name} (alive: {worker.alive}): {worker.said(700)}" for worker in self.workers)
        return f"not quiet: {self.on_the_way()}\n{said}"

    def quiet(self) -> bool:
        """Whether nothing is on its way at this moment."""
        return not any(self.on_the_way().values())

    def on_the_way(self) -> dict[str, int]:
        """Where messages still are, with their number."""
        found = {}
        for service in self._databases:
            app = self.app(service)
            tables = service_of(app).tables
            outbox, inbox = tables.outbox, tables.inbox
            with app.app_context(), service_of(app).db.engine.connect() as connection:
                found[f"{service}.outbox"] = connection.scalar(
                    sa.select(sa.func.count()).select_from(outbox).where(outbox.published_at.is_(None))
                )
                found[f"{service}.inbox"] = connection.scalar(
                    sa.select(sa.func.count())
                    .select_from(inbox)
                    .where(inbox.handled_at.is_(None), inbox.parked_at.is_(None))
                )
            found[f"{service}.in"] = self.broker.queue_depth(f"{service}.in") or 0
        return found

    def close(self) -> None:
        """End the workers, drop the databases, empty the broker."""
        for worker in self.workers:
            if worker.alive:
                worker.kill()
        for app in self._apps.values():
            _let_go(app)
        for database in self._databases.values():
            self.postgres.drop(database)
        self.broker.reset()


def _app(service: str, url: str) -> Flask:
    settings = Settings(
        service=service,
        database_url=url,
        secret_key=SECRET,
        cookie_secure=False,
        testing=True,
        log_level="WARNING",
    )
    app: Flask = importlib.import_module(f"services.{service}").create_app(settings)
    app.test_client_class = MountedClient
    return app


def _let_go(app: Flask) -> None:
    with app.app_context():
        service_of(app).db.engine.dispose()
