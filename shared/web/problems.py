"""Errors of the API: RFC 9457 ``application/problem+json``."""

from typing import Any

from flask import g, jsonify
from flask.wrappers import Response
from marshmallow import Schema, fields

PROBLEM_JSON = "application/problem+json"


class ProblemSchema(Schema):
    """What went wrong, for programs and for people."""

    type = fields.String(required=True, metadata={"description": "about:blank"})
    title = fields.String(required=True, metadata={"description": "Name of the HTTP status"})
    status = fields.Integer(required=True, metadata={"description": "HTTP status"})
    detail = fields.String(metadata={"description": "What is wrong, in the language of the reader"})
    instance = fields.String(metadata={"description": "Number of the request, for the log"})
    rule = fields.String(metadata={"description": "Business rule that refuses, for example BR-14"})
    errors = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        metadata={"description": "Faults by input field"},
    )


def problem(status: int, title: str, detail: str = "", **more: Any) -> Response:
    """An answer that describes a problem; empty members are left out."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    body["instance"] = f"urn:request:{g.get('request_id', '')}"
    response = jsonify({key: value for key, value in body.items() if value})
    response.status_code = status
    response.mimetype = PROBLEM_JSON
    return response
