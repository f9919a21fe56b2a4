"""The HTML door of the registry."""

from services.registry.pages import (
    accounts,
    acts,
    agreements,
    filters,
    history,
    landing,
    organisations,
    people,
    platforms,
    profile,
    provider,
    session,
)
from services.registry.pages.door import bp

__all__ = [
    "accounts",
    "acts",
    "agreements",
    "bp",
    "filters",
    "history",
    "landing",
    "organisations",
    "people",
    "platforms",
    "profile",
    "provider",
    "session",
]
