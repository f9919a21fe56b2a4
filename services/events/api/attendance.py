"""Attendance: the report, its rows, the result."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.events import actions, queries, schemas
from services.events.api.door import bp
from shared.web.person import current_person


@bp.route("/events/<uuid:event_id>/attendance")
class AttendanceSheet(MethodView):
    """The attendance sheet of an event."""

    @bp.response(200, schemas.AttendanceTableOut)
    def get(self, event_id: UUID) -> Any:
        """Rows with and without an owner (operator, BR-33)."""
        return queries.attendance_table(current_person(), event_id)

    @bp.arguments(schemas.AttendanceFileIn, location="files")
    @bp.response(200, schemas.ImportOut)
    def post(self, files: dict[str, Any], event_id: UUID) -> Any:
        """Take a participants report of Zoom; taken again it changes nothing (BR-31)."""
        report = files["file"]
        return actions.import_attendance(
            current_person(), event_id=event_id, filename=report.filename, content=report.content
        )


@bp.route("/events/<uuid:event_id>/attendance/settle")
class Settle(MethodView):
    """The result of attendance."""

    @bp.response(200, schemas.SettledOut)
    def post(self, event_id: UUID) -> Any:
        """Decide who was there (BR-32)."""
        return actions.settle_attendance(current_person(), event_id=event_id)


@bp.route("/attendance/<uuid:attendance_id>/match")
class Match(MethodView):
    """Matching by hand."""

    @bp.arguments(schemas.MatchIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], attendance_id: UUID) -> None:
        """Say whose row it is."""
        actions.match_attendance(current_person(), attendance_id=attendance_id, **data)


@bp.route("/attendance/<uuid:attendance_id>/ignore")
class Ignore(MethodView):
    """Setting a row aside."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], attendance_id: UUID) -> None:
        """Set aside a row of nobody's, with a reason."""
        actions.ignore_attendance(current_person(), attendance_id=attendance_id, **data)
