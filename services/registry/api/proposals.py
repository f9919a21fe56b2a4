"""Decisions that wait for an order, and the drafts printed from them (D-07, BR-56)."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers, filters
from shared.web.person import current_person


@bp.route("/proposals")
class Proposals(MethodView):
    """Decisions of the expert council."""

    @bp.arguments(filters.ProposalFilter, location="query", unknown="exclude")
    @bp.response(200, answers.ProposalOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """Decisions that wait for an order (operator)."""
        page = queries.proposals(current_person(), **wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)


@bp.route("/proposals/enact")
class Enactment(MethodView):
    """Enactment of decisions."""

    @bp.arguments(schemas.EnactIn)
    @bp.response(200, answers.ChangedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Enact decisions by one order; answers with the platforms concerned (BR-56)."""
        return {"ids": actions.enact_decisions(current_person(), **data)}


@bp.route("/proposals/<uuid:proposal_id>/decline")
class ProposalDeclining(MethodView):
    """A decision put aside."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], proposal_id: UUID) -> None:
        """Put a decision aside, with the reason."""
        actions.decline_proposal(current_person(), proposal_id=proposal_id, **data)


@bp.route("/proposals/overtaken")
class OvertakenProposals(MethodView):
    """Decisions that the council has taken back."""

    @bp.response(200, answers.OvertakenOut(many=True))
    def get(self) -> Any:
        """Enacted or declined decisions about which the council decided otherwise since (operator, BR-60)."""
        return queries.overtaken_proposals(current_person())


@bp.route("/proposals/<uuid:proposal_id>/later")
class LaterDecision(MethodView):
    """What was done about it."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], proposal_id: UUID) -> None:
        """Say what was done about a decision that the council has taken back."""
        actions.settle_later_decision(current_person(), proposal_id=proposal_id, **data)


@bp.route("/order-drafts")
class OrderDrafts(MethodView):
    """Drafts of orders."""

    @bp.response(200, answers.OrderDraftOut(many=True))
    def get(self) -> Any:
        """Drafts that no signed order has enacted yet (operator)."""
        return queries.order_drafts(current_person())

    @bp.arguments(schemas.OrderDraftIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Print the draft of an order from chosen decisions (D-07)."""
        return {"id": actions.draft_order(current_person(), **data)}


@bp.route("/order-drafts/<uuid:draft_id>")
class OneOrderDraft(MethodView):
    """A draft of an order."""

    @bp.response(200, answers.OrderDraftOut)
    def get(self, draft_id: UUID) -> Any:
        """The draft and the decisions it lists (operator)."""
        return queries.order_draft(current_person(), draft_id)


@bp.route("/order-drafts/<uuid:draft_id>/enact")
class DraftEnactment(MethodView):
    """Enactment of a whole draft."""

    @bp.arguments(schemas.ActOnlyIn)
    @bp.response(200, answers.ChangedOut)
    def post(self, data: dict[str, Any], draft_id: UUID) -> Any:
        """Turn exactly the decisions of the draft into statuses by the signed order (BR-56)."""
        return {"ids": actions.enact_draft(current_person(), draft_id=draft_id, **data)}
