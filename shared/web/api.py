"""The API of a service: flask-smorest with problem+json, ``Link`` pages, exact decimals and OpenAPI 3.1.

Overrides a few private hooks of flask-smorest 0.47; ``tests/services/web/`` watches them.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, ClassVar

import flask_smorest
from flask import Flask, g, jsonify, request, url_for
from flask.wrappers import Response
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import CombinedMultiDict

from shared.exact import ExactPlugin
from shared.person import PUBLIC
from shared.web.problems import PROBLEM_JSON, ProblemSchema
from shared.web.wording import warning_texts

#: Documented at every operation, besides what the operation itself documents.
ALWAYS = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
CHANGING = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


#: The answer of an operation that has nothing to say but warnings.
WARNINGS = {
    "type": "object",
    "required": ["warnings"],
    "properties": {"warnings": {"type": "array", "items": {"type": "string"}}},
}


class ProblemApi(flask_smorest.Api):
    """An API whose documented errors are problem documents; ``shared.web.errors`` makes the real ones."""

    DEFAULT_RESPONSE_CONTENT_TYPE: str = "application/json"

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Nothing: one handler serves pages and API."""

    def _register_responses(self) -> None:
        kept: str = self.DEFAULT_RESPONSE_CONTENT_TYPE
        self.DEFAULT_RESPONSE_CONTENT_TYPE = PROBLEM_JSON
        try:
            super()._register_responses()
        finally:
            self.DEFAULT_RESPONSE_CONTENT_TYPE = kept

    def _openapi_json(self) -> Response:
        """The document, with the path under which this service is mounted as its server."""
        return jsonify({**self.spec.to_dict(), "servers": [{"url": request.script_root or "/"}]})


class Parser(FlaskParser):
    """The usual places of a request, and ``multipart``: inputs and files sent together as one form."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "multipart": None,
    }
    __location_map__ = {**FlaskParser.__location_map__, "multipart": "load_multipart"}

    def load_multipart(self, req: Any, schema: Any) -> Any:
        """Inputs and files of a form."""
        return self._makeproxy(CombinedMultiDict([req.form, req.files]), schema)


class Blueprint(flask_smorest.Blueprint):
    """A part of the API. A cookie gives no rights here: only ``Authorization: Bearer`` does."""

    ARGUMENTS_PARSER = Parser()
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING: ClassVar[dict[str, str]] = {
        **flask_smorest.Blueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING,
        "multipart": "multipart/form-data",
    }
    PAGINATION_HEADER_NAME = "Link"
    DEFAULT_PAGINATION_PARAMETERS = {"page": 1, "page_size": 50, "max_page_size": 200}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare_doc_cbks.append(self._document_errors)
        self.before_request(_forget_cookies)
        self.after_request(_tell_warnings)

    def _set_pagination_metadata(self, page_params: Any, result: Any, headers: Any) -> tuple[Any, Any]:
        """RFC 8288 links to the neighbouring pages, and the number of all items."""
        count, page, size = page_params.item_count or 0, page_params.page, page_params.page_size
        last = max(1, -(-count // size))
        pages = {"first": 1, "last": last}
        if page > 1:
            pages["prev"] = min(page - 1, last)
        if page < last:
            pages["next"] = page + 1
        links = ", ".join(f'<{_page_address(number, size)}>; rel="{rel}"' for rel, number in pages.items())
        return result, {**(headers or {}), "Link": links, "X-Total-Count": str(count)}

    def _document_pagination_metadata(self, spec: Any, resp_doc: dict[str, Any]) -> None:
        resp_doc.setdefault("headers", {}).update(
            {
                "Link": {"description": "RFC 8288: first, prev, next, last", "schema": {"type": "string"}},
                "X-Total-Count": {"description": "Number of all items", "schema": {"type": "integer"}},
            }
        )

    @staticmethod
    def _document_errors(doc: dict[str, Any], doc_info: Any, *, method: str, **_: object) -> dict[str, Any]:
        """Every operation tells which refusals it may answer with."""
        responses = doc.setdefault("responses", {})
        if method != "get" and {HTTPStatus.NO_CONTENT.value, str(HTTPStatus.NO_CONTENT.value)} & set(
            responses
        ):
            responses.setdefault(
                HTTPStatus.OK.value,
                {
                    "description": "Done, but a rule finds fault with it (BR-05)",
                    "content": {"application/json": {"schema": WARNINGS}},
                },
            )
        statuses = [*ALWAYS, HTTPStatus.NOT_FOUND, *(CHANGING if method != "get" else ())]
        for status in statuses:
            responses.setdefault(status.value, status.name)
        return doc


def _page_address(page: int, size: int) -> str:
    args = {**request.args.to_dict(flat=False), "page": page, "page_size": size}
    return url_for(request.endpoint or "", _external=True, **{**(request.view_args or {}), **args})


def _forget_cookies() -> None:
    """A person known only by a cookie is nobody for the API: another site could have sent the request."""
    if "Authorization" not in request.headers:
        g.person = PUBLIC


def _tell_warnings(response: Response) -> Response:
    """Add what the rules found fault with and let pass to the answer as ``warnings`` (BR-05)."""
    texts = warning_texts()
    if texts and response.status_code < HTTPStatus.BAD_REQUEST:
        body = response.get_json(silent=True) or {}
        if isinstance(body, dict):
            told: Response = jsonify({**body, "warnings": texts})
            response.set_data(told.get_data())
            response.content_type = told.content_type
            if response.status_code == HTTPStatus.NO_CONTENT:
                response.status_code = HTTPStatus.OK
    return response


def install(app: Flask, blueprints: Iterable[Blueprint], *, title: str, version: str) -> ProblemApi:
    """Serve the blueprints under ``/api/v1`` and their document at ``/openapi.json``."""
    app.config.update(
        API_TITLE=f"МетодСеть: {title}",
        API_VERSION=version,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
    )
    bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    api = ProblemApi(app, spec_kwargs={"security": [{"bearer": []}], "marshmallow_plugin": ExactPlugin()})
    api.spec.components.security_scheme("bearer", bearer)
    for blueprint in blueprints:
        api.register_blueprint(blueprint, url_prefix=f"/api/v1{blueprint.url_prefix or ''}")
    return api
