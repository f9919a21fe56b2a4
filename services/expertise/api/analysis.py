"""The reliability of the jury."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.expertise import queries, schemas
from services.expertise.api.door import bp
from shared.web.person import current_person


@bp.route("/editions/<uuid:edition_id>/analysis/<uuid:nomination_id>")
class JuryAnalysis(MethodView):
    """What the marks of the jury of a nomination prove."""

    @bp.arguments(schemas.AnalysisFilter, location="query", unknown="exclude")
    @bp.response(200, schemas.AnalysisOut)
    def get(self, wanted: dict[str, Any], edition_id: UUID, nomination_id: UUID) -> Any:
        """Agreement, calibrated places with intervals, experts, weights: advisory, beside the official places."""
        return queries.analysis(current_person(), edition_id, nomination_id, **wanted)
