"""Printing score sheets: conclusions, filled sheets, blanks for the in-person stage (D-02, D-03)."""

from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import access, actions, queries
from services.expertise.pages.door import bp
from services.expertise.rules.papers import PaperKind
from shared.person import Role
from shared.requisites import MEDIA_TYPES, PaperFormat
from shared.web.export import attachment
from shared.web.forms import act_on
from shared.web.person import current_person, page_roles


def _issued(sheet_id: UUID, kind: PaperKind) -> Response:
    who = current_person()
    issued: list[UUID] = []
    answer = act_on(
        lambda: issued.append(actions.issue_sheet_paper(who, sheet_id=sheet_id, kind=kind)),
        back=url_for(".queue"),
        done=_("Документ готов"),
    )
    if issued:
        answer.location = url_for(".paper", paper_id=issued[0])
    return answer


@bp.post("/sheets/<uuid:sheet_id>/conclusion")
@page_roles(Role.EXPERT, Role.SECRETARY)
def print_conclusion(sheet_id: UUID) -> Response:
    """The button «Экспертное заключение»."""
    return _issued(sheet_id, PaperKind.D02_CONCLUSION)


@bp.post("/sheets/<uuid:sheet_id>/print")
@page_roles(Role.EXPERT, Role.SECRETARY)
def print_sheet(sheet_id: UUID) -> Response:
    """The button «Оценочный лист»."""
    return _issued(sheet_id, PaperKind.D03_SHEET)


@bp.post("/entries/<uuid:entry_id>/conclusions")
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def print_conclusions(entry_id: UUID) -> Response:
    """The button «Экспертные заключения» of the applicant."""
    who = current_person()
    issued: list[UUID] = []
    answer = act_on(
        lambda: issued.append(actions.issue_conclusions(who, entry_id=entry_id)),
        back=url_for(".entry", entry_id=entry_id),
        done=_("Документ готов"),
    )
    if issued:
        answer.location = url_for(".paper", paper_id=issued[0])
    return answer


@bp.get("/nominations/<uuid:nomination_id>/blank.<any(docx, pdf):form>")
@page_roles(*access.ALL_ENTRIES, Role.EXPERT)
def blank_sheet(nomination_id: UUID, form: str) -> Response:
    """A blank sheet of a nomination to be filled in by hand."""
    document = queries.blank_sheet(current_person(), nomination_id)
    wanted = PaperFormat(form)
    content = document.pdf() if wanted is PaperFormat.PDF else document.docx()
    return attachment(content, f"D03-blank.{form}", MEDIA_TYPES[wanted])
