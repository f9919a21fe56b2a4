"""Facts with both times and their basis, corrections, differences of knowledge (F7)."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers, filters
from shared.web.person import current_person


@bp.route("/history/<uuid:subject_id>")
class History(MethodView):
    """Everything recorded of a thing."""

    @bp.response(200, answers.FactOut(many=True))
    def get(self, subject_id: UUID) -> Any:
        """Every fact ever recorded of an organisation, platform, agreement, act or municipality."""
        return queries.history(current_person(), subject_id).lines


@bp.route("/changes")
class Changes(MethodView):
    """Differences of knowledge."""

    @bp.arguments(filters.ChangesFilter, location="query", unknown="exclude")
    @bp.response(200, answers.DifferenceOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """How the registry of one day differs as known on two days."""
        page = queries.changes(
            current_person(), queries.compared(**wanted), **portion(pagination_parameters)
        )
        return items(page, pagination_parameters)


@bp.route("/facts/<uuid:fact_id>/correct")
class Correcting(MethodView):
    """Corrections."""

    @bp.arguments(schemas.CorrectionIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], fact_id: UUID) -> None:
        """Correct what was recorded by mistake; the old fact stays in the history."""
        actions.correct_fact(current_person(), fact_id=fact_id, **data)
