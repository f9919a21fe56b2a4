"""A small network, told to reports by messages as the other services would tell it."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.services.reports.network import tell_network


@pytest.fixture
def app(app_of: Callable[..., Flask]) -> Flask:
    """The service reports alone, knowing nothing."""
    return app_of("reports")


@pytest.fixture
def known(app_of: Callable[..., Flask]) -> Flask:
    """The service reports after it was told the small network."""
    return app_of("reports", tell_network)
