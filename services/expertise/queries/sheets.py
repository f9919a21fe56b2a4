"""A score sheet as plain data."""

from services.expertise.model import ScoreSheet
from services.expertise.queries.views import SheetView


def sheet_view(sheet: ScoreSheet, expert_code: str, expert_name: str | None) -> SheetView:
    """The sheet with its expert coded, and named where the reader may know the name (BR-61)."""
    return SheetView(
        sheet_id=sheet.id,
        stage_kind=sheet.assignment.stage.kind,
        kind=sheet.assignment.kind,
        expert_code=expert_code,
        expert_name=expert_name,
        state=sheet.state,
        scores=sheet.exact_scores,
        comments=sheet.comments,
        conclusion=sheet.conclusion,
        total=sheet.total,
        percent=sheet.percent,
        signed_at=sheet.signed_at,
        cancel_reason=sheet.cancel_reason,
    )
