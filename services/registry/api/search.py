"""The search over everything a person may see."""

from typing import Any

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import queries
from services.registry.api.door import bp, portion
from services.registry.schemas import answers, filters
from shared.web.person import current_person


@bp.route("/search")
class Search(MethodView):
    """The search."""

    @bp.arguments(filters.SearchFilter, location="query", unknown="exclude")
    @bp.response(200, answers.FoundOut)
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """Organisations, platforms, acts, municipalities; agreements and people by scope (model 3.5)."""
        kinds = [wanted["kind"]] if wanted["kind"] else []
        found = queries.search(current_person(), wanted["text"], kinds, **portion(pagination_parameters))
        pagination_parameters.item_count = found.page.total
        return {
            "items": found.page.items,
            "counts": [{"kind": kind, "total": total} for kind, total in found.counts.items()],
        }
