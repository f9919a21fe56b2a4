"""A small network, told to reports by messages as the other services would tell it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from shared.service import service_of
from shared.testing.suite import make_app
from tests.services.reports.network import tell_network


@pytest.fixture
def app(app_of: Callable[[str], Flask]) -> Flask:
    """The service reports alone, knowing nothing."""
    return app_of("reports")


@pytest.fixture(scope="session")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a service that was told the small network; telling it takes a while."""
    folder = tmp_path_factory.mktemp("told")
    teller = make_app("reports", folder)
    tell_network(teller)
    with teller.app_context():
        service_of(teller).db.engine.dispose()
    return folder / "reports.db"


@pytest.fixture
def known(told_once: Path, tmp_path: Path, app_of: Callable[[str], Flask]) -> Flask:
    """The service reports after it was told the small network."""
    shutil.copy(told_once, tmp_path / "reports.db")
    return app_of("reports")
