"""Technical check, correction of remarks, return for revision; papers about an entry."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from shared.web.person import current_person


@bp.route("/entries/<uuid:entry_id>/check")
class Check(MethodView):
    """Technical check."""

    @bp.arguments(schemas.CheckIn)
    @bp.response(200, schemas.EntryCardOut)
    def post(self, data: dict[str, Any], entry_id: UUID) -> Any:
        """Record the technical check (secretary)."""
        actions.check_entry(current_person(), entry_id=entry_id, **data)
        return queries.entry(current_person(), entry_id)


@bp.route("/entries/<uuid:entry_id>/fix")
class Fix(MethodView):
    """Correction of remarks."""

    @bp.arguments(schemas.FixIn)
    @bp.response(200, schemas.EntryCardOut)
    def post(self, data: dict[str, Any], entry_id: UUID) -> Any:
        """Report remarks as fixed before the deadline."""
        actions.fix_entry(current_person(), entry_id=entry_id, **data)
        return queries.entry(current_person(), entry_id)


@bp.route("/editions/<uuid:edition_id>/expire-fixes")
class Expiry(MethodView):
    """Missed deadlines."""

    @bp.response(200, schemas.CountOut)
    def post(self, edition_id: UUID) -> Any:
        """Reject entries whose remarks were not fixed in time (secretary)."""
        return {"count": actions.expire_fixes(current_person(), edition_id=edition_id)}


@bp.route("/entries/<uuid:entry_id>/return")
class Return(MethodView):
    """Return for revision."""

    @bp.arguments(schemas.RemarksIn)
    @bp.response(200, schemas.EntryCardOut)
    def post(self, data: dict[str, Any], entry_id: UUID) -> Any:
        """Return an entry for revision (secretary)."""
        actions.return_for_revision(current_person(), entry_id=entry_id, **data)
        return queries.entry(current_person(), entry_id)


@bp.route("/entries/<uuid:entry_id>/resubmit")
class Resubmission(MethodView):
    """The answer to a return."""

    @bp.arguments(schemas.TopicIn)
    @bp.response(200, schemas.EntryCardOut)
    def post(self, data: dict[str, Any], entry_id: UUID) -> Any:
        """Send a revised entry again with an answer to the remarks."""
        actions.resubmit_entry(current_person(), entry_id=entry_id, **data)
        return queries.entry(current_person(), entry_id)


@bp.route("/entries/<uuid:entry_id>/technical-act")
class TechnicalAct(MethodView):
    """The act of the technical check."""

    @bp.response(201, schemas.CreatedOut)
    def post(self, entry_id: UUID) -> Any:
        """Issue the act of the technical check (secretary; D-04); its files are under /papers."""
        return {"id": actions.issue_technical_act(current_person(), entry_id=entry_id)}


@bp.route("/entries/<uuid:entry_id>/application")
class ApplicationPaper(MethodView):
    """The entry as a paper."""

    @bp.response(201, schemas.CreatedOut)
    def post(self, entry_id: UUID) -> Any:
        """Issue a registered entry as a paper (applicant, secretary; D-18); its files are under /papers."""
        return {"id": actions.issue_application(current_person(), entry_id=entry_id)}
