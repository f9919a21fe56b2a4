"""The HTML door of expertise."""

from services.expertise.pages import (
    analysis,
    cabinet,
    contests,
    council,
    desk,
    editions,
    entries,
    experts,
    filters,
    papers,
    policy_form,
    proof,
    rubrics,
    sheet_papers,
    sheets,
)
from services.expertise.pages.door import bp

__all__ = [
    "analysis",
    "bp",
    "cabinet",
    "contests",
    "council",
    "desk",
    "editions",
    "entries",
    "experts",
    "filters",
    "papers",
    "policy_form",
    "proof",
    "rubrics",
    "sheet_papers",
    "sheets",
]
