"""The JSON door of the registry."""

from services.registry.api import (
    acts,
    agreements,
    invitations,
    organisations,
    people,
    platforms,
    profile,
    tokens,
)
from services.registry.api.door import bp

__all__ = [
    "acts",
    "agreements",
    "bp",
    "invitations",
    "organisations",
    "people",
    "platforms",
    "profile",
    "tokens",
]
from services.registry.api import history

__all__ = ["acts", "agreements", "bp", "history", "organisations", "people", "platforms", "tokens"]
