"""The JSON door of reports."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from services.reports import actions, queries, schemas
from services.reports.rules.periods import Period, asked_period
from services.reports.rules.terms import Edition, FileFormat
from shared import clock
from shared.web.api import Blueprint
from shared.web.export import attachment
from shared.web.person import current_person

bp = Blueprint(
    "reports_api", __name__, description="Показатели сети, записи за каждым числом, планы и выпущенные отчёты"
)
MIMETYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _asked(wanted: dict[str, Any]) -> tuple[date, Period]:
    """The date and period of a question; without a date, today."""
    as_of = wanted["as_of"] or clock.today()
    return as_of, asked_period(as_of, wanted["period_from"], wanted["period_to"])


@bp.route("/indicators")
class Indicators(MethodView):
    """Indicators of the network or of one municipality."""

    @bp.arguments(schemas.AskIn, location="query")
    @bp.response(200, schemas.ValueOut(many=True))
    def get(self, wanted: dict[str, Any]) -> Any:
        """Values as of a date and for a period; the network is open, a municipality to its own people."""
        as_of, period = _asked(wanted)
        return queries.indicators(current_person(), as_of, period.first, period.last, wanted["municipality"])


@bp.route("/indicators/<code>/records")
class Records(MethodView):
    """The records behind a number."""

    @bp.arguments(schemas.AskIn, location="query")
    @bp.response(200, schemas.BehindOut)
    def get(self, wanted: dict[str, Any], code: str) -> Any:
        """What was counted (BR-63)."""
        as_of, period = _asked(wanted)
        return queries.records_behind(
            current_person(), code, as_of, period.first, period.last, wanted["municipality"]
        )


@bp.route("/indicators/<code>/territories")
class Territories(MethodView):
    """An indicator by municipality."""

    @bp.arguments(schemas.AskIn, location="query")
    @bp.response(200, schemas.TerritoryOut(many=True))
    def get(self, wanted: dict[str, Any], code: str) -> Any:
        """Municipalities that have data and that the one who asks may see."""
        return queries.territories(current_person(), code, *_asked(wanted))


@bp.route("/contests")
class Contests(MethodView):
    """Contests in numbers."""

    @bp.response(200, schemas.ContestOut(many=True))
    def get(self) -> Any:
        """Editions with their nominations, open to everybody."""
        return queries.contests(current_person())


@bp.route("/plans")
class Plans(MethodView):
    """Plans of the network."""

    @bp.arguments(schemas.YearIn, location="query")
    @bp.response(200, schemas.PlanOut(many=True))
    def get(self, wanted: dict[str, Any]) -> Any:
        """Plans, open to everybody."""
        return queries.plans(current_person(), wanted["year"])

    @bp.arguments(schemas.PlanIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Set or change the plan of an indicator for a year (operator)."""
        return {"id": actions.set_plan(current_person(), **data)}


@bp.route("/imported-values")
class ImportedValues(MethodView):
    """Values from documents of a time before our records."""

    @bp.response(200, schemas.ImportOut(many=True))
    def get(self) -> Any:
        """Imported values that the one who asks may see."""
        return queries.imports(current_person())

    @bp.arguments(schemas.ImportIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Enter or correct a value (operator)."""
        return {"id": actions.import_indicator(current_person(), **data)}


@bp.route("/reports")
class Reports(MethodView):
    """Issued reports."""

    @bp.response(200, schemas.ReportRowOut(many=True))
    def get(self) -> Any:
        """All reports, the newest first; open to everybody."""
        return queries.reports(current_person())

    @bp.arguments(schemas.ReportIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Issue the report of the network (operator)."""
        return {"id": actions.issue_network_report(current_person(), **data)}


@bp.route("/reports/<uuid:report_id>")
class OneReport(MethodView):
    """A report."""

    @bp.response(200, schemas.ReportOut)
    def get(self, report_id: UUID) -> Any:
        """The frozen content and the papers; agreements only for those who may see them."""
        return queries.report(current_person(), report_id)


@bp.route("/reports/<uuid:report_id>/recheck")
class Recheck(MethodView):
    """The proof that a report is reproducible."""

    @bp.response(200, schemas.RecheckOut)
    def get(self, report_id: UUID) -> Any:
        """Compute the numbers again and compare the hashes of their records (operator; BR-64)."""
        return queries.recheck(current_person(), report_id)


@bp.route("/reports/<uuid:report_id>/cancel")
class Cancel(MethodView):
    """Cancelling a report."""

    @bp.arguments(schemas.CancelIn)
    @bp.response(200, schemas.ReportOut)
    def post(self, data: dict[str, Any], report_id: UUID) -> Any:
        """Cancel a report; it stays verifiable (operator; BR-68)."""
        actions.cancel_report(current_person(), report_id=report_id, **data)
        return queries.report(current_person(), report_id)


@bp.route("/reports/<uuid:report_id>/<any(full,open):edition>.<any(docx,pdf):kind>")
class File(MethodView):
    """A paper of a report."""

    @bp.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
    def get(self, report_id: UUID, edition: str, kind: str) -> Response:
        """The paper as it was issued, byte for byte."""
        wanted = FileFormat(kind.upper())
        found = queries.report_file(current_person(), report_id, Edition(edition.upper()), wanted)
        return attachment(found.content, found.name, MIMETYPES[wanted])


@bp.route("/verify/<code>")
class Verify(MethodView):
    """The check of a paper."""

    @bp.response(200, schemas.VerifiedOut)
    def get(self, code: str) -> Any:
        """What is known about the paper with this code (BR-67)."""
        return queries.verify(code)
