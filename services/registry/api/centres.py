"""Resource centres."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.registry import actions, queries, schemas
from services.registry.api.door import bp
from services.registry.schemas import agreement_answers, answers, filters
from shared.web.person import current_person


@bp.route("/resource-centres")
class ResourceCentres(MethodView):
    """Resource centres."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, agreement_answers.CentreOut(many=True))
    def get(self, wanted: dict[str, Any]) -> Any:
        """Resource centres with capacity and taken places on a day, open to everybody (BR-17)."""
        return queries.resource_centres(queries.as_of(**wanted))

    @bp.arguments(schemas.ResourceCentreIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Record the status of krai resource centre and its capacity."""
        return {"id": actions.grant_resource_centre(current_person(), **data)}


@bp.route("/resource-centres/<uuid:organisation_id>")
class OneResourceCentre(MethodView):
    """A resource centre."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, agreement_answers.CentreCardOut)
    def get(self, wanted: dict[str, Any], organisation_id: UUID) -> Any:
        """Acts, capacity and taken places on a day, as known on a day (BR-17)."""
        return queries.resource_centre(current_person(), organisation_id, **wanted)


@bp.route("/resource-centres/<uuid:organisation_id>/end")
class ResourceCentreEnd(MethodView):
    """The end of the status."""

    @bp.arguments(schemas.CentreEndIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], organisation_id: UUID) -> None:
        """End the status of krai resource centre by an act (operator)."""
        actions.end_resource_centre(current_person(), organisation_id=organisation_id, **data)
