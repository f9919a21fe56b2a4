"""The JSON door of the registry."""

from services.registry.api import (
    act_drafts,
    acts,
    agreements,
    cases,
    consents,
    history,
    importing,
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
    "act_drafts",
    "acts",
    "agreements",
    "bp",
    "cases",
    "consents",
    "history",
    "importing",
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
