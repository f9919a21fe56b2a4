"""Rating, decisions, results."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from shared.web.person import current_person


@bp.route("/editions/<uuid:edition_id>/rating/<uuid:nomination_id>")
class Rating(MethodView):
    """The rating of a nomination."""

    @bp.response(200, schemas.RatingRowOut(many=True))
    def get(self, edition_id: UUID, nomination_id: UUID) -> Any:
        """Places, scores, tie-breakers: the secretary at any time, operator and council after the stages."""
        return queries.rating(current_person(), edition_id, nomination_id)


@bp.route("/editions/<uuid:edition_id>/protocols")
class Protocols(MethodView):
    """Protocols of the council."""

    @bp.response(200, schemas.ProtocolOut(many=True))
    def get(self, edition_id: UUID) -> Any:
        """Protocols, with the check of their rating snapshot."""
        return queries.protocols(current_person(), edition_id)

    @bp.arguments(schemas.DecisionsIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Record a session of the council with its decisions."""
        return {"id": actions.record_decisions(current_person(), edition_id=edition_id, **data)}


@bp.route("/editions/<uuid:edition_id>/publish")
class Publication(MethodView):
    """Publication."""

    @bp.response(200, schemas.EditionCardOut)
    def post(self, edition_id: UUID) -> Any:
        """Publish the results."""
        actions.publish_results(current_person(), edition_id=edition_id)
        return queries.edition(current_person(), edition_id)


@bp.route("/editions/<uuid:edition_id>/close-appeals")
class AppealsEnd(MethodView):
    """End of appeals."""

    @bp.response(200, schemas.EditionCardOut)
    def post(self, edition_id: UUID) -> Any:
        """End the term of appeals."""
        actions.close_appeals(current_person(), edition_id=edition_id)
        return queries.edition(current_person(), edition_id)


@bp.route("/editions/<uuid:edition_id>/archive")
class Archiving(MethodView):
    """The archive."""

    @bp.response(200, schemas.EditionCardOut)
    def post(self, edition_id: UUID) -> Any:
        """Put a completed edition into the archive."""
        actions.archive_edition(current_person(), edition_id=edition_id)
        return queries.edition(current_person(), edition_id)


@bp.route("/editions/<uuid:edition_id>/results")
class Results(MethodView):
    """Published results."""

    @bp.response(200, schemas.ResultOut(many=True))
    def get(self, edition_id: UUID) -> Any:
        """Results, open to everybody after publication."""
        return queries.published_results(current_person(), edition_id)
