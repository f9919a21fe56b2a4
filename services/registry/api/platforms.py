"""Platforms, actions on their status, decisions that wait for an order."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers, filters
from shared.web.person import current_person


@bp.route("/platforms")
class Platforms(MethodView):
    """Platforms."""

    @bp.arguments(filters.PlatformFilter, location="query", unknown="exclude")
    @bp.response(200, answers.PlatformOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """The register of platforms as it was on a day, open to everybody."""
        page = queries.platforms(**wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.PlatformIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Apply for a platform (operator, holder, ТМС of the territory; BR-21)."""
        return {"id": actions.apply_for_platform(current_person(), **data)}


@bp.route("/platforms/<uuid:platform_id>")
class OnePlatform(MethodView):
    """A platform."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, answers.PlatformCardOut)
    def get(self, wanted: dict[str, Any], platform_id: UUID) -> Any:
        """Open fields for everybody; the history for those who may read it."""
        return queries.platform(current_person(), platform_id, **wanted)


@bp.route("/platforms/<uuid:platform_id>/award")
class Award(MethodView):
    """Award of a status."""

    @bp.arguments(schemas.AwardIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID) -> None:
        """Award the status by an act (BR-19, BR-20, BR-23)."""
        actions.award_status(current_person(), platform_id=platform_id, **data)


@bp.route("/platforms/<uuid:platform_id>/extend")
class Extension(MethodView):
    """Extension of a status."""

    @bp.arguments(schemas.ExtensionIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID) -> None:
        """Extend the status by an act."""
        actions.extend_status(current_person(), platform_id=platform_id, **data)


@bp.route("/platforms/<uuid:platform_id>/suspend")
class Suspension(MethodView):
    """Suspend the status, naming the ground."""

    @bp.arguments(schemas.StepIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID) -> None:
        """Suspend the status, naming the ground."""
        actions.suspend_status(current_person(), platform_id=platform_id, **data)


@bp.route("/platforms/<uuid:platform_id>/resume")
class Resumption(MethodView):
    """Resume a suspended status."""

    @bp.arguments(schemas.StepIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID) -> None:
        """Resume a suspended status."""
        actions.resume_status(current_person(), platform_id=platform_id, **data)


@bp.route("/platforms/<uuid:platform_id>/terminate")
class PlatformTermination(MethodView):
    """Terminate the status by an act (BR-24)."""

    @bp.arguments(schemas.StepIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID) -> None:
        """Terminate the status by an act (BR-24)."""
        actions.terminate_status(current_person(), platform_id=platform_id, **data)


@bp.route("/platforms/<uuid:platform_id>/complete")
class Completion(MethodView):
    """The platform has done its work."""

    @bp.arguments(schemas.StepIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID) -> None:
        """The platform has done its work."""
        actions.complete_status(current_person(), platform_id=platform_id, **data)


@bp.route("/platforms/<uuid:platform_id>/decline")
class Declining(MethodView):
    """Declining an application."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID) -> None:
        """Decline an application."""
        actions.decline_platform(current_person(), platform_id=platform_id, **data)


@bp.route("/platforms/expire")
class PlatformExpiry(MethodView):
    """Ends of terms."""

    @bp.arguments(schemas.OnIn)
    @bp.response(200, answers.ChangedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Close statuses whose term is over on a day."""
        return {"ids": actions.expire_statuses(current_person(), **data)}


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
