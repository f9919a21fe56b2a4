"""The HTML door of the registry."""

from services.registry.pages import (
    acts,
    agreements,
    cases,
    filters,
    history,
    landing,
    organisations,
    papers,
    people,
    platforms,
    projects,
    recommendations,
    roadmaps,
    session,
)
from services.registry.pages.door import bp

__all__ = [
    "acts",
    "agreements",
    "bp",
    "cases",
    "filters",
    "history",
    "landing",
    "organisations",
    "papers",
    "people",
    "platforms",
    "projects",
    "recommendations",
    "roadmaps",
    "session",
]
