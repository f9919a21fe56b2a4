"""Experts, assignments, score sheets."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from shared.web.person import current_person


@bp.route("/experts")
class Experts(MethodView):
    """Enrolled experts."""

    @bp.response(200, schemas.ExpertOut(many=True))
    def get(self) -> Any:
        """All experts."""
        return queries.experts(current_person())

    @bp.arguments(schemas.EnrolIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Enrol a person as an expert (secretary)."""
        return {"id": actions.enrol_expert(current_person(), **data)}


@bp.route("/experts/<uuid:expert_id>")
class Expert(MethodView):
    """One expert."""

    @bp.response(200, schemas.ExpertCardOut)
    def get(self, expert_id: UUID) -> Any:
        """An expert's profile with the load: for those who run contests, and for the expert."""
        return queries.expert(current_person(), expert_id)


@bp.route("/editions/<uuid:edition_id>/assignments")
class Plan(MethodView):
    """The assignment matrix of the current stage."""

    @bp.arguments(schemas.MatrixFilter, location="query", unknown="exclude")
    @bp.response(200, schemas.MatrixOut)
    def get(self, wanted: dict[str, Any], edition_id: UUID) -> Any:
        """Entries × experts with assignments and conflicts (secretary); empty outside expert stages."""
        return queries.assignment_matrix(current_person(), edition_id, **wanted) or {}

    @bp.arguments(schemas.AssignmentPlanIn)
    @bp.response(201, schemas.CountOut)
    def post(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Assign experts to all entries of the current stage (secretary)."""
        return {"count": actions.assign_experts(current_person(), edition_id=edition_id, **data)}


@bp.route("/editions/<uuid:edition_id>/discrepancies")
class Discrepancies(MethodView):
    """Disagreements."""

    @bp.response(200, schemas.MatrixRowOut(many=True))
    def get(self, edition_id: UUID) -> Any:
        """Entries that need an extra expert (secretary)."""
        return queries.discrepancies(current_person(), edition_id)


@bp.route("/entries/<uuid:entry_id>/assignments")
class EntryAssignments(MethodView):
    """Experts of one entry."""

    @bp.arguments(schemas.ExpertAssignmentIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], entry_id: UUID) -> Any:
        """Assign one expert, regular or extra (secretary)."""
        return {"id": actions.assign_expert(current_person(), entry_id=entry_id, **data)}


@bp.route("/assignments")
class Queue(MethodView):
    """The expert's queue."""

    @bp.response(200, schemas.AssignmentOut(many=True))
    def get(self) -> Any:
        """One's own assignments, by deadline."""
        return queries.queue(current_person())


@bp.route("/assignments/<uuid:assignment_id>")
class Assignment(MethodView):
    """One assignment."""

    @bp.response(200, schemas.AssignmentCardOut)
    def get(self, assignment_id: UUID) -> Any:
        """One's own assignment; the entry opens after acceptance (BR-42)."""
        return queries.assignment(current_person(), assignment_id)


@bp.route("/assignments/<uuid:assignment_id>/accept")
class Acceptance(MethodView):
    """Acceptance."""

    @bp.response(200, schemas.AssignmentCardOut)
    def post(self, assignment_id: UUID) -> Any:
        """Accept and declare independence."""
        actions.accept_assignment(current_person(), assignment_id=assignment_id)
        return queries.assignment(current_person(), assignment_id)


@bp.route("/assignments/<uuid:assignment_id>/recuse")
class Recusal(MethodView):
    """Recusal."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], assignment_id: UUID) -> None:
        """Step back; no consent is needed."""
        actions.recuse(current_person(), assignment_id=assignment_id, **data)


@bp.route("/assignments/<uuid:assignment_id>/release")
class Release(MethodView):
    """Taking an assignment back."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], assignment_id: UUID) -> None:
        """Take an unfinished assignment back (secretary)."""
        actions.release_assignment(current_person(), assignment_id=assignment_id, **data)


@bp.route("/assignments/<uuid:assignment_id>/sheet")
class Sheet(MethodView):
    """The score sheet of an assignment."""

    @bp.arguments(schemas.SheetIn)
    @bp.response(200, schemas.AssignmentCardOut)
    def put(self, data: dict[str, Any], assignment_id: UUID) -> Any:
        """Save a draft of the sheet; total and percent are computed."""
        actions.save_sheet(current_person(), assignment_id=assignment_id, **data)
        return queries.assignment(current_person(), assignment_id)


@bp.route("/assignments/<uuid:assignment_id>/draft")
class Draft(MethodView):
    """The draft of a sheet, kept as typed."""

    @bp.response(200, schemas.DraftOut)
    def get(self, assignment_id: UUID) -> Any:
        """One's own draft with what it lacks for a signature."""
        return queries.draft_of(current_person(), assignment_id)

    @bp.arguments(schemas.DraftIn)
    @bp.response(200, schemas.DraftOut)
    def put(self, data: dict[str, Any], assignment_id: UUID) -> Any:
        """Keep what was typed, valid or not; refused (409) when another page has saved since ``seen``."""
        actions.keep_draft(current_person(), assignment_id=assignment_id, **data)
        return queries.draft_of(current_person(), assignment_id)


@bp.route("/assignments/<uuid:assignment_id>/sheet/sign")
class Signature(MethodView):
    """Signing."""

    @bp.arguments(schemas.SignIn)
    @bp.response(200, schemas.CreatedOut)
    def post(self, data: dict[str, Any], assignment_id: UUID) -> Any:
        """Sign the sheet; it is immutable then."""
        return {"id": actions.sign_sheet(current_person(), assignment_id=assignment_id, **data)}


@bp.route("/sheets/<uuid:sheet_id>/papers")
class SheetPapers(MethodView):
    """Papers about a signed sheet."""

    @bp.arguments(schemas.SheetPaperIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], sheet_id: UUID) -> Any:
        """Issue the conclusion (D-02) or the filled sheet (D-03): secretary, or the expert for one's own."""
        return {"id": actions.issue_sheet_paper(current_person(), sheet_id=sheet_id, **data)}


@bp.route("/entries/<uuid:entry_id>/conclusions")
class Conclusions(MethodView):
    """Conclusions for the applicant."""

    @bp.response(201, schemas.CreatedOut)
    def post(self, entry_id: UUID) -> Any:
        """Issue all conclusions about an entry without names of experts (D-02, BR-61)."""
        return {"id": actions.issue_conclusions(current_person(), entry_id=entry_id)}


@bp.route("/sheets/<uuid:sheet_id>/cancel")
class SheetCancellation(MethodView):
    """Cancellation of a signed sheet."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], sheet_id: UUID) -> None:
        """Cancel a spoiled sheet with a reason (secretary)."""
        actions.cancel_sheet(current_person(), sheet_id=sheet_id, **data)
