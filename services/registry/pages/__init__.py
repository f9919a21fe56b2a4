"""The HTML door of the registry."""

from services.registry.pages import (
    accounts,
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
    profile,
    provider,
    search,
    session,
)
from services.registry.pages.door import (
    bp,
)

__all__ = [
    "accounts",
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
    "profile",
    "provider",
    "search",
    "session",
]
