"""Reference pages of a service: its HTTP API (Swagger UI, offline) and its messages (AsyncAPI)."""

from typing import Any

from flask import Blueprint, render_template, url_for

from shared.messaging.asyncapi import document
from shared.service import current
from shared.version import VERSION

Document = dict[str, Any]


def resolve(described: Document, node: Any) -> Any:
    """The node that a ``$ref`` inside the document points to; any other node is itself."""
    while isinstance(node, dict) and str(node.get("$ref", "")).startswith("#/"):
        target: Any = described
        for step in node["$ref"][2:].split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def _kind(described: Document, schema: Document) -> str:
    """A short name of a type: ``string (uuid)``, ``array of string``, ``A | B``."""
    schema = resolve(described, schema)
    variants = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if variants:
        return " | ".join(dict.fromkeys(_kind(described, variant) for variant in variants))
    kinds = schema.get("type", "object" if "properties" in schema else "any")
    name = " | ".join(kinds) if isinstance(kinds, list) else kinds
    if name == "array" and "items" in schema:
        return f"array of {_kind(described, schema['items'])}"
    if "enum" in schema:
        return f"{name}: {', '.join(str(value) for value in schema['enum'])}"
    return f"{name} ({schema['format']})" if "format" in schema else name


def messages_of(described: Document) -> list[Document]:
    """The messages of an AsyncAPI 3 document as rows for reading: address, direction, text, fields."""
    rows = []
    for operation in described.get("operations", {}).values():
        channel = resolve(described, operation["channel"])
        listed = operation.get("messages") or list(channel.get("messages", {}).values())
        for reference in listed:
            message = resolve(described, reference)
            payload = resolve(described, message.get("payload", {}))
            payload = resolve(described, payload.get("schema", payload))
            data = resolve(described, payload.get("properties", {}).get("data", payload))
            required = set(data.get("required", ()))
            rows.append(
                {
                    "name": message.get("name") or channel.get("address", ""),
                    "direction": operation["action"],
                    "address": channel.get("address", ""),
                    "text": message.get("description") or message.get("summary", ""),
                    "fields": [
                        (name, _kind(described, schema), name in required)
                        for name, schema in data.get("properties", {}).items()
                    ],
                }
            )
    return sorted(rows, key=lambda row: (row["direction"] != "send", row["name"]))


bp = Blueprint("docs", __name__)


@bp.get("/docs")
def http_api() -> str:
    """The HTTP API, to read and to try."""
    return render_template("shared/docs.html", spec=url_for("api-docs.openapi_json"))


@bp.get("/asyncapi")
def messages() -> str:
    """The messages that the service sends and receives, to read."""
    described = document(current().contract, VERSION)
    return render_template("shared/asyncapi.html", document=described, messages=messages_of(described))
