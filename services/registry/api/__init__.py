"""The JSON door of the registry."""

from services.registry.api import act_drafts, acts, agreements, organisations, people, platforms, tokens
from services.registry.api.door import bp

__all__ = ["act_drafts", "acts", "agreements", "bp", "organisations", "people", "platforms", "tokens"]
from services.registry.api import papers

__all__ = ["acts", "agreements", "bp", "organisations", "papers", "people", "platforms", "tokens"]
