"""The toy application and its browser."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.services.web.toy import make_app


@pytest.fixture
def app() -> Flask:
    """A fresh toy application."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of the toy application."""
    return app.test_client()
