"""Return of an entry for revision and its answer (F-05)."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.expertise import access, actions, queries, schemas
from services.expertise.pages.door import bp
from shared.person import Role
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles


@bp.route("/entries/<uuid:entry_id>/return", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def return_entry(entry_id: UUID) -> ResponseReturnValue:
    """Return an entry for revision."""

    def submit(data: dict[str, str]) -> str:
        actions.return_for_revision(current_person(), entry_id=entry_id, **data)
        return url_for(".entry", entry_id=entry_id)

    return form_page(
        "expertise/ask.html",
        schemas.RemarksIn(),
        submit,
        title=_("Вернуть на доработку"),
        done=_("Заявка возвращена на доработку"),
        name="remarks",
        question=_("Что нужно доработать"),
        button_label=_("Вернуть"),
        back=url_for(".entry", entry_id=entry_id),
    )


@bp.route("/entries/<uuid:entry_id>/resubmit", methods=["GET", "POST"])
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def resubmit_entry(entry_id: UUID) -> ResponseReturnValue:
    """Answer the remarks; sections and files are changed on the card before."""
    card = queries.entry(current_person(), entry_id)

    def submit(data: dict[str, str]) -> str:
        actions.resubmit_entry(current_person(), entry_id=entry_id, **data)
        return url_for(".entry", entry_id=entry_id)

    return form_page(
        "expertise/resubmit_form.html",
        schemas.TopicIn(),
        submit,
        title=_("Доработанная заявка"),
        done=_("Заявка снова на экспертизе"),
        initial={"topic": card.topic},
        entry=card,
    )
