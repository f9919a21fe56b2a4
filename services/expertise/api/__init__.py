"""The JSON door of expertise."""

from services.expertise.api import (
    analysis,
    appeals,
    checks,
    contests,
    council,
    entries,
    entry_content,
    experts,
    papers,
    planning,
    proof,
    sessions,
)
from services.expertise.api.door import bp

__all__ = [
    "analysis",
    "appeals",
    "bp",
    "checks",
    "contests",
    "council",
    "entries",
    "entry_content",
    "experts",
    "papers",
    "planning",
    "proof",
    "sessions",
]
