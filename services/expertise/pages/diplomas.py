"""Diplomas of an edition (D-09): what is printed, what waits, all of them in one archive."""

import io
import zipfile
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from services.expertise import access, actions, queries
from services.expertise.pages.door import bp
from shared.person import Role
from shared.refusal import N_, NotFound, Refused
from shared.requisites import PaperFormat
from shared.web.export import attachment
from shared.web.person import current_person, page_roles
from shared.web.wording import refusal_text


@bp.get("/editions/<uuid:edition_id>/diplomas")
@page_roles(Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)
def diplomas(edition_id: UUID) -> str:
    """Awarded entries with their diplomas."""
    who = current_person()
    return render_template(
        "expertise/diplomas.html",
        title=_("Дипломы"),
        edition=queries.edition(who, edition_id),
        lines=queries.awarded_entries(who, edition_id),
        may_print=access.may_keep_contests(who),
    )


@bp.post("/editions/<uuid:edition_id>/diplomas")
@page_roles(Role.SECRETARY, Role.OPERATOR)
def print_diplomas(edition_id: UUID) -> Answer:
    """The button «Напечатать дипломы»."""
    try:
        printed, waiting = actions.issue_diplomas(current_person(), edition_id=edition_id)
    except Refused as refusal:
        if refusal.status in (401, 403, 404):
            raise
        flash(refusal_text(refusal), "danger")
    else:
        flash(_("Напечатано дипломов: %(number)s", number=printed), "success")
        if waiting:
            flash(_("Ждут печати: %(number)s. Нажмите ещё раз.", number=waiting), "warning")
    return redirect(url_for(".diplomas", edition_id=edition_id), 303)


@bp.get("/editions/<uuid:edition_id>/diplomas.zip")
@page_roles(Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)
def diplomas_zip(edition_id: UUID) -> Response:
    """Every valid diploma in one archive, PDF or DOCX as issued."""
    who = current_person()
    form = PaperFormat.DOCX if request.args.get("form") == "docx" else PaperFormat.PDF
    papers = [one.paper_id for one in queries.awarded_entries(who, edition_id) if one.paper_id]
    if not papers:
        raise NotFound(N_("диплом"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for paper_id in papers:
            one = queries.PAPERS.paper_file(who, paper_id, form)
            archive.writestr(zipfile.ZipInfo(one.name), one.content)
    return attachment(file.getvalue(), "diplomas.zip", "application/zip")
