"""Yearly reports of platforms, extracts, what comes up, the list as a file."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from services.registry import actions, queries, schemas
from services.registry.api.door import bp
from services.registry.schemas import answers, filters
from shared.refusal import N_, NotFound
from shared.web.export import attachment
from shared.web.person import current_person


@bp.route("/platforms/due")
class PlatformsDue(MethodView):
    """What comes up."""

    @bp.arguments(filters.AsOfFilter(only=("on",)), location="query", unknown="exclude")
    @bp.response(200, answers.PlatformsDueOut)
    def get(self, wanted: dict[str, Any]) -> Any:
        """Ends of terms (T−90, T−30, T), reports, proposals from missed reports, within your scope (BR-24)."""
        return queries.platforms_due(current_person(), **wanted)


@bp.route("/platforms/<uuid:platform_id>/reports")
class Reports(MethodView):
    """Reports of a platform."""

    @bp.arguments(schemas.ReportFormIn, location="multipart")
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID) -> None:
        """Hand in the report of a year: words, and a file or an address (holder, operator; BR-24)."""
        file = data.pop("file", None)
        given = {"filename": file.filename, "content": file.content} if file else {}
        actions.submit_report(current_person(), platform_id=platform_id, **data, **given)


@bp.route("/platforms/<uuid:platform_id>/reports/<int:year>/file")
class ReportFile(MethodView):
    """The file of a report."""

    @bp.response(200, content_type="application/octet-stream", description="PDF, PNG or JPEG")
    def get(self, platform_id: UUID, year: int) -> Response:
        """The file as it was handed in, for those who read the grounds of the status."""
        report = queries.platform_report(current_person(), platform_id, year)
        if report.content is None:
            raise NotFound(N_("файл"))
        return attachment(report.content, report.filename, report.media_type)


@bp.route("/platforms/<uuid:platform_id>/reports/<int:year>/return")
class ReportReturn(MethodView):
    """Return of a report."""

    @bp.arguments(schemas.ReturnIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID, year: int) -> None:
        """Return a report with remarks and a new day (operator)."""
        actions.return_report(current_person(), platform_id=platform_id, year=year, **data)


@bp.route("/platforms/<uuid:platform_id>/reports/<int:year>/accept")
class ReportAcceptance(MethodView):
    """Acceptance of a report."""

    @bp.response(204)
    def post(self, platform_id: UUID, year: int) -> None:
        """Accept a report (operator, BR-25)."""
        actions.accept_report(current_person(), platform_id=platform_id, year=year)


@bp.route("/platforms/<uuid:platform_id>/reports/<int:year>/reject")
class ReportRejection(MethodView):
    """Rejection of a report."""

    @bp.arguments(schemas.RemarksIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], platform_id: UUID, year: int) -> None:
        """Do not accept a report, saying why (operator)."""
        actions.reject_report(current_person(), platform_id=platform_id, year=year, **data)


@bp.route("/platforms/<uuid:platform_id>/extracts")
class PlatformExtracts(MethodView):
    """Extracts about a platform."""

    @bp.arguments(schemas.AsOfIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], platform_id: UUID) -> Any:
        """Print what the register says of a status on a day (D-19); gives the paper."""
        return {"id": actions.issue_platform_extract(current_person(), platform_id=platform_id, **data)}


@bp.route("/organisations/<uuid:organisation_id>/platform-extracts")
class OrganisationExtracts(MethodView):
    """Extracts about an organisation."""

    @bp.arguments(schemas.AsOfIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], organisation_id: UUID) -> Any:
        """Print all platforms of an organisation on a day (D-19); gives the paper."""
        who = current_person()
        return {"id": actions.issue_organisation_extract(who, organisation_id=organisation_id, **data)}
