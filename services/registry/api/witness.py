"""Kept heads of contest logs (F6)."""

from typing import Any

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import queries
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers, filters


@bp.route("/witness/heads")
class WitnessedHeads(MethodView):
    """The outside witness."""

    @bp.arguments(filters.WitnessFilter, location="query", unknown="exclude")
    @bp.response(200, answers.WitnessedHeadOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """Heads of contest logs as they came, the newest first; open to everybody."""
        page = queries.witnessed_heads(**wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)
