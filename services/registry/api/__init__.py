"""The JSON door of the registry."""

from services.registry.api import acts, agreements, history, organisations, people, platforms, tokens
from services.registry.api.door import bp

__all__ = ["acts", "agreements", "bp", "history", "organisations", "people", "platforms", "tokens"]
from services.registry.api import acts, agreements, organisations, papers, people, platforms, tokens
from services.registry.api.door import bp

__all__ = ["acts", "agreements", "bp", "organisations", "papers", "people", "platforms", "tokens"]
