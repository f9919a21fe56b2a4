"""The JSON door of the registry."""

from services.registry.api import (
    acts,
    agreements,
    centres,
    history,
    organisations,
    papers,
    people,
    platforms,
    tokens,
)
from services.registry.api.door import bp

__all__ = [
    "acts",
    "agreements",
    "bp",
    "centres",
    "history",
    "organisations",
    "papers",
    "people",
    "platforms",
    "tokens",
]
