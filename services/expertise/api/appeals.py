"""Appeals."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from shared.web.person import current_person


@bp.route("/entries/<uuid:entry_id>/appeal")
class EntryAppeal(MethodView):
    """The appeal of an entry."""

    @bp.arguments(schemas.AppealIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], entry_id: UUID) -> Any:
        """Appeal against a published result, in term and once (applicant, or the secretary from paper)."""
        return {"id": actions.file_appeal(current_person(), entry_id=entry_id, **data)}


@bp.route("/editions/<uuid:edition_id>/appeals")
class EditionAppeals(MethodView):
    """Appeals of an edition."""

    @bp.response(200, schemas.AppealQueueOut)
    def get(self, edition_id: UUID) -> Any:
        """Appeals with their term and what keeps the results from being final (staff, commission)."""
        return queries.appeal_queue(current_person(), edition_id)


@bp.route("/appeals/<uuid:appeal_id>")
class OneAppeal(MethodView):
    """An appeal."""

    @bp.response(200, schemas.AppealCardOut)
    def get(self, appeal_id: UUID) -> Any:
        """The appeal with marks by coded expert and the decision (applicant, staff, commission)."""
        return queries.appeal(current_person(), appeal_id)


@bp.route("/appeals/<uuid:appeal_id>/withdraw")
class AppealWithdrawal(MethodView):
    """Taking an appeal back."""

    @bp.response(200, schemas.AppealCardOut)
    def post(self, appeal_id: UUID) -> Any:
        """Take the appeal back before it is in review."""
        actions.withdraw_appeal(current_person(), appeal_id=appeal_id)
        return queries.appeal(current_person(), appeal_id)


@bp.route("/appeals/<uuid:appeal_id>/accept")
class AppealAcceptance(MethodView):
    """Taking an appeal into review."""

    @bp.response(200, schemas.AppealCardOut)
    def post(self, appeal_id: UUID) -> Any:
        """Take the appeal into review (secretary)."""
        actions.accept_appeal(current_person(), appeal_id=appeal_id)
        return queries.appeal(current_person(), appeal_id)


@bp.route("/appeals/<uuid:appeal_id>/refuse")
class AppealRefusing(MethodView):
    """Not taking an appeal into review."""

    @bp.arguments(schemas.AppealRefusalIn)
    @bp.response(200, schemas.AppealCardOut)
    def post(self, data: dict[str, Any], appeal_id: UUID) -> Any:
        """Refuse a late or groundless appeal with the reason (secretary)."""
        actions.refuse_appeal(current_person(), appeal_id=appeal_id, **data)
        return queries.appeal(current_person(), appeal_id)


@bp.route("/appeals/<uuid:appeal_id>/recount")
class AppealRecount(MethodView):
    """The recount before the decision."""

    @bp.arguments(schemas.RecountIn)
    @bp.response(200, schemas.AppealEffectOut)
    def post(self, data: dict[str, Any], appeal_id: UUID) -> Any:
        """Score and places of everybody touched, if these values were set; nothing is written."""
        return queries.appeal_effect(current_person(), appeal_id, **data)


@bp.route("/appeals/<uuid:appeal_id>/decide")
class AppealDecision(MethodView):
    """The decision."""

    @bp.arguments(schemas.AppealDecisionIn)
    @bp.response(200, schemas.AppealCardOut)
    def post(self, data: dict[str, Any], appeal_id: UUID) -> Any:
        """Record the commission's decision: who heard it, votes, values, outcome. It is final."""
        actions.decide_appeal(current_person(), appeal_id=appeal_id, **data)
        return queries.appeal(current_person(), appeal_id)


@bp.route("/appeals/<uuid:appeal_id>/paper")
class AppealPaper(MethodView):
    """The printed decision."""

    @bp.response(201, schemas.CreatedOut)
    def post(self, appeal_id: UUID) -> Any:
        """Print the decision of the commission (D-21)."""
        return {"id": actions.issue_appeal_decision(current_person(), appeal_id=appeal_id)}
