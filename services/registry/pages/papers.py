"""Papers: the card, the two files, the public check."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import actions, queries, schemas
from services.registry.pages.door import bp
from services.registry.rules.papers import PaperFormat, typed_code
from shared.person import Role
from shared.refusal import NotFound
from shared.web.export import attachment
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles


@bp.get("/papers/<uuid:paper_id>")
@page_roles()
def paper(paper_id: UUID) -> str:
    """The card of a paper."""
    return render_template("registry/paper.html", card=queries.paper(current_person(), paper_id))


@bp.get("/papers/<uuid:paper_id>.<any(docx, pdf):form>")
@page_roles()
def paper_file(paper_id: UUID, form: str) -> Response:
    """A file of a paper, to save."""
    file = queries.paper_file(current_person(), paper_id, PaperFormat(form))
    return attachment(file.content, file.name, file.media_type)


@bp.route("/papers/<uuid:paper_id>/cancel", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def cancel_paper(paper_id: UUID) -> ResponseReturnValue:
    """Declare a paper void, naming the reason."""

    def submit(data: dict[str, str]) -> str:
        actions.cancel_paper(current_person(), paper_id=paper_id, **data)
        return url_for(".paper", paper_id=paper_id)

    return form_page(
        "registry/paper_cancel.html",
        schemas.ReasonIn(),
        submit,
        title=_("Аннулировать документ"),
        done=_("Документ аннулирован"),
        card=queries.paper(current_person(), paper_id),
    )


@bp.get("/verify")
def verify_form() -> ResponseReturnValue:
    """Where a code is typed in by whoever has no camera."""
    typed = typed_code(request.args.get("code", ""))
    if typed:
        return redirect(url_for(".verify", code=typed), 303)
    return render_template("registry/verify.html", verified=None, typed="")


@bp.get("/verify/<code>")
def verify(code: str) -> ResponseReturnValue:
    """What the QR code leads to: kind, number, date, state; no personal data (BR-67, BR-68)."""
    try:
        verified = queries.verify(code)
    except NotFound:
        return render_template("registry/verify.html", verified=None, typed=code[:40]), 404
    return render_template("registry/verify.html", verified=verified, typed=code)
