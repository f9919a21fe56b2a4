"""Drafts of normative acts."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import act_answers, answers, filters
from shared.web.person import current_person


@bp.route("/acts/drafts")
class Drafts(MethodView):
    """Drafts of acts."""

    @bp.arguments(filters.DraftFilter, location="query", unknown="exclude")
    @bp.response(200, act_answers.DraftOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """Drafts that you keep."""
        page = queries.drafts(current_person(), **wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.DraftIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Begin a draft of an act (those who may enter the act itself)."""
        return {"id": actions.draft_act(current_person(), **data)}


@bp.route("/acts/drafts/<uuid:draft_id>")
class OneDraft(MethodView):
    """A draft."""

    @bp.response(200, act_answers.DraftOut)
    def get(self, draft_id: UUID) -> Any:
        """A draft that you keep."""
        return queries.draft(current_person(), draft_id)


@bp.route("/acts/drafts/<uuid:draft_id>/approve")
class Approval(MethodView):
    """Approvals."""

    @bp.arguments(schemas.ActApprovalIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], draft_id: UUID) -> Any:
        """Give the draft its number and date; answers with the act."""
        return {"id": actions.approve_act(current_person(), draft_id=draft_id, **data)}


@bp.route("/acts/drafts/<uuid:draft_id>/reject")
class Rejection(MethodView):
    """Rejections."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], draft_id: UUID) -> None:
        """Put the draft aside for good, with the reason."""
        actions.reject_act(current_person(), draft_id=draft_id, **data)
