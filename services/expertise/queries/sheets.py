"""A score sheet as plain data."""

from services.expertise.model import ScoreSheet
from services.expertise.queries.views import DraftView, SheetView
from services.expertise.rules import scoring
from services.expertise.rules.policy import Policy
from services.expertise.rules.rubrics import Rubric


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
        remarks=sheet.remarks,
        recommendation=sheet.recommendation,
        total=sheet.total,
        percent=sheet.percent,
        signed_at=sheet.signed_at,
        cancel_reason=sheet.cancel_reason,
    )


def draft_view(sheet: ScoreSheet | None, rubric: Rubric, policy: Policy) -> DraftView:
    """The draft as typed, with what it lacks for a signature and why comments are obligatory (BR-45)."""
    scores = sheet.exact_scores if sheet else {}
    comments = sheet.comments if sheet else {}
    typed = sheet.typed if sheet else {}
    reasons = {
        one.code: reason
        for one in rubric.criteria
        if one.code in scores and (reason := scoring.comment_reason(rubric, one, scores[one.code], policy))
    }
    return DraftView(
        version=sheet.version if sheet else 0,
        scores={**{code: str(value) for code, value in scores.items()}, **typed},
        comments=comments,
        conclusion=sheet.conclusion if sheet else "",
        remarks=sheet.remarks if sheet else "",
        recommendation=sheet.recommendation if sheet else None,
        total=sheet.total if sheet else scoring.total(rubric, {}),
        percent=sheet.percent if sheet else scoring.percent(rubric, {}),
        maximum=rubric.maximum,
        reasons=reasons,
        faults=scoring.lacks(rubric, scores, typed, comments, sheet and sheet.recommendation, policy),
    )
