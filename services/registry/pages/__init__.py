"""The HTML door of the registry."""

from services.registry.pages import (
    act_drafts,
    act_lists,
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
    "act_drafts",
    "act_lists",
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
