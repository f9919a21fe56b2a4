"""The JSON door of the registry."""

from services.registry.api import (
    act_drafts,
    acts,
    agreements,
    history,
    organisations,
    papers,
    people,
    platforms,
    tokens,
)
from services.registry.api.door import bp

__all__ = [
    "act_drafts",
    "acts",
    "agreements",
    "bp",
    "history",
    "organisations",
    "papers",
    "people",
    "platforms",
    "tokens",
]
