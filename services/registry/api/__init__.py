"""The JSON door of the registry."""

from services.registry.api import (
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
