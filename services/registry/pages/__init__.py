"""The HTML door of the registry."""

from services.registry.pages import (
    acts,
    agreements,
    filters,
    history,
    landing,
    organisations,
    papers,
    people,
    platforms,
    session,
)
from services.registry.pages.door import bp

__all__ = [
    "acts",
    "agreements",
    "bp",
    "filters",
    "history",
    "landing",
    "organisations",
    "papers",
    "people",
    "platforms",
    "session",
]
