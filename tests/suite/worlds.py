"""Worlds of the journey inside this process: the suite alone, and with real RabbitMQ and PostgreSQL."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client
from werkzeug.wrappers import Response

from shared import clock
from tests.suite.journey import ADMIN


class InProcess:
    """The four applications under one host; the clock can be set forward."""

    def __init__(self, apps: dict[str, Flask], settle: Callable[[], None]) -> None:
        self.client = Client(
            DispatcherMiddleware(Response(status=404), {f"/{name}": app for name, app in apps.items()})
        )
        self.settle = settle
        self._clock = ExitStack()
        done = (
            apps["registry"]
            .test_cli_runner()
            .invoke(args=["create-admin", ADMIN[0]], env={"METODSET_ADMIN_PASSWORD": ADMIN[1]})
        )
        assert done.exit_code == 0, done.output

    def request(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        files = options.pop("files", None)
        if files:
            for name, (filename, stream) in files.items():
                stream.seek(0)
                options["data"] = {name: (stream, filename)}
                # The client closes what it sends; the journey sends the same report twice.
                stream.close = lambda: None
        answer = self.client.open(path, method=method, **options)
        return answer.status_code, answer.json if answer.is_json and answer.data else answer.data

    def now(self) -> datetime:
        return clock.now()

    def pass_time(self, until: datetime) -> None:
        self._clock.enter_context(clock.at(until))
