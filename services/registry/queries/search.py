"""How registers are searched: every word somewhere in the normalised text (BR-07)."""

from typing import Any

import sqlalchemy as sa

from services.registry.rules.names import search_key


def words(text: str | None) -> list[str]:
    """Normalised words of what somebody typed; nothing typed is no condition."""
    return search_key(text or "").split()[:10]


def contains(column: Any, text: str | None) -> list[sa.ColumnElement[bool]]:
    """Conditions that each word stands somewhere in the column; normalised words hold no wildcards."""
    return [column.like(f"%{word}%") for word in words(text)]
