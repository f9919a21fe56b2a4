"""Attendance: the form for the report, rows with and without an owner, the result."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.events import actions, queries, schemas
from services.events.pages.door import bp
from services.events.rules.attendance import THRESHOLD_PERCENT
from shared.person import Role
from shared.refusal import N_, Refused
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.route("/<uuid:event_id>/attendance", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def attendance(event_id: UUID) -> ResponseReturnValue:
    """Take a report; match and ignore rows; settle who was there."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        report = data["file"]
        actions.import_attendance(who, event_id=event_id, filename=report.filename, content=report.content)
        return _sheet(event_id)

    table = queries.attendance_table(who, event_id)
    return form_page(
        "events/attendance.html",
        schemas.AttendanceFileIn(),
        submit,
        title=_("Посещаемость"),
        done=_("Файл загружен. Строки без участника — ниже"),
        sheet=table,
        people=[(str(one.id), f"{one.full_name}, {one.join_code}") for one in table.people],
        threshold=THRESHOLD_PERCENT,
    )


@bp.post("/<uuid:event_id>/attendance/<uuid:attendance_id>/match")
def match_row(event_id: UUID, attendance_id: UUID) -> Response:
    """The button «Сопоставить»."""
    return act_on(
        lambda: actions.match_attendance(
            current_person(), attendance_id=attendance_id, registration_id=_chosen_registration()
        ),
        back=_sheet(event_id),
        done=_("Строка сопоставлена"),
    )


@bp.post("/<uuid:event_id>/attendance/<uuid:attendance_id>/ignore")
def ignore_row(event_id: UUID, attendance_id: UUID) -> Response:
    """The button «Не учитывать»."""
    reason = request.form.get("reason", "")
    return act_on(
        lambda: actions.ignore_attendance(current_person(), attendance_id=attendance_id, reason=reason),
        back=_sheet(event_id),
        done=_("Строка не учитывается"),
    )


@bp.post("/<uuid:event_id>/attendance/settle")
def settle(event_id: UUID) -> Response:
    """The button «Подвести итог»."""
    return act_on(
        lambda: actions.settle_attendance(current_person(), event_id=event_id),
        back=_sheet(event_id),
        done=_("Итог подведён"),
    )


@bp.post("/<uuid:event_id>/registrations/<uuid:registration_id>/mark-attended")
def mark_attended(event_id: UUID, registration_id: UUID) -> Response:
    """The button «Отметить присутствие»."""
    reason = request.form.get("reason", "")
    return act_on(
        lambda: actions.mark_attended(current_person(), registration_id=registration_id, reason=reason),
        back=_sheet(event_id),
        done=_("Присутствие отмечено"),
    )


def _sheet(event_id: UUID) -> str:
    return url_for(".attendance", event_id=event_id)


def _chosen_registration() -> UUID:
    """The participant chosen in the row's select."""
    try:
        return UUID(request.form.get("registration_id", ""))
    except ValueError:
        raise Refused("BR-31", N_("Выберите участника"), field="registration_id") from None
