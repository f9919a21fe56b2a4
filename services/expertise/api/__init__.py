"""The JSON door of expertise."""

from services.expertise.api import analysis, contests, council, entries, experts, papers, proof
from services.expertise.api.door import bp

__all__ = ["analysis", "bp", "contests", "council", "entries", "experts", "papers", "proof"]

