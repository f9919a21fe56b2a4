"""The whole suite in one process: four applications, four SQLite files, no broker.

The only module that imports all four services. Only the hop "outbox row → inbox row" differs from
production: it is a call instead of RabbitMQ.
"""

import secrets
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Request, Response

from services import events, expertise, registry, reports
from shared import migrate
from shared.messaging.local import Postman
from shared.service import service_of
from shared.settings import Settings

FACTORIES = {
    "registry": registry.create_app,
    "events": events.create_app,
    "expertise": expertise.create_app,
    "reports": reports.create_app,
}

MARK = "demo.loaded"
SECRET = "secret"  # noqa: S105  # the name of a file
ACCOUNTS = "accounts.txt"

#: How soon a browser should ask again while the demo is loading (seconds).
PATIENCE = 3
_WAIT = """<!doctype html>
<html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>МетодСеть загружается</title>
<h1>МетодСеть загружается</h1>
<p>Демонстрационная сеть наполняется данными, это меньше минуты. Страница откроется сама.</p>
<p lang="en">The demonstration is being loaded, in less than a minute this page will open by itself.</p>
</html>
"""


class Local:
    """The suite of one folder: ``apps`` by name, the ``postman`` between them, one WSGI application."""

    def __init__(self, folder: Path, public_url: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        secret = _secret(folder)
        self.apps: dict[str, Flask] = {
            name: factory(
                Settings(
                    service=name,
                    database_url=f"sqlite:///{(folder / name).resolve()}.db",
                    secret_key=secret,
                    public_url=public_url,
                    cookie_secure=False,
                    log_level="WARNING",
                )
            )
            for name, factory in FACTORIES.items()
        }
        # Alembic's context is one per process: one after another, never in parallel.
        for app in self.apps.values():
            migrate.upgrade(app)
        self.postman = Postman(list(self.apps.values()))

    @property
    def loaded(self) -> Path:
        """The file that says that the demo is in."""
        return self.folder / MARK

    @staticmethod
    def is_half_loaded(folder: Path) -> bool:
        """Whether a load was begun in the folder and never finished."""
        return not (folder / MARK).exists() and any((folder / f"{name}.db").exists() for name in FACTORIES)

    @staticmethod
    def wipe(folder: Path) -> None:
        """Delete what a suite keeps in its folder, and nothing else that may lie there."""
        for name in FACTORIES:
            for ending in ("db", "db-wal", "db-shm"):
                (folder / f"{name}.{ending}").unlink(missing_ok=True)
        for name in (MARK, SECRET, ACCOUNTS):
            (folder / name).unlink(missing_ok=True)

    def wsgi(self) -> Any:
        """All services under one host, ``/`` leads to the landing page; 503 until the demo is in."""
        services = DispatcherMiddleware(self._root, {f"/{name}": app for name, app in self.apps.items()})

        def doors(environ: Any, start_response: Any) -> Any:
            open_to_all = self.loaded.exists()
            return (services if open_to_all else _please_wait)(environ, start_response)

        return doors

    def _root(self, environ: Any, start_response: Any) -> Any:
        path = Request(environ).path
        if path == "/":
            answer = Response(status=302, headers={"Location": "/registry/"})
        elif path == "/readyz":
            answer = Response("ready\n")
        elif path.startswith("/.well-known/"):
            answer = Response(status=302, headers={"Location": f"/registry{path}"})
        else:
            answer = Response("Not found\n", 404)
        return answer(environ, start_response)

    def close(self) -> None:
        """Let go of the databases."""
        for app in self.apps.values():
            with app.app_context():
                service_of(app).db.engine.dispose()


def _please_wait(environ: Any, start_response: Any) -> Any:
    """503 on every path while the demo is loading; a browser asks again by itself."""
    headers = {"Retry-After": str(PATIENCE), "Refresh": str(PATIENCE), "Cache-Control": "no-store"}
    if Request(environ).path == "/readyz":
        return Response("loading the demo\n", 503, headers)(environ, start_response)
    return Response(_WAIT, 503, headers, mimetype="text/html")(environ, start_response)


def _secret(folder: Path) -> str:
    """The secret of this folder's suite, made at the first start and readable by its owner only."""
    path = folder / SECRET
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
