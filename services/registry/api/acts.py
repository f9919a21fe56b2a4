"""Normative acts: register, counts, cards, relations, texts."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import act_answers, answers, filters
from shared.web.person import current_person


@bp.route("/acts")
class Acts(MethodView):
    """Acts."""

    @bp.arguments(filters.ActFilter, location="query", unknown="exclude")
    @bp.response(200, act_answers.ActRowOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """The register of acts as of a day, as it was known on a day; open to everybody."""
        page = queries.acts(**wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.ActIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Enter an act (operator, ИРО; local acts also ТМС and МОУО; BR-01)."""
        return {"id": actions.record_act(current_person(), **data)}


@bp.route("/acts/counts")
class ActCounts(MethodView):
    """Counts of acts."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, act_answers.ActCountsOut)
    def get(self, wanted: dict[str, Any]) -> Any:
        """How many acts are in force on a day, by level and kind (F8)."""
        return {"counts": queries.acts_in_force(**wanted)}


@bp.route("/acts/bibliography")
class Bibliography(MethodView):
    """The list of normative acts."""

    @bp.arguments(filters.BibliographyFilter, location="query", unknown="exclude")
    @bp.response(200, act_answers.BibliographyOut)
    def get(self, wanted: dict[str, Any]) -> Any:
        """The list of normative acts in force on a day, ready to be copied (D-20)."""
        return queries.bibliography(**wanted)


@bp.route("/acts/bibliography/print")
class PrintedBibliography(MethodView):
    """The list of normative acts on paper."""

    @bp.arguments(filters.BibliographyFilter)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Print the list (D-20); answers with the paper, whose files are under /papers."""
        return {"id": actions.print_bibliography(current_person(), **data)}


@bp.route("/acts/without-basis")
class WithoutBasis(MethodView):
    """Facts without a valid basis."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, act_answers.RestingOut(many=True))
    def get(self, wanted: dict[str, Any]) -> Any:
        """What holds on a day without a valid basis (operator, administrator, ИРО; F7)."""
        return queries.without_basis(current_person(), wanted["on"], wanted["known"])


@bp.route("/acts/<uuid:act_id>")
class OneAct(MethodView):
    """An act."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, act_answers.ActCardOut)
    def get(self, wanted: dict[str, Any], act_id: UUID) -> Any:
        """An act as of a day: its relations, its redaction and chains of amendments."""
        return queries.act(current_person(), act_id, **wanted)


@bp.route("/acts/<uuid:act_id>/impact")
class ActImpact(MethodView):
    """What rests on an act."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, act_answers.ImpactOut)
    def get(self, wanted: dict[str, Any], act_id: UUID) -> Any:
        """What loses its basis with the act, at any depth (operator, administrator, ИРО; F8)."""
        return queries.impact(current_person(), act_id, wanted["on"], wanted["known"])


@bp.route("/acts/<uuid:act_id>/file")
class ActText(MethodView):
    """The text of an act."""

    @bp.arguments(schemas.ActFileIn, location="files")
    @bp.response(204)
    def post(self, data: dict[str, Any], act_id: UUID) -> None:
        """Keep the text of the act as PDF or DOCX."""
        sent = data["file"]
        actions.attach_act_file(current_person(), act_id=act_id, filename=sent.filename, content=sent.content)


@bp.route("/acts/<uuid:act_id>/relations")
class Relations(MethodView):
    """Relations of an act."""

    @bp.arguments(schemas.RelationIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], act_id: UUID) -> Any:
        """Say what the act does to another act, a thing of the registry or words (BR-03, BR-04)."""
        return {"id": actions.relate_acts(current_person(), source_id=act_id, **data)}


@bp.route("/acts/relations/<uuid:relation_id>/withdraw")
class Withdrawal(MethodView):
    """Corrections of relations."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], relation_id: UUID) -> None:
        """Withdraw a mistaken relation; the end of its target is derived anew."""
        actions.withdraw_relation(current_person(), relation_id=relation_id, **data)
