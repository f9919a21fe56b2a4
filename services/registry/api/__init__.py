"""The JSON door of the registry."""

from services.registry.api import acts, agreements, importing, organisations, people, platforms, tokens
from services.registry.api.door import bp

__all__ = ["acts", "agreements", "bp", "importing", "organisations", "people", "platforms", "tokens"]
from services.registry.api import acts, agreements, history, organisations, people, platforms, tokens
from services.registry.api.door import bp

__all__ = ["acts", "agreements", "bp", "history", "organisations", "people", "platforms", "tokens"]
