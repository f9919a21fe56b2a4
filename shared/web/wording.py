"""Refusals and validation messages in the language of the reader."""

from datetime import date
from typing import Any

from flask import g
from flask_babel import gettext

from shared.refusal import Refused, Warned
from shared.web.filters import day
from shared.web.marshmallow_texts import RUSSIAN


def word(text: str) -> str:
    """A msgid (or a built-in message of marshmallow) in the language of the reader; other text stays."""
    return gettext(RUSSIAN.get(text, text)) if text else text


def refusal_text(refusal: Refused | Warned) -> str:
    """The text of a refusal or a warning with its parameters filled in."""
    params = {key: _shown(value) for key, value in refusal.params.items()}
    text = word(refusal.text)
    return text % params if params else text


def warning_texts() -> list[str]:
    """What the rules found fault with in this request and let pass (BR-05)."""
    return [refusal_text(warned) for warned in g.get("warnings", [])]


def _shown(value: object) -> object:
    """A parameter of a refusal as people read it: a date as 05.03.2019, a msgid translated, a list with commas."""
    if isinstance(value, list | tuple):
        return ", ".join(str(_shown(one)) for one in value)
    if isinstance(value, str):
        return word(value)
    return day(value) if isinstance(value, date) else value


def word_all(messages: Any) -> Any:
    """The same tree of validation messages in the language of the reader."""
    if isinstance(messages, dict):
        return {key: word_all(value) for key, value in messages.items()}
    if isinstance(messages, list | tuple):
        return [word_all(value) for value in messages]
    return word(str(messages))


def flatten(messages: Any, joint: str = ".", prefix: str = "") -> dict[str, list[str]]:
    """Validation messages by the path of the faulty value: ``items.0.remark``."""
    if not isinstance(messages, dict):
        return {prefix: [str(m) for m in messages] if isinstance(messages, list) else [str(messages)]}
    flat: dict[str, list[str]] = {}
    for key, value in messages.items():
        part = "" if key == "_schema" else str(key)
        for name, texts in flatten(value, joint, joint.join(filter(None, (prefix, part)))).items():
            flat.setdefault(name, []).extend(texts)
    return flat
