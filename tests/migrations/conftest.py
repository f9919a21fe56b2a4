"""PostgreSQL for the migrations, the same server as tests/broker uses."""

from collections.abc import Iterator

import pytest

from tests.broker.servers import Postgres


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A server for this module."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture
def empty_postgres(postgres: Postgres) -> Iterator[str]:
    """The address of a new empty database."""
    name = postgres.fresh()
    yield postgres.url(name)
    postgres.drop(name)
