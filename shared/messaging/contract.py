"""What a service tells and what it listens to: typed messages declared once as dataclasses.

A contract is an object, not a global registry: four services in one process must not see each
other's classes. The marshmallow schema of a message is derived from its dataclass, so there is one
truth. Published messages are strict; consumed ones ignore fields they do not know (tolerant reader).
"""

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields

if TYPE_CHECKING:
    from shared.messaging.envelope import Envelope
    from shared.unit import Unit

M = TypeVar("M")
Handler = Callable[["Unit", Any, "Envelope"], None]

#: ``<service>.<aggregate>.<past participle>.v<major>``
NAME = re.compile(r"(?P<service>[a-z]+)\.(?P<aggregate>[a-z_]+)\.(?P<verb>[a-z_]+)\.v(?P<major>[1-9][0-9]*)")

SIMPLE: dict[type, type[fields.Field[Any]]] = {
    str: fields.String,
    int: fields.Integer,
    bool: fields.Boolean,
    UUID: fields.UUID,
    datetime: fields.AwareDateTime,
    date: fields.Date,
}


class BadMessage(Exception):
    """A message that does not fit its declaration; ``errors`` names the fields."""

    def __init__(self, errors: Any) -> None:
        super().__init__(str(errors))
        self.errors = errors


@dataclass(frozen=True)
class Declared:
    """One message of a contract: its name, dataclass, schema and the field that is its subject."""

    name: str
    kind: type[Any]
    schema: Schema
    subject: str

    def dump(self, message: Any) -> dict[str, Any]:
        """The message as JSON-ready data."""
        data = self.schema.dump(message)
        assert isinstance(data, dict)
        return data

    def load(self, data: Any) -> Any:
        """A message object from data; BadMessage names every field that does not fit."""
        try:
            return _build(self.kind, self.schema.load(data))
        except ValidationError as error:
            raise BadMessage(error.messages) from None


class Contract:
    """The messages of one service."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.published: dict[str, Declared] = {}
        self.consumed: dict[str, Declared] = {}
        self.handlers: dict[str, Handler] = {}
        self._names: dict[type[Any], str] = {}

    def publishes(self, name: str, *, subject: str) -> Callable[[type[M]], type[M]]:
        """Declare a message that this service tells; ``subject`` is the field with the aggregate's id."""

        def declare(kind: type[M]) -> type[M]:
            parts = NAME.fullmatch(name)
            if parts is None or parts["service"] != self.service:
                raise ValueError(
                    f"{name}: a message of {self.service} is {self.service}.<aggregate>.<verb>.v<n>"
                )
            self.published[name] = Declared(name, kind, schema_of(kind, unknown=RAISE)(), subject)
            self._names[kind] = name
            return kind

        return declare

    def consumes(self, name: str) -> Callable[[type[M]], type[M]]:
        """Declare this service's own copy of somebody's message: only the fields it uses."""

        def declare(kind: type[M]) -> type[M]:
            if NAME.fullmatch(name) is None:
                raise ValueError(f"{name}: not a message name")
            self.consumed[name] = Declared(name, kind, schema_of(kind, unknown=EXCLUDE)(), "")
            self._names[kind] = name
            return kind

        return declare

    def handles(self, kind: type[M]) -> Callable[[Handler], Handler]:
        """Register the reaction to a consumed message."""

        def register(handler: Handler) -> Handler:
            self.handlers[self._names[kind]] = handler
            return handler

        return register

    def declared(self, message: object) -> Declared:
        """The declaration of a message that this service publishes."""
        return self.published[self._names[type(message)]]


def schema_of(kind: type[Any], *, unknown: str) -> type[Schema]:
    """The marshmallow schema of a dataclass; ``unknown`` holds at every level of nesting."""
    hints = typing.get_type_hints(kind)
    members: dict[str, Any] = {}
    for member in dataclasses.fields(kind):
        optional = (
            member.default is not dataclasses.MISSING or member.default_factory is not dataclasses.MISSING
        )
        members[member.name] = _field(hints[member.name], unknown, required=not optional)
    members["Meta"] = type("Meta", (), {"unknown": unknown, "register": False})
    return type(kind.__name__ + "Schema", (Schema,), members)


def _field(hint: Any, unknown: str, *, required: bool) -> fields.Field[Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    options: dict[str, Any] = {"required": required}
    if origin in (typing.Union, types.UnionType):
        (hint,) = [argument for argument in arguments if argument is not type(None)]
        options["allow_none"] = True
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is list:
        return fields.List(_field(arguments[0], unknown, required=True), **options)
    if hint is Decimal:
        return fields.Decimal(as_string=True, **options)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return fields.Enum(hint, by_value=True, **options)
    if dataclasses.is_dataclass(hint):
        nested = schema_of(typing.cast("type[Any]", hint), unknown=unknown)
        return fields.Nested(nested, **options)
    return SIMPLE[hint](**options)


def _build(kind: type[Any], data: Mapping[str, Any]) -> Any:
    """A dataclass from loaded data, nested dataclasses included."""
    hints = typing.get_type_hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in data.items()})


def _value(hint: Any, value: Any) -> Any:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        (hint,) = [argument for argument in typing.get_args(hint) if argument is not type(None)]
    if value is None:
        return None
    if typing.get_origin(hint) is list:
        return [_value(typing.get_args(hint)[0], item) for item in value]
    return _build(hint, value) if isinstance(hint, type) and dataclasses.is_dataclass(hint) else value
