"""Normative acts."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers, filters
from shared.web.person import current_person


@bp.route("/acts")
class Acts(MethodView):
    """Acts."""

    @bp.arguments(filters.ActFilter, location="query", unknown="exclude")
    @bp.response(200, answers.ActOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """The register of acts, open to everybody."""
        page = queries.acts(**wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.ActIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Enter an act (operator, ИРО; local acts also ТМС and МОУО; BR-01)."""
        return {"id": actions.record_act(current_person(), **data)}


@bp.route("/acts/<uuid:act_id>")
class OneAct(MethodView):
    """An act."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, answers.ActCardOut)
    def get(self, wanted: dict[str, Any], act_id: UUID) -> Any:
        """An act as of a day, its relations and chains of amendments."""
        return queries.act(current_person(), act_id, wanted["on"])


@bp.route("/acts/<uuid:act_id>/relations")
class Relations(MethodView):
    """Relations of an act."""

    @bp.arguments(schemas.RelationIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], act_id: UUID) -> Any:
        """Say what the act does to another one (BR-03, BR-04)."""
        return {"id": actions.relate_acts(current_person(), source_id=act_id, **data)}
