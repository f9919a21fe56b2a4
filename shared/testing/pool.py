"""Applications that tests borrow: made once a process, each time on a database of the test's own.

Making one (its routes, its OpenAPI document) takes longer than most tests do with it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from shared.service import service_of
from shared.testing.suite import app_on, let_go


class Shared:
    """An application, and what a test may change on it: configuration, extensions, the service, its settings."""

    def __init__(self, service: str, url: str) -> None:
        self.app = app_on(service, url)
        with self.app.app_context():
            self.engine: sa.Engine = service_of(self.app).db.engine
        event.listen(self.engine, "do_connect", self._connect)
        # After its first request Flask refuses new routes and hooks, which would stay for the next test.
        self.app.test_client().get("/healthz")
        holders = self.app.config, self.app.extensions, self.app.jinja_env.globals, vars(service_of(self.app))
        self._made: list[tuple[dict[str, Any], dict[str, Any]]] = [(one, dict(one)) for one in holders]

    def renew(self, url: str) -> None:
        """As it was made, on another database of the same kind."""
        for holder, content in self._made:
            holder.clear()
            holder.update(content)
        service = service_of(self.app)
        service.wake.clear()
        service.settings = replace(service.settings, database_url=url)
        self.app.config["SQLALCHEMY_DATABASE_URI"] = url
        self.engine.url = sa.make_url(url)

    def _connect(self, dialect: Any, _record: Any, _arguments: Any, options: dict[str, Any]) -> Any:
        """A connection to where the engine leads now: SQLAlchemy remembers where it led at first."""
        arguments, found = dialect.create_connect_args(self.engine.url)
        return dialect.connect(*arguments, **{**options, **found})


class Pool:
    """The applications of one test process that nobody has borrowed."""

    def __init__(self) -> None:
        self._idle: defaultdict[tuple[str, str], list[Shared]] = defaultdict(list)

    @contextmanager
    def lending(self) -> Iterator[Callable[[str, str], Flask]]:
        """A borrower: ``borrow(service, url)`` until the end of the block; nobody else has the application."""
        lent: list[tuple[list[Shared], Shared]] = []

        def borrow(service: str, url: str) -> Flask:
            idle = self._idle[service, sa.make_url(url).get_backend_name()]
            shared = idle.pop() if idle else Shared(service, url)
            lent.append((idle, shared))
            shared.renew(url)
            return shared.app

        try:
            yield borrow
        finally:
            for idle, shared in lent:
                let_go(shared.app)
                idle.append(shared)
