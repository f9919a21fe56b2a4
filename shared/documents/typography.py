"""Russian typography of printed documents (model, 3.9): «ёлочки», „лапки“ inside, no-break spaces, dashes."""

from __future__ import annotations

import re

NBSP = "\u00a0"
_OPENS_AFTER = frozenset(" \t\n([{«„—–-/" + NBSP)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_RULES = (
    (re.compile(r"№[ \u00a0]*(?=[\w–-])"), f"№{NBSP}"),
    (re.compile(r"(?<=\d) (?=%|руб|мин\b|ч\b|чел\b|г\.|гг\.)"), NBSP),
    (re.compile(r"(?<= )[-–] (?!\d)|(?<=\D )[-–] (?=\d)"), "— "),  # but not between two dates
    (re.compile(r" — "), f"{NBSP}— "),
    (re.compile(r"\b([А-ЯЁ]\.) ?([А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])"), rf"\1{NBSP}\2{NBSP}"),
    (re.compile(r"(?<=[а-яё]) (?=[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.)"), NBSP),
)


def clean(text: str) -> str:
    """The text without characters no file format can hold (control codes, half a surrogate pair)."""
    return _FORBIDDEN.sub("", text)


def typeset(text: str, *, lang: str = "ru") -> str:
    """The text as a Russian reader expects it in print; texts in other languages are only cleaned."""
    text = clean(text)
    if lang != "ru":
        return text
    text = _quotes(text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _quotes(text: str) -> str:
    """Straight quotes become «», and „“ when they stand inside other quotes."""
    out: list[str] = []
    depth = 0
    for position, char in enumerate(text):
        if char == "«":
            depth += 1
        elif char == "»":
            depth = max(0, depth - 1)
        elif char == '"':
            if position == 0 or text[position - 1] in _OPENS_AFTER:
                char = "«" if depth == 0 else "„"
                depth += 1
            else:
                char = "“" if depth > 1 else "»"
                depth = max(0, depth - 1)
        out.append(char)
    return "".join(out)
