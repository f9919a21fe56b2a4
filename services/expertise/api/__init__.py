"""The JSON door of expertise."""

from services.expertise.api import (
    analysis,
    checks,
    contests,
    council,
    entries,
    entry_content,
    experts,
    papers,
    proof,
    sessions,
)
from services.expertise.api.door import bp

__all__ = [
    "analysis",
    "bp",
    "checks",
    "contests",
    "council",
    "entries",
    "entry_content",
    "experts",
    "papers",
    "proof",
    "sessions",
]
