"""What an import says about a row: a msgid with its parameters, as JSON keeps it until somebody reads it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from shared.refusal import Refused

#: ``{"text": msgid, "params": {…}}``, with the ``rule`` where a rule refuses.
Note = dict[str, Any]


def note(text: str, **params: object) -> Note:
    """A sentence to be translated where it is shown."""
    return {"text": text, "params": {name: _plain(value) for name, value in params.items()}}


def refusal(refused: Refused) -> Note:
    """The same from a refusal of a rule."""
    return {**note(refused.text, **refused.params), "rule": refused.rule}


def fault(found: dict[str, Note], field: str, text: str, **params: object) -> None:
    """Remember what is wrong with a field; the first fault of a field is the one that is told."""
    found.setdefault(field, note(text, **params))


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what has been given."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return value if isinstance(value, str | int) else str(value)
