"""The JSON door of the registry."""

from services.registry.api import (
    acts,
    agreements,
    cases,
    consents,
    history,
    invitations,
    organisations,
    papers,
    people,
    platforms,
    privacy,
    profile,
    projects,
    roadmaps,
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
    "cases",
    "consents",
    "history",
    "invitations",
    "organisations",
    "papers",
    "people",
    "platforms",
    "privacy",
    "profile",
    "projects",
    "roadmaps",
    "search",
    "tokens",
]
