"""The JSON door of the registry."""

from services.registry.api import (
    acts,
    agreements,
    history,
    organisations,
    papers,
    people,
    platform_reports,
    platforms,
    proposals,
    tokens,
)
from services.registry.api.door import bp

__all__ = [
    "acts",
    "agreements",
    "bp",
    "history",
    "organisations",
    "papers",
    "people",
    "platform_reports",
    "platforms",
    "proposals",
    "tokens",
]
