"""The HTML door of the registry."""

from services.registry.pages import (
    acts,
    agreement_terms,
    agreements,
    centres,
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
    "agreement_terms",
    "agreements",
    "bp",
    "centres",
    "filters",
    "history",
    "landing",
    "organisations",
    "papers",
    "people",
    "platforms",
    "session",
]
