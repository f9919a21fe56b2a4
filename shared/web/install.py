"""Puts the whole web shell on a Flask application; called once by ``shared.app``."""

from collections.abc import Iterable
from pathlib import Path

from flask import Flask

from shared.web import api, desk, docs, errors, filters, headers, i18n, origin, templating


def install_web(
    app: Flask,
    *,
    service: str,
    title: str,
    version: str,
    translations: Iterable[Path] = (),
    apis: Iterable[api.Blueprint] = (),
    public_url: str = "",
) -> None:
    """Headers, origin check, languages, errors, templates, API, reference pages and the operator's desk.

    ``translations`` are folders with ``en.po`` (and ``ru.po`` for plural forms). ``apis`` are served under
    ``/api/v1``. ``public_url`` is the address of the whole suite as people see it, for letters and codes.
    """
    app.config["PUBLIC_URL"] = public_url
    headers.install(app)
    origin.install(app)
    i18n.install(app, translations)
    filters.install(app)
    errors.install(app)
    templating.install(app, service=service, title=title, version=version)
    api.install(app, apis, title=title, version=version)
    app.register_blueprint(docs.bp)
    app.register_blueprint(desk.bp)
