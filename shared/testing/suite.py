"""Applications for tests: one service on a fresh SQLite file, or all four with messages on demand."""

import importlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from shared import clock, ids, migrate
from shared.messaging.envelope import Envelope
from shared.messaging.local import Postman
from shared.messaging.processor import process_all
from shared.messaging.receiver import receive
from shared.messaging.transport import Delivery
from shared.person import Grant, Person, Role
from shared.service import service_of
from shared.settings import Settings

SERVICES = ("registry", "events", "expertise", "reports")
SECRET = "a secret that only tests know, long enough"  # noqa: S105 - no secret of anything

#: Fills a database that many tests begin with: taken once a process, so it sets the clock and gives nothing back.
Step = Callable[[Flask], None]


def person(
    *roles: Role, organisation_id: UUID | None = None, municipality_oktmo: str | None = None
) -> Person:
    """Somebody with these roles, each reaching the given organisation or municipality."""
    grants = tuple(Grant(role, organisation_id, municipality_oktmo) for role in roles)
    return Person(ids.new_id(), ids.new_id(), "Проверкина А.Б.", grants)


def make_app(service: str, folder: Path, **changes: Any) -> Flask:
    """An application of one service, migrated, on its SQLite file in ``folder``; a new one when there is none."""
    return app_on(service, database(service, folder), **changes)


def database(service: str, folder: Path, *steps: Step) -> str:
    """The address of the service's SQLite file in ``folder``; when there is none, a new one after these steps."""
    path = folder / f"{service}.db"
    if not path.exists():
        path.write_bytes(_content(service, steps))
    return f"sqlite:///{path}"


@cache
def _content(service: str, steps: tuple[Step, ...]) -> bytes:
    """The file of a database, migrated and after these steps, each of which is gone once a process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{service}.db"
        if steps:
            path.write_bytes(_content(service, steps[:-1]))
        app = app_on(service, f"sqlite:///{path}")
        step = steps[-1] if steps else migrate.upgrade
        step(app)
        with app.app_context(), service_of(app).db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        let_go(app)
        return path.read_bytes()


def app_on(service: str, url: str, **changes: Any) -> Flask:
    """An application of one service on the database at ``url``, with these settings."""
    settings = Settings(
        service=service, database_url=url, secret_key=SECRET, cookie_secure=False, testing=True, **changes
    )
    app: Flask = importlib.import_module(f"services.{service}").create_app(settings)
    app.test_client_class = MountedClient
    with app.app_context():
        event.listen(service_of(app).db.engine, "connect", _never_sync)
    return app


def _never_sync(connection: Any, _record: Any) -> None:
    """Nothing here must survive a power cut."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF").close()


def let_go(app: Flask) -> None:
    """Close the database connections of an application."""
    with app.app_context():
        service_of(app).db.engine.dispose()


class MountedClient(FlaskClient):
    """A client that asks as a browser behind the gateway does: the service stands under ``/<service>``."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("base_url", f"http://localhost/{service_of(self.application).name}")
        return super().open(*args, **kwargs)


def told(app: Flask) -> list[tuple[str, dict[str, Any]]]:
    """What the service has told so far: (name, data) in order."""
    service = service_of(app)
    with app.app_context():
        rows = service.db.session.scalars(
            sa.select(service.tables.outbox).order_by(service.tables.outbox.seq)
        )
        return [(row.name, json.loads(row.envelope)["data"]) for row in rows]


def deliver(
    app: Flask, name: str, data: dict[str, Any], *, subject: UUID | str | None = None, version: int = 1
) -> None:
    """Bring a message to the service as its transport would, and let it be handled."""
    source = name.split(".", 1)[0]
    key = subject or next(value for field_name, value in data.items() if field_name.endswith("_id"))
    envelope = Envelope(
        id=ids.new_id(),
        service=source,
        name=name,
        subject=str(key),
        version=version,
        time=clock.now(),
        data=json.loads(json.dumps(data, default=str)),
    )
    with app.app_context():
        refused = receive([Delivery(name, envelope.wrap().encode(), source)])
        assert not refused, refused
        process_all()
        service = service_of(app)
        row = service.db.session.scalars(
            sa.select(service.tables.inbox).where(service.tables.inbox.message_id == envelope.id)
        ).one()
        assert row.handled_at is not None, row.last_error


@dataclass
class Suite:
    """The four services in one process; messages move when :meth:`settle` is called."""

    apps: dict[str, Flask]
    postman: Postman

    @property
    def registry(self) -> Flask:
        return self.apps["registry"]

    @property
    def events(self) -> Flask:
        return self.apps["events"]

    @property
    def expertise(self) -> Flask:
        return self.apps["expertise"]

    @property
    def reports(self) -> Flask:
        return self.apps["reports"]

    def settle(self) -> None:
        """Carry all messages until none moves."""
        self.postman.settle()

    @contextmanager
    def inside(self, service: str) -> Iterator[Flask]:
        """The application context of one service."""
        with self.apps[service].app_context():
            yield self.apps[service]
