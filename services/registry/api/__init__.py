"""The JSON door of the registry."""

from services.registry.api import (
    act_drafts,
    acts,
    agreements,
    consents,
    history,
    organisations,
    papers,
    people,
    platforms,
    privacy,
    tokens,
)
from services.registry.api.door import bp

__all__ = [
    "act_drafts",
    "acts",
    "agreements",
    "bp",
    "consents",
    "history",
    "organisations",
    "papers",
    "people",
    "platforms",
    "privacy",
    "tokens",
]
