"""Sections of an entry, one a page: typed, or filled from the data of the network."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import access, actions, queries, schemas
from services.expertise.pages.door import bp
from shared.person import Role
from shared.refusal import N_, NotFound
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.route("/entries/<uuid:entry_id>/sections/<code>", methods=["GET", "POST"])
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def section(entry_id: UUID, code: str) -> ResponseReturnValue:
    """Write a section; beside it what the data of the network propose."""
    who = current_person()
    card = queries.entry(who, entry_id)
    numbers = {one.code: number for number, one in enumerate(card.sections)}
    if code not in numbers:
        raise NotFound(N_("раздел заявки"))
    after = card.sections[numbers[code] + 1 :]

    def submit(data: dict[str, str]) -> str:
        actions.write_section(who, entry_id=entry_id, code=code, text=data["text"])
        if after and request.form.get("next"):
            return url_for(".section", entry_id=entry_id, code=after[0].code)
        return url_for(".entry", entry_id=entry_id, _anchor="sections")

    return form_page(
        "expertise/section_form.html",
        schemas.SectionPageIn(),
        submit,
        title=_("Раздел %(code)s", code=code),
        done=_("Раздел сохранён"),
        initial={"text": card.sections[numbers[code]].text},
        entry=card,
        edition=queries.edition(who, card.edition_id),
        section=card.sections[numbers[code]],
        proposal=queries.proposal(who, entry_id, code),
        has_next=bool(after),
    )


@bp.post("/entries/<uuid:entry_id>/sections/<code>/fill")
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def fill_section(entry_id: UUID, code: str) -> Response:
    """The button «Заполнить из данных»."""
    return act_on(
        lambda: actions.fill_section(current_person(), entry_id=entry_id, code=code),
        back=url_for(".section", entry_id=entry_id, code=code),
        done=_("Раздел заполнен по данным на сегодня. Проверьте и поправьте текст"),
    )
