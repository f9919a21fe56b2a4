"""The secretary's check of anonymity: what tells whose a work is, masked copies, waivers (F18)."""

from typing import Any
from uuid import UUID

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import actions, queries, schemas
from services.expertise.pages.door import bp
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.get("/editions/<uuid:edition_id>/anonymity")
@page_roles(Role.SECRETARY)
def anonymity(edition_id: UUID) -> str:
    """The works of a blind edition: codes, what was found, what is left to do."""
    who = current_person()
    works = queries.anonymity(who, edition_id)
    return render_template(
        "expertise/anonymity.html",
        title=_("Проверка анонимности"),
        edition=queries.edition(who, edition_id),
        works=works,
        ready=sum(one.is_ready for one in works),
    )


@bp.post("/editions/<uuid:edition_id>/anonymity")
@page_roles(Role.SECRETARY)
def look_over(edition_id: UUID) -> Response:
    """The button «Проверить работы»."""
    return act_on(
        lambda: actions.look_over(current_person(), edition_id=edition_id),
        back=url_for(".anonymity", edition_id=edition_id),
        done=_("Работы проверены, копии для экспертов сделаны"),
    )


@bp.route("/entries/<uuid:entry_id>/anonymity", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def entry_anonymity(entry_id: UUID) -> ResponseReturnValue:
    """The telling places of a work; words that do not tell are left as they are, with a reason."""
    who = current_person()
    card = queries.anonymity_of(who, entry_id)

    def submit(data: dict[str, Any]) -> str:
        actions.waive_findings(who, entry_id=entry_id, **data)
        return url_for(".entry_anonymity", entry_id=entry_id)

    return form_page(
        "expertise/anonymity_work.html",
        schemas.WaivedWordsIn(),
        submit,
        title=_("Анонимность: %(number)s", number=card.reg_no),
        done=_("Решение записано, копии для экспертов обновлены"),
        initial={"words": [one.key for one in card.findings if one.waived], "reason": card.reason},
        card=card,
        edition=queries.edition(who, card.edition_id),
    )


@bp.route("/entries/<uuid:entry_id>/files/<uuid:file_id>/masked", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def masked_file(entry_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Put a copy masked by hand in the place of a file."""
    who = current_person()
    card = queries.anonymity_of(who, entry_id)

    def submit(data: dict[str, Any]) -> str:
        sent = data["file"]
        actions.add_masked_file(who, file_id=file_id, filename=sent.filename, content=sent.content)
        flash(_("Имя файла, свойства и пометки в копии стёрты"), "info")
        return url_for(".entry_anonymity", entry_id=entry_id)

    return form_page(
        "expertise/masked_form.html",
        schemas.MaskedFileIn(),
        submit,
        title=_("Копия без имён"),
        done=_("Копия для экспертов заменена"),
        card=card,
        file=next((one for one in card.files if one.file_id == file_id), None),
        edition=queries.edition(who, card.edition_id),
    )
