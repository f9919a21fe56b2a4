"""The technical check: the secretary's queue and form, the applicant's fix, the act (BR-39, D-04)."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import access, actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.rules.vocabulary import CheckOutcome
from shared.person import Role
from shared.requisites import PaperFormat
from shared.web.export import attachment
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.get("/editions/<uuid:edition_id>/technical")
@page_roles(Role.SECRETARY)
def technical_queue(edition_id: UUID) -> str:
    """What waits to be registered, checked or fixed, the oldest first."""
    who = current_person()
    return render_template(
        "expertise/technical_queue.html",
        title=_("Техническая очередь"),
        edition=queries.edition(who, edition_id),
        lines=queries.technical_queue(who, edition_id),
    )


@bp.route("/entries/<uuid:entry_id>/check", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def check_entry(entry_id: UUID) -> ResponseReturnValue:
    """The technical check of an entry."""
    who = current_person()
    card = queries.entry(who, entry_id)

    def submit(data: dict[str, Any]) -> str:
        actions.check_entry(who, entry_id=entry_id, **data)
        return url_for(".technical_queue", edition_id=card.edition_id)

    wanted = queries.check_list(who, entry_id)
    initial: dict[str, Any] = {}
    for number, one in enumerate(wanted):
        initial[f"items-{number}-requirement"] = _(one.text)
        initial[f"items-{number}-ok"] = one.looks_met
    return form_page(
        "expertise/check_form.html",
        schemas.CheckIn(),
        submit,
        title=_("Техническая экспертиза"),
        done=_("Исход записан"),
        initial=initial,
        entry=card,
        edition=queries.edition(who, card.edition_id),
        wanted=wanted,
        outcomes=choices(CheckOutcome),
    )


@bp.route("/entries/<uuid:entry_id>/fix", methods=["GET", "POST"])
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def fix_entry(entry_id: UUID) -> ResponseReturnValue:
    """Report remarks as fixed."""

    def submit(data: dict[str, str]) -> str:
        actions.fix_entry(current_person(), entry_id=entry_id, **data)
        return url_for(".entry", entry_id=entry_id)

    return form_page(
        "expertise/ask.html",
        schemas.FixIn(),
        submit,
        title=_("Замечания исправлены"),
        done=_("Заявка допущена"),
        name="note",
        question=_("Что исправлено"),
        button_label=_("Отправить"),
        back=url_for(".entry", entry_id=entry_id),
    )


@bp.get("/entries/<uuid:entry_id>/technical-act.<any(docx, pdf):form>")
@page_roles()
def print_technical_act(entry_id: UUID, form: str) -> Response:
    """The working print-out of the act of the technical check (D-04)."""
    file = queries.technical_file(current_person(), entry_id, PaperFormat(form))
    return attachment(file.content, file.name, file.media_type)


@bp.post("/entries/<uuid:entry_id>/technical-act")
@page_roles(Role.SECRETARY)
def issue_technical_act(entry_id: UUID) -> Response:
    """The button «Выдать акт технической экспертизы» (D-04)."""
    return act_on(
        lambda: actions.issue_technical_act(current_person(), entry_id=entry_id),
        back=url_for(".entry", entry_id=entry_id),
        done=_("Акт выдан"),
    )
