"""Files of an entry: enclosing, taking back from a draft, saving, looking at them beside a sheet."""

from uuid import UUID

from flask import Response as FlaskResponse
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import access, actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.rules.vocabulary import AttachmentKind
from shared.person import Role
from shared.refusal import N_, NotFound
from shared.web.export import attachment
from shared.web.forms import act_on, form_page
from shared.web.headers import shown_inside
from shared.web.person import current_person, page_roles


@bp.route("/entries/<uuid:entry_id>/files/new", methods=["GET", "POST"])
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def new_file(entry_id: UUID) -> ResponseReturnValue:
    """Enclose a file."""
    who = current_person()
    card = queries.entry(who, entry_id)

    def submit(data: dict[str, object]) -> str:
        sent = data["file"]
        actions.add_file(
            who, entry_id=entry_id, kind=data["kind"], filename=sent.filename, content=sent.content
        )
        return url_for(".entry", entry_id=entry_id, _anchor="files")

    return form_page(
        "expertise/file_form.html",
        schemas.FileIn(),
        submit,
        title=_("Приложить файл"),
        done=_("Файл приложен"),
        initial={"kind": card.missing_files[0] if card.missing_files else None},
        entry=card,
        edition=queries.edition(who, card.edition_id),
        kinds=choices(AttachmentKind),
    )


@bp.post("/entries/<uuid:entry_id>/files/<uuid:file_id>/remove")
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def remove_file(entry_id: UUID, file_id: UUID) -> Response:
    """The button «Убрать»."""
    return act_on(
        lambda: actions.remove_file(current_person(), entry_id=entry_id, file_id=file_id),
        back=url_for(".entry", entry_id=entry_id, _anchor="files"),
        done=_("Файл убран"),
    )


@bp.get("/files/<uuid:file_id>")
@page_roles()
def entry_file(file_id: UUID) -> FlaskResponse:
    """Save a file; the browser never shows it by this address."""
    kept = queries.readable_file(current_person(), file_id)
    return attachment(kept.content, kept.filename, kept.media_type)


@bp.get("/files/<uuid:file_id>/view")
@page_roles()
def view_file(file_id: UUID) -> FlaskResponse:
    """A PDF or a picture inside a page of ours (the sheet beside the file); nothing else is shown."""
    kept = queries.readable_file(current_person(), file_id)
    if not kept.may_be_shown:
        raise NotFound(N_("файл"))
    return shown_inside(kept.content, kept.filename, kept.media_type)
