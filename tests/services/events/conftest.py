"""Fixtures of the tests of events."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from services.events import actions
from shared.clock import at
from shared.testing.suite import deliver
from tests.services.events.network import (
    BEFORE,
    MUNICIPALITIES,
    ORGANISATIONS,
    Webinar,
    plan,
    tell_organisation,
)


def tell_network(app: Flask) -> None:
    """Messages tell events of its network."""
    with at(BEFORE):
        for key, oktmo, name in MUNICIPALITIES:
            data = {"municipality_id": key, "oktmo": oktmo, "short_name": name}
            deliver(app, "registry.municipality.changed.v1", data)
        for key, name, roles, oktmo in ORGANISATIONS:
            tell_organisation(app, key, name, roles, oktmo)


@pytest.fixture
def app(app_of: Callable[..., Flask]) -> Iterator[Flask]:
    """Events alone, in April 2020, knowing its network."""
    with at(BEFORE):
        yield app_of("events", tell_network)


@pytest.fixture
def webinar(app: Flask) -> Webinar:
    """A webinar with open registration."""
    one = Webinar(app, plan(app))
    one.step(actions.open_registration)
    return one
