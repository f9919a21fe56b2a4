"""The JSON door of the registry."""

from services.registry.api import (
    acts,
    agreements,
    consents,
    history,
    invitations,
    organisations,
    papers,
    people,
    platforms,
    privacy,
    profile,
    search,
    tokens,
)
from services.registry.api.door import (
    bp,
)

__all__ = [
    "acts",
    "agreements",
    "bp",
    "consents",
    "history",
    "invitations",
    "organisations",
    "papers",
    "people",
    "platforms",
    "privacy",
    "profile",
    "search",
    "tokens",
]
