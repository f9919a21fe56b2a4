"""Import of tables: send, check, decide, apply as a whole, undo by correction (SC-13)."""

from services.registry.actions.importing.applying import apply_import, undo_import
from services.registry.actions.importing.batches import (
    check_import_again,
    decide_row,
    discard_import,
    skip_rows,
    upload_import,
)
from services.registry.actions.importing.jobs import JOBS

__all__ = [
    "JOBS",
    "apply_import",
    "check_import_again",
    "decide_row",
    "discard_import",
    "skip_rows",
    "undo_import",
    "upload_import",
]
