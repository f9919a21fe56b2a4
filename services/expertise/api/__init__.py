"""The JSON door of expertise."""

from services.expertise.api import (
    analysis,
    anonymity,
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
    "anonymity",
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
