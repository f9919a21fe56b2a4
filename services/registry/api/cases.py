"""Support cases: threads between the operator and a municipality."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers, project_answers
from services.registry.schemas.cases import CaseFilter
from shared.web.export import attachment
from shared.web.person import current_person


@bp.route("/cases")
class Cases(MethodView):
    """Support cases."""

    @bp.arguments(CaseFilter(only=["state", "text"]), location="query", unknown="exclude")
    @bp.response(200, project_answers.CaseOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """Your cases, those without an answer for the longest time first."""
        page = queries.cases(current_person(), **wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.CaseIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Open a case with its first message."""
        return {"id": actions.open_case(current_person(), **data)}


@bp.route("/cases/numbers")
class CaseNumbers(MethodView):
    """I-22."""

    @bp.arguments(schemas.PeriodIn, location="query", unknown="exclude")
    @bp.response(200, project_answers.CaseNumbersOut)
    def get(self, wanted: dict[str, Any]) -> Any:
        """Opened, closed and the median of days of a period (operator; I-22)."""
        return queries.case_numbers(current_person(), **wanted)


@bp.route("/cases/<uuid:case_id>")
class OneCase(MethodView):
    """A support case."""

    @bp.response(200, project_answers.CaseCardOut)
    def get(self, case_id: UUID) -> Any:
        """A case with its thread; somebody else's case does not exist."""
        return queries.case(current_person(), case_id)


@bp.route("/cases/<uuid:case_id>/messages")
class CaseMessages(MethodView):
    """Messages."""

    @bp.arguments(schemas.MessageIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], case_id: UUID) -> None:
        """Write into the thread."""
        actions.post_message(current_person(), case_id=case_id, **data)


@bp.route("/cases/<uuid:case_id>/files")
class CaseFiles(MethodView):
    """Files."""

    @bp.arguments(schemas.CaseFileIn, location="files")
    @bp.response(204)
    def post(self, data: dict[str, Any], case_id: UUID) -> None:
        """Send a file as a message of its own: PDF, PNG, JPEG, DOCX or XLSX without macros."""
        sent = data["file"]
        actions.post_message(
            current_person(),
            case_id=case_id,
            text=sent.filename,
            filename=sent.filename,
            content=sent.content,
        )


@bp.route("/cases/files/<uuid:file_id>")
class OneCaseFile(MethodView):
    """A file."""

    @bp.response(200, content_type="application/octet-stream", description="The file as it was sent")
    def get(self, file_id: UUID) -> Response:
        """Download a file of a thread that you have."""
        kept = queries.case_file(current_person(), file_id)
        return attachment(kept.content, kept.filename, kept.media_type)


@bp.route("/cases/<uuid:case_id>/read")
class CaseReading(MethodView):
    """Reading."""

    @bp.response(204)
    def post(self, case_id: UUID) -> None:
        """Remember that you have seen the thread as it is now."""
        actions.read_case(current_person(), case_id=case_id)


@bp.route("/cases/<uuid:case_id>/close")
class CaseClosing(MethodView):
    """Closing."""

    @bp.arguments(schemas.ResultIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], case_id: UUID) -> None:
        """Close the case with its result."""
        actions.close_case(current_person(), case_id=case_id, **data)


@bp.route("/cases/<uuid:case_id>/reopen")
class CaseReopening(MethodView):
    """Reopening."""

    @bp.arguments(schemas.MessageIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], case_id: UUID) -> None:
        """Open a closed case again, saying why."""
        actions.reopen_case(current_person(), case_id=case_id, **data)


@bp.route("/cases/<uuid:case_id>/assign")
class CaseAssigning(MethodView):
    """Responsible person."""

    @bp.arguments(schemas.ResponsibleIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], case_id: UUID) -> None:
        """Name who answers for the case at the operator (operator)."""
        actions.assign_case(current_person(), case_id=case_id, **data)
