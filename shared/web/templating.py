"""What every template may use besides its own context."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, current_app, request, url_for

from shared.web import i18n, links
from shared.web.person import current_person

ROOT = Path(__file__).parent
YEAR = 365 * 24 * 3600


class Shell(Blueprint):
    """Shared templates and static files; an address changes with its content, so browsers may keep it."""

    def get_send_file_max_age(self, filename: str | None) -> int | None:
        """A year, for files that are asked with their print; a minute otherwise."""
        return YEAR if "v" in request.args else 60


def asset(name: str) -> str:
    """The address of a shared static file, with a print of its content."""
    prints: dict[str, str] = current_app.extensions["asset_prints"]
    if name not in prints:
        prints[name] = hashlib.sha256((ROOT / "static" / name).read_bytes()).hexdigest()[:10]
    return url_for("shared.static", filename=name, v=prints[name])


def same_page(**changes: Any) -> str:
    """The address of the current page with some query arguments changed."""
    args = {**request.args.to_dict(flat=False), **changes}
    if request.endpoint is None:
        return request.script_root + request.path
    return url_for(request.endpoint, **{**(request.view_args or {}), **args})


def page_address(endpoint: str, page: int) -> str:
    """The address of another page of the same list, keeping filters."""
    args = {**request.args.to_dict(flat=False), "page": page}
    return url_for(endpoint, **{**(request.view_args or {}), **args})


def csrf_token() -> str:
    """The double-submit value that a form sends back (flask-jwt-extended checks it)."""
    return request.cookies.get("csrf_access_token", "")


def install(app: Flask, *, service: str, title: str, version: str) -> None:
    """Register the shared templates and static files and what templates may call."""
    shell = Shell(
        "shared", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    app.register_blueprint(shell)
    app.extensions["asset_prints"] = {}
    app.jinja_env.globals.update(
        asset=asset,
        same_page=same_page,
        page_address=page_address,
        csrf_token=csrf_token,
        current_person=current_person,
        links=links,
        current_language=i18n.language,
        this_service=service,
        this_title=title,
        product_version=version,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
