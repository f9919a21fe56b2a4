"""pytest fixtures, loaded by ``tests/conftest.py``."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.testing.keys import know_key, signed_in
from shared.testing.suite import Suite, let_go, make_app, make_suite


@pytest.fixture
def app_of(tmp_path: Path) -> Iterator[Callable[[str], Flask]]:
    """A factory: ``app_of("events")`` is that service alone on a fresh database."""
    made: dict[str, Flask] = {}

    def make(service: str) -> Flask:
        if service not in made:
            made[service] = make_app(service, tmp_path)
            know_key(made[service])
        return made[service]

    yield make
    for app in made.values():
        let_go(app)


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[Suite]:
    """The four services in one process, databases empty, messages carried by ``settle()``."""
    made = make_suite(tmp_path)
    yield made
    for app in made.apps.values():
        let_go(app)


@pytest.fixture
def client() -> Callable[..., FlaskClient]:
    """``client(app, who)``: a browser and API client signed in as ``who`` (None: the public)."""
    return signed_in
