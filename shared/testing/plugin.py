"""pytest fixtures, loaded by ``tests/conftest.py``."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.messaging.local import Postman
from shared.testing.keys import know_key, signed_in
from shared.testing.pool import Pool
from shared.testing.suite import SERVICES, Step, Suite, database


@pytest.fixture(scope="session")
def _pool() -> Pool:
    return Pool()


@pytest.fixture
def borrow(_pool: Pool) -> Iterator[Callable[[str, str], Flask]]:
    """A factory: ``borrow("registry", url)`` is an application of that service on that database."""
    with _pool.lending() as borrow:
        yield borrow


@pytest.fixture
def app_of(borrow: Callable[[str, str], Flask], tmp_path: Path) -> Callable[..., Flask]:
    """A factory: ``app_of("events")`` is that service alone, on a fresh database after these steps."""
    made: dict[str, Flask] = {}

    def make(service: str, *steps: Step) -> Flask:
        if service not in made:
            made[service] = borrow(service, database(service, tmp_path, know_key, *steps))
        return made[service]

    return make


@pytest.fixture
def suite(borrow: Callable[[str, str], Flask], tmp_path: Path) -> Suite:
    """The four services in one process, databases empty, messages carried by ``settle()``."""
    apps = {name: borrow(name, database(name, tmp_path)) for name in SERVICES}
    return Suite(apps, Postman(list(apps.values())))


@pytest.fixture
def client() -> Callable[..., FlaskClient]:
    """``client(app, who)``: a browser and API client signed in as ``who`` (None: the public)."""
    return signed_in
