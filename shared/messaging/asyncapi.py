"""The AsyncAPI 3.0 document of a contract: what a service sends and what it receives."""

from typing import Any

from apispec import APISpec

from shared.exact import ExactPlugin
from shared.messaging.contract import Contract, Declared
from shared.messaging.envelope import CONTENT_TYPE, SCHEMA, SOURCE
from shared.messaging.transport import EXCHANGE


def document(contract: Contract, version: str) -> dict[str, Any]:
    """The document as plain data; names are message names, payloads are whole envelopes."""
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for action, declared in (("send", contract.published), ("receive", contract.consumed)):
        for name, one in sorted(declared.items()):
            key = name.replace(".", "_")
            channels[key] = _channel(one, contract.service if action == "send" else name.split(".", 1)[0])
            operations[f"{action}_{key}"] = {"action": action, "channel": {"$ref": f"#/channels/{key}"}}
            schemas[key] = _schema(one)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": f"МетодСеть: {contract.service}",
            "version": version,
            "description": "CloudEvents 1.0 in structured JSON mode over RabbitMQ.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": channels,
        "operations": operations,
        "components": {"schemas": schemas},
    }


def _channel(one: Declared, source: str) -> dict[str, Any]:
    key = one.name.replace(".", "_")
    return {
        "address": one.name,
        "messages": {
            key: {
                "name": one.name,
                "title": one.kind.__name__,
                "summary": (one.kind.__doc__ or "").strip().split("\n", 1)[0],
                "contentType": CONTENT_TYPE,
                "payload": _envelope(one.name, source, key),
            }
        },
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {"name": EXCHANGE, "type": "topic", "durable": True, "autoDelete": False},
                "bindingVersion": "0.3.0",
            }
        },
    }


def _envelope(name: str, source: str, key: str) -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["specversion", "id", "source", "type", "subject", "time", "aggregateversion", "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {"type": "string", "format": "uuid"},
            "source": {"const": SOURCE + source},
            "type": {"const": name},
            "subject": {**text, "description": "identifier of the aggregate"},
            "time": {"type": "string", "format": "date-time"},
            "datacontenttype": {"const": "application/json"},
            "dataschema": {"const": SCHEMA + name},
            "aggregateversion": {"type": "integer", "minimum": 0},
            "correlationid": text,
            "causationid": text,
            "actorid": text,
            "data": {"$ref": f"#/components/schemas/{key}"},
        },
    }


def _schema(one: Declared) -> dict[str, Any]:
    # No name: nested schemas are written in place.
    plugin = ExactPlugin(schema_name_resolver=lambda _schema: "")
    APISpec(title="", version="", openapi_version="3.1.0", plugins=[plugin])
    converter: Any = plugin.converter
    schema: dict[str, Any] = converter.schema2jsonschema(one.schema)
    schema["description"] = " ".join((one.kind.__doc__ or "").split())
    return schema
