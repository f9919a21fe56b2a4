"""Real servers: ``postgres`` and ``broker`` (one per run), ``network`` and ``empty_postgres`` (per test)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.broker.network import Network
from tests.broker.servers import Broker, Missing, Postgres


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder carries the marker ``broker``."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.broker)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for the whole run."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="session")
def broker() -> Iterator[Broker]:
    """A RabbitMQ node for the whole run. Absent: skipped with the reason; in CI that is a failure."""
    try:
        node = Broker()
    except Missing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}; CI must run these tests")
        pytest.skip(str(missing))
    try:
        node.start()
        yield node
    finally:
        node.close()


@pytest.fixture(scope="session")
def _templates() -> dict[str, str]:
    return {}


@pytest.fixture
def network(
    postgres: Postgres, broker: Broker, _templates: dict[str, str], tmp_path: Path
) -> Iterator[Network]:
    """This test's services on fresh databases and an empty broker."""
    made = Network(postgres, broker, _templates, tmp_path)
    yield made
    made.close()


@pytest.fixture
def empty_postgres(postgres: Postgres) -> Iterator[str]:
    """The address of an empty database."""
    name = postgres.fresh()
    yield postgres.url(name)
    postgres.drop(name)
