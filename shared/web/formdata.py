"""From what a browser sends to what a schema loads."""

import re
from typing import Any

from marshmallow import Schema, fields
from werkzeug.datastructures import FileStorage, MultiDict

from shared.web.schema import Upload

Files = MultiDict[str, FileStorage]


def submitted(schema: Schema, form: MultiDict[str, str], files: Files) -> dict[str, Any]:
    """The input of ``schema`` found in a submitted form.

    An empty input counts as absent. Several inputs of one name make a list. A list of nested schemas is
    read from ``items-0-remark``, a mapping from ``scores-K1``. Names that the schema does not know are
    passed on, so that it can refuse them.
    """
    data = _read(schema, form, files, "")
    known = tuple(field.data_key or name for name, field in schema.load_fields.items())
    for name in form:
        if name != "csrf_token" and name not in known and not name.startswith(tuple(f"{k}-" for k in known)):
            data[name] = form[name]
    return data


def _read(schema: Schema, form: MultiDict[str, str], files: Files, prefix: str) -> dict[str, Any]:
    data = {}
    for name, field in schema.load_fields.items():
        key = field.data_key or name
        value = _value(field, form, files, prefix + key)
        if value is not None:
            data[key] = value
    return data


def _value(field: fields.Field, form: MultiDict[str, str], files: Files, name: str) -> Any:
    """What the form holds for one field; None when nothing was entered."""
    if isinstance(field, Upload):
        sent = files.get(name)
        return sent if sent and sent.filename else None
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        return _rows(field.inner.schema, form, files, name)
    if isinstance(field, fields.List):
        return [_plain(field.inner, value) for value in form.getlist(name) if value.strip()] or None
    if isinstance(field, fields.Dict):
        inner = field.value_field or fields.Raw()
        pairs = {key[len(name) + 1 :]: form[key] for key in form if key.startswith(f"{name}-")}
        return {key: _plain(inner, value) for key, value in pairs.items() if value.strip()} or None
    values = form.getlist(name)
    return _plain(field, values[-1]) if values and values[-1].strip() else None


def _rows(schema: Schema, form: MultiDict[str, str], files: Files, name: str) -> list[dict[str, Any]] | None:
    found = (re.match(rf"{re.escape(name)}-(\d+)-", key) for key in form)
    numbers = sorted({int(match[1]) for match in found if match})
    return [_read(schema, form, files, f"{name}-{number}-") for number in numbers] or None


def _plain(field: fields.Field, value: str) -> str:
    """A decimal may be typed as people write it: with a comma and spaces between thousands."""
    if isinstance(field, fields.Decimal | fields.Float):
        return re.sub(r"\s", "", value).replace(",", ".")
    return value
