"""Yearly reports of platforms, what comes up for platforms, extracts from the register."""

from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import actions, queries, schemas
from services.registry.pages.door import bp, wanted
from services.registry.schemas import filters
from shared import clock
from shared.person import Role
from shared.refusal import N_, NotFound
from shared.web.export import attachment
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

HOLDERS = (Role.OPERATOR, Role.ORGANISATION, Role.TMS)


@bp.get("/platforms/due")
@page_roles()
def platforms_due() -> str:
    """Ends of terms, reports, proposals from missed reports (BR-24, F7)."""
    asked = wanted(filters.AsOfFilter)
    return render_template(
        "registry/platforms_due.html", due=queries.platforms_due(current_person(), asked["on"])
    )


@bp.route("/platforms/<uuid:platform_id>/reports/new", methods=["GET", "POST"])
@page_roles(*HOLDERS)
def submit_report(platform_id: UUID) -> ResponseReturnValue:
    """Hand in the report of a year."""
    card = queries.platform(current_person(), platform_id)

    def submit(data: dict[str, Any]) -> str:
        file = data.pop("file", None)
        given = {"filename": file.filename, "content": file.content} if file else {}
        actions.submit_report(current_person(), platform_id=platform_id, **data, **given)
        return _card(platform_id)

    return form_page(
        "registry/platform_report_form.html",
        schemas.ReportFormIn(),
        submit,
        title=_("Отчёт площадки"),
        done=_("Отчёт представлен"),
        initial={"year": request.args.get("year") or clock.today().year},
        card=card,
        years=[(row.due.year, row.due.year) for row in card.reports],
    )


@bp.get("/platforms/<uuid:platform_id>/reports/<int:year>")
@page_roles()
def platform_report(platform_id: UUID, year: int) -> str:
    """A report that was handed in."""
    who = current_person()
    return render_template(
        "registry/platform_report.html",
        report=queries.platform_report(who, platform_id, year),
        card=queries.platform(who, platform_id),
    )


@bp.get("/platforms/<uuid:platform_id>/reports/<int:year>/file")
@page_roles()
def platform_report_file(platform_id: UUID, year: int) -> Response:
    """The file of a report, to save."""
    report = queries.platform_report(current_person(), platform_id, year)
    if report.content is None:
        raise NotFound(N_("файл"))
    return attachment(report.content, report.filename, report.media_type)


@bp.post("/platforms/<uuid:platform_id>/reports/<int:year>/accept")
@page_roles(Role.OPERATOR)
def accept_report(platform_id: UUID, year: int) -> Response:
    """Accept a report (BR-25)."""
    return act_on(
        lambda: actions.accept_report(current_person(), platform_id=platform_id, year=year),
        _card(platform_id),
        _("Отчёт принят"),
    )


@bp.route("/platforms/<uuid:platform_id>/reports/<int:year>/return", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def return_report(platform_id: UUID, year: int) -> ResponseReturnValue:
    """Return a report with remarks and a new day."""
    return _judge(platform_id, year, schemas.ReturnIn(), actions.return_report, _("Вернуть отчёт"))


@bp.route("/platforms/<uuid:platform_id>/reports/<int:year>/reject", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def reject_report(platform_id: UUID, year: int) -> ResponseReturnValue:
    """Do not accept a report, saying why."""
    return _judge(platform_id, year, schemas.RemarksIn(), actions.reject_report, _("Не принять отчёт"))


@bp.post("/platforms/<uuid:platform_id>/extract")
@page_roles()
def platform_extract(platform_id: UUID) -> ResponseReturnValue:
    """Print what the register says of a status on the day of the page (D-19)."""

    def submit(data: dict[str, Any]) -> str:
        paper = actions.issue_platform_extract(current_person(), platform_id=platform_id, **data)
        return url_for(".paper", paper_id=paper)

    return _extract(submit, _card(platform_id))


@bp.post("/organisations/<uuid:organisation_id>/platform-extract")
@page_roles()
def organisation_extract(organisation_id: UUID) -> ResponseReturnValue:
    """Print all platforms of an organisation on the day of the page (D-19)."""

    def submit(data: dict[str, Any]) -> str:
        paper = actions.issue_organisation_extract(current_person(), organisation_id=organisation_id, **data)
        return url_for(".paper", paper_id=paper)

    return _extract(submit, url_for(".organisation", organisation_id=organisation_id))


def _extract(submit: Any, back: str) -> ResponseReturnValue:
    """The paper's card, or the page of the button with the reason of the refusal."""
    return form_page(
        "registry/platform_extract.html",
        schemas.AsOfIn(),
        submit,
        title=_("Выписка из реестра площадок"),
        done=_("Выписка готова"),
        back=back,
    )


def _judge(platform_id: UUID, year: int, schema: Any, action: Any, title: str) -> ResponseReturnValue:
    def submit(data: dict[str, Any]) -> str:
        action(current_person(), platform_id=platform_id, year=year, **data)
        return _card(platform_id)

    return form_page(
        "registry/platform_report_judge.html",
        schema,
        submit,
        title=title,
        report=queries.platform_report(current_person(), platform_id, year),
        card=queries.platform(current_person(), platform_id),
    )


def _card(platform_id: UUID) -> str:
    return url_for(".platform", platform_id=platform_id)
