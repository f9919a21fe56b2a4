"""Migrations lead from zero to the models, back again, on SQLite and on PostgreSQL; history is linear."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from shared import migrate
from shared.service import service_of
from shared.settings import Settings
from shared.testing.suite import SECRET, SERVICES, let_go


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.broker)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty'}.db"
        return
    yield request.getfixturevalue("empty_postgres")


@contextmanager
def app_on(service: str, url: str) -> Iterator[Flask]:
    """The service on this database, its connections closed afterwards."""
    settings = Settings(
        service=service, database_url=url, secret_key=SECRET, cookie_secure=False, testing=True
    )
    app: Flask = importlib.import_module(f"services.{service}").create_app(settings)
    yield app
    let_go(app)


def differences(app: Flask) -> list[Any]:
    service = service_of(app)
    with app.app_context(), service.db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": migrate.is_ours})
        return [
            difference
            for difference in compare_metadata(context, service.db.metadata)
            # SQLite keeps no partial indexes' conditions that Alembic could compare.
            if not (isinstance(difference, tuple) and difference[0].endswith("_index"))
        ]


@pytest.mark.parametrize("service", SERVICES)
def test_head_equals_the_models_and_the_way_back_is_clean(service: str, url: str) -> None:
    """Zero → head gives the tables of the models; head → zero leaves nothing but Alembic's own table."""
    with app_on(service, url) as app:
        migrate.upgrade(app)
        assert migrate.at_head(app)
        assert differences(app) == []
        migrate.downgrade(app, "base")
        with app.app_context():
            assert sa.inspect(service_of(app).db.engine).get_table_names() == ["alembic_version"]
        migrate.upgrade(app)
        assert migrate.at_head(app)


@pytest.mark.parametrize("service", SERVICES)
def test_history_is_linear_and_named_by_date(service: str, tmp_path: Path) -> None:
    """One head, no branches; file names begin with the date."""
    with (
        app_on(service, f"sqlite:///{tmp_path / service}.db") as app,
        app.app_context(),
        service_of(app).db.engine.connect() as connection,
    ):
        script = ScriptDirectory.from_config(migrate.config_of(app, connection))
        assert len(script.get_heads()) == 1
        for revision in script.walk_revisions():
            assert not revision.is_branch_point
            assert Path(revision.path).name[:8].isdigit()
