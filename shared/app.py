"""The application of a service, put together: nothing happens at import, everything here."""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from flask import Blueprint, Flask, g, jsonify, request
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from shared import cli, log, migrate
from shared.db import engine_options, tune_sqlite
from shared.identity import Identity, install_identity, known
from shared.messaging.asyncapi import document
from shared.messaging.contract import Contract
from shared.messaging.copies import write_before_reading
from shared.service import KEY, Service, Tables
from shared.settings import Settings
from shared.version import VERSION
from shared.web.install import install_web

#: An upload and a form together; larger requests are refused unread (bytes).
MAX_REQUEST = 4 * 1024 * 1024


def make_app(
    name: str,
    module: str,
    *,
    title: str,
    settings: Settings | None,
    db: Any,
    contract: Contract,
    tables: Tables,
    pages: Blueprint,
    apis: Sequence[Any],
    identity: Identity | None = None,
    aggregates: dict[str, Any] | None = None,
    derive: Callable[[Session, Mapping[type[Any], Collection[UUID]]], None] | None = None,
    jobs: Mapping[str, Any] | None = None,
    duties: Mapping[str, Callable[..., None]] | None = None,
) -> Flask:
    """One service's Flask application.

    ``module`` is the package of the service; ``aggregates`` are the classes that `flask replay` may
    tell anew; ``jobs`` are the kinds of work done outside the request (shared.jobs); ``identity`` is given
    by registry only, the others know accounts by messages; ``derive`` keeps an index of what was announced
    or journalled, in the same transaction; ``duties`` are done every day (shared.duties).
    """
    settings = settings or Settings.from_env(name)
    log.configure(settings.log_level)
    app = Flask(module, static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=MAX_REQUEST,
        MAX_FORM_MEMORY_SIZE=MAX_REQUEST,
        SESSION_COOKIE_NAME=f"{name}_session",
        SESSION_COOKIE_PATH=f"/{name}",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.cookie_secure,
        TESTING=settings.testing,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # the documented way to wrap a Flask app
            app.wsgi_app, settings.proxies, settings.proxies, settings.proxies, 0, settings.proxies
        )
    app.extensions[KEY] = Service(
        name,
        settings,
        db,
        contract,
        tables,
        aggregates=aggregates or {},
        derive=derive,
        jobs=jobs or {},
        duties=duties or {},
    )
    db.init_app(app)
    write_before_reading(db.session)
    with app.app_context():
        tune_sqlite(db.engine)
    _number_requests(app)
    install_identity(app, identity or known(tables))
    install_web(
        app,
        service=name,
        title=title,
        version=VERSION,
        translations=[Path(app.root_path) / "translations"],
        apis=apis,
        public_url=settings.public_url,
    )
    app.register_blueprint(pages)
    _health(app)

    @app.get("/asyncapi.json")
    def asyncapi() -> Response:
        return jsonify(document(contract, VERSION))

    cli.install(app)
    return app


def _number_requests(app: Flask) -> None:
    """Give each request a number that its answer, log lines, errors and journal lines share."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if given.isalnum() and len(given) <= 64 else secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.request_id
        return response


def _health(app: Flask) -> None:
    """``/healthz``: the process answers. ``/readyz``: its database answers and is migrated."""

    @app.get("/healthz")
    def alive() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    def ready() -> Response:
        db = app.extensions[KEY].db
        try:
            with db.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
            migrated = migrate.at_head(app)
        except Exception as error:
            raise ServiceUnavailable("database") from error
        if not migrated:
            raise ServiceUnavailable("migrations")
        return jsonify(status="ready")
