"""The JSON door of the registry."""

from services.registry.api import (
    acts,
    agreements,
    cases,
    organisations,
    people,
    platforms,
    projects,
    roadmaps,
    tokens,
)
from services.registry.api.door import bp

__all__ = [
    "acts",
    "agreements",
    "bp",
    "cases",
    "organisations",
    "people",
    "platforms",
    "projects",
    "roadmaps",
    "tokens",
]
from services.registry.api import papers

__all__ = ["acts", "agreements", "bp", "organisations", "papers", "people", "platforms", "tokens"]
from services.registry.api import history

__all__ = ["acts", "agreements", "bp", "history", "organisations", "people", "platforms", "tokens"]
