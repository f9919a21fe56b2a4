"""The HTML door of the registry."""

from services.registry.pages import (
    acts,
    agreements,
    consents,
    filters,
    history,
    landing,
    my_data,
    organisations,
    papers,
    people,
    platforms,
    privacy,
    session,
)
from services.registry.pages.door import bp

__all__ = [
    "acts",
    "agreements",
    "bp",
    "consents",
    "filters",
    "history",
    "landing",
    "my_data",
    "organisations",
    "papers",
    "people",
    "platforms",
    "privacy",
    "session",
]
