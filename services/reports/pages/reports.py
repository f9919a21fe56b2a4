"""Issued reports: the list, the form, the card, the papers, the public check."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from services.reports import access, actions, queries
from services.reports.pages.door import bp
from services.reports.rules.periods import last_closed_year
from services.reports.rules.reports import typed_code
from services.reports.rules.terms import Edition, FileFormat, ReportState
from services.reports.schemas import ReportIn
from shared import clock
from shared.person import Role
from shared.refusal import NotFound
from shared.web.export import attachment
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

MIMETYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@bp.get("/reports")
def report_list() -> str:
    """Issued reports of the network."""
    who = current_person()
    return render_template("reports/reports.html", reports=queries.reports(who), keeper=access.may_keep(who))


@bp.route("/reports/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def new_report() -> ResponseReturnValue:
    """Issue a report; the last closed year is suggested."""
    year = last_closed_year(clock.today())

    def submit(data: dict[str, Any]) -> str:
        return url_for(".report", report_id=actions.issue_network_report(current_person(), **data))

    return form_page(
        "reports/report_new.html",
        ReportIn(),
        submit,
        title=_("Выпустить отчёт сети"),
        done=_("Отчёт выпущен"),
        initial={
            "as_of": date(year, 12, 31),
            "period_from": date(year, 1, 1),
            "period_to": date(year, 12, 31),
        },
    )


@bp.get("/reports/<uuid:report_id>")
def report(report_id: UUID) -> str:
    """The card of a report with its frozen numbers; for the operator also whether they are reproduced."""
    who = current_person()
    card = queries.report(who, report_id)
    keeper = access.may_keep(who)
    return render_template(
        "reports/report.html",
        card=card,
        keeper=keeper,
        may_cancel=keeper and card.state is ReportState.ISSUED,
        recheck=queries.recheck(who, report_id) if keeper else None,
    )


@bp.get("/reports/<uuid:report_id>/<any(full,open):edition>.<any(docx,pdf):kind>")
def report_file(report_id: UUID, edition: str, kind: str) -> Response:
    """A paper of a report, byte for byte as it was issued."""
    wanted = FileFormat(kind.upper())
    found = queries.report_file(current_person(), report_id, Edition(edition.upper()), wanted)
    return attachment(found.content, found.name, MIMETYPES[wanted])


@bp.post("/reports/<uuid:report_id>/cancel")
def cancel_report(report_id: UUID) -> Answer:
    """The button «Аннулировать»."""
    reason = request.form.get("reason", "")
    return act_on(
        lambda: actions.cancel_report(current_person(), report_id=report_id, reason=reason),
        back=url_for(".report", report_id=report_id),
        done=_("Отчёт аннулирован"),
    )


@bp.get("/verify")
def verify_form() -> ResponseReturnValue:
    """Where a code is typed in by whoever has no camera."""
    typed = typed_code(request.args.get("code", ""))
    if typed:
        return redirect(url_for(".verify", code=typed), 303)
    return render_template("reports/verify.html", verified=None, typed="")


@bp.get("/verify/<code>")
def verify(code: str) -> ResponseReturnValue:
    """What the QR code leads to: kind, number, date, state, sums of the files (BR-67, BR-68)."""
    try:
        verified = queries.verify(code)
    except NotFound:
        return render_template("reports/verify.html", verified=None, typed=code), 404
    return render_template("reports/verify.html", verified=verified, typed=code)
