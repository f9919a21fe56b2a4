"""Base classes of all input and output schemas: one strictness and one language for pages and API."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import marshmallow as ma
from flask_babel import gettext
from flask_smorest.fields import Upload as SmorestUpload
from marshmallow import fields, validate

from shared.clock import MOSCOW
from shared.refusal import N_
from shared.web.marshmallow_texts import RUSSIAN
from shared.web.wording import word_all

MESSAGE_ATTRIBUTES = ("error", "message", "message_min", "message_max", "message_all", "message_equal")


class Phrase(str):
    """A message that is translated at the moment when marshmallow fills in its places."""

    __slots__ = ()

    def format(self, *args: object, **places: object) -> str:
        """The translated message with its places filled in."""
        return gettext(RUSSIAN.get(str(self), str(self))).format(*args, **places)


def _phrased(validator: Any) -> Any:
    """A copy of a marshmallow validator that speaks the language of the reader."""
    if not isinstance(validator, validate.Validator):
        return validator
    speaking = copy.copy(validator)
    for name in MESSAGE_ATTRIBUTES:
        text = getattr(validator, name, None)
        if isinstance(text, str):
            setattr(speaking, name, Phrase(text))
    if isinstance(speaking, validate.And):
        speaking.validators = tuple(_phrased(v) for v in speaking.validators)
    return speaking


def _teach(field: fields.Field) -> None:
    """Let a field, its validators and its inner fields speak the language of the reader."""
    field.error_messages = {key: Phrase(text) for key, text in field.error_messages.items()}
    field.validators = [_phrased(v) for v in field.validators]
    for name in ("inner", "key_field", "value_field"):
        inner = getattr(field, name, None)
        if isinstance(inner, fields.Field):
            _teach(inner)


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _tidy(value: Any) -> Any:
    """Text without spaces around it; NUL and half a surrogate pair, which no database takes, are refused."""
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            raise ma.ValidationError(N_("Текст содержит недопустимые знаки."))
        return value.strip()
    if isinstance(value, Mapping):
        return {key: _tidy(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_tidy(inner) for inner in value]
    return value


class InSchema(ma.Schema):
    """What a person or a program sends: unknown fields are refused, text is tidied, errors are translated."""

    class Meta:
        unknown = ma.RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field) -> None:
        """Called by marshmallow for every field of every new schema."""
        _teach(field_obj)

    @ma.pre_load
    def tidy(self, data: Any, **_: object) -> Any:
        """Drop the page's CSRF token, strip text and refuse NUL characters, naming the field."""
        if not isinstance(data, Mapping):
            return data
        tidy, faults = {}, {}
        for key, value in data.items():
            if key == "csrf_token":
                continue
            try:
                tidy[key] = _tidy(value)
            except ma.ValidationError as fault:
                faults[key] = fault.messages
        if faults:
            raise ma.ValidationError(faults)
        return tidy

    def load(self, *args: Any, **kwargs: Any) -> Any:
        """As marshmallow's, with every message in the language of the reader."""
        try:
            return super().load(*args, **kwargs)
        except ma.ValidationError as fault:
            fault.messages = word_all(fault.messages)
            raise


class OutSchema(ma.Schema):
    """What the API answers."""


class Text(fields.String):
    """A line or a paragraph of text with a limit; when required, it may not be empty."""

    def __init__(self, *, max: int = 500, **kwargs: Any) -> None:
        limits: list[Any] = [validate.Length(max=max)]
        if kwargs.get("required"):
            limits.insert(0, validate.Length(min=1, error=N_("Заполните это поле.")))
        more = kwargs.pop("validate", None) or []
        super().__init__(validate=[*limits, *(more if isinstance(more, list | tuple) else [more])], **kwargs)


class Moment(fields.AwareDateTime):
    """A date and time; without a time zone (as forms send it) it is meant in Moscow time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=MOSCOW, **kwargs)


@dataclass(frozen=True)
class SentFile:
    """A file that a person sent: its name as the person's computer calls it, and its bytes."""

    filename: str
    content: bytes


class Upload(SmorestUpload):
    """A sent file, read into memory and limited in size; loads to :class:`SentFile`."""

    def __init__(self, *, max_bytes: int = 3 * 1024 * 1024, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_bytes = max_bytes

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> SentFile:
        if not hasattr(value, "read"):
            raise ma.ValidationError(N_("Приложите файл."))
        content = value.read(self.max_bytes + 1)
        if len(content) > self.max_bytes:
            raise ma.ValidationError(N_("Файл слишком большой."))
        if not content:
            raise ma.ValidationError(N_("Файл пуст."))
        return SentFile(filename=value.filename or "", content=content)
