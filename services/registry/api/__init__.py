"""The JSON door of the registry."""

from services.registry.api import (
    acts,
    agreements,
    consents,
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
    "organisations",
    "papers",
    "people",
    "platforms",
    "privacy",
    "tokens",
]
