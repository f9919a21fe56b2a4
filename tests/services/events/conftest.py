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


@pytest.fixture
def app(app_of: Callable[[str], Flask]) -> Iterator[Flask]:
    """Events alone, in April 2020, knowing its network by messages."""
    events = app_of("events")
    with at(BEFORE):
        for key, oktmo, name in MUNICIPALITIES:
            data = {"municipality_id": key, "oktmo": oktmo, "short_name": name}
            deliver(events, "registry.municipality.changed.v1", data)
        for key, name, roles, oktmo in ORGANISATIONS:
            tell_organisation(events, key, name, roles, oktmo)
        yield events


@pytest.fixture
def webinar(app: Flask) -> Webinar:
    """A webinar with open registration."""
    one = Webinar(app, plan(app))
    one.step(actions.open_registration)
    return one
