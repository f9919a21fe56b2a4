"""Platforms and the actions on their status."""

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


@bp.route("/platforms/<uuid:platform_id>/records/<uuid:record_id>/correct")
class RecordCorrection(MethodView):
    """Correction of a status record."""

    @bp.arguments(schemas.RecordCorrectionIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID, record_id: UUID) -> None:
        """Put the right record in the place of a wrong one; the history must be possible (F7, BR-26)."""
        actions.correct_status(current_person(), platform_id=platform_id, record_id=record_id, **data)


@bp.route("/platforms/<uuid:platform_id>/records/<uuid:record_id>/withdraw")
class RecordWithdrawal(MethodView):
    """Withdrawal of a status record."""

    @bp.arguments(schemas.RecordWithdrawalIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID, record_id: UUID) -> None:
        """Take a record that never was out of the history (F7, BR-26)."""
        actions.withdraw_status_record(current_person(), platform_id=platform_id, record_id=record_id, **data)


@bp.route("/platforms/<uuid:platform_id>/composition")
class Composition(MethodView):
    """The composition of a platform."""

    @bp.arguments(schemas.CompositionIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID) -> None:
        """Change who holds a platform and takes part in it, by an act from a day on (BR-21)."""
        actions.change_composition(current_person(), platform_id=platform_id, **data)


@bp.route("/platforms/<uuid:platform_id>/description")
class Description(MethodView):
    """The words of a platform's card."""

    @bp.arguments(schemas.DescriptionIn)
    @bp.response(204)
    def put(self, data: dict[str, Any], platform_id: UUID) -> None:
        """Say who leads the platform, its directions and its calendar plan (operator, holder)."""
        actions.describe_platform(current_person(), platform_id=platform_id, **data)
