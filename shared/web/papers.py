"""Doors to the papers of a service: the card, the two files, making void, the public check (BR-67, BR-68)."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.views import MethodView
from flask_babel import gettext as _
from marshmallow import fields, validate

from shared.papers import PaperShelf
from shared.person import Role
from shared.refusal import NotFound
from shared.requisites import PaperFormat, PaperState, typed_code
from shared.web.export import attachment
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles
from shared.web.schema import InSchema, OutSchema

#: Cancels a paper for a person, by its key and a reason.
Cancel = Callable[..., None]


class PaperReasonIn(InSchema):
    """Why a paper is made void."""

    reason = fields.String(required=True, validate=validate.Length(min=1, max=500))


def paper_pages(bp: Blueprint, shelf: PaperShelf, cancel: Cancel, *cancellers: Role) -> None:
    """Pages of the papers on a service's blueprint."""

    @bp.get("/papers/<uuid:paper_id>")
    @page_roles()
    def paper(paper_id: UUID) -> str:
        return render_template("shared/paper.html", card=shelf.paper(current_person(), paper_id))

    @bp.get("/papers/<uuid:paper_id>.<any(docx, pdf):form>")
    @page_roles()
    def paper_file(paper_id: UUID, form: str) -> Response:
        file = shelf.paper_file(current_person(), paper_id, PaperFormat(form))
        return attachment(file.content, file.name, file.media_type)

    @bp.route("/papers/<uuid:paper_id>/cancel", methods=["GET", "POST"])
    @page_roles(*cancellers)
    def cancel_paper(paper_id: UUID) -> ResponseReturnValue:
        def submit(data: dict[str, str]) -> str:
            cancel(current_person(), paper_id=paper_id, **data)
            return url_for(".paper", paper_id=paper_id)

        return form_page(
            "shared/paper_cancel.html",
            PaperReasonIn(),
            submit,
            title=_("Аннулировать документ"),
            done=_("Документ аннулирован"),
            card=shelf.paper(current_person(), paper_id),
        )

    @bp.get("/verify")
    def verify_form() -> ResponseReturnValue:
        typed = typed_code(request.args.get("code", ""))
        if typed:
            return redirect(url_for(".verify", code=typed), 303)
        return render_template("shared/verify.html", verified=None, typed="")

    @bp.get("/verify/<code>")
    def verify(code: str) -> ResponseReturnValue:
        try:
            verified = shelf.verify(code)
        except NotFound:
            return render_template("shared/verify.html", verified=None, typed=code[:40]), 404
        return render_template("shared/verify.html", verified=verified, typed=code)


def paper_api(bp: Any, shelf: PaperShelf, cancel: Cancel, kinds: type[StrEnum]) -> None:
    """The JSON door to the papers on a service's API blueprint."""

    class VerifiedOut(OutSchema):
        """What the checking code of a paper tells everybody (BR-67)."""

        kind = fields.Enum(kinds, by_value=True)
        number = fields.String()
        issued_on = fields.Date()
        state = fields.Enum(PaperState, by_value=True)

    class PaperOut(VerifiedOut):
        """A printed paper."""

        id = fields.UUID()
        object_id = fields.UUID()
        cancel_reason = fields.String(allow_none=True)
        verify_code = fields.String()
        docx_sha256 = fields.String()
        pdf_sha256 = fields.String()

    @bp.route("/papers/<uuid:paper_id>")
    class OnePaper(MethodView):
        """A paper."""

        @bp.response(200, PaperOut)
        def get(self, paper_id: UUID) -> Any:
            """A paper that you may read."""
            return shelf.paper(current_person(), paper_id).paper

    @bp.route("/papers/<uuid:paper_id>/<any(docx, pdf):form>")
    class PaperFile(MethodView):
        """A file of a paper."""

        @bp.response(200, content_type="application/octet-stream", description="DOCX or PDF, as issued")
        def get(self, paper_id: UUID, form: str) -> Response:
            """The file, byte for byte as it was issued."""
            file = shelf.paper_file(current_person(), paper_id, PaperFormat(form))
            return attachment(file.content, file.name, file.media_type)

    @bp.route("/papers/<uuid:paper_id>/cancel")
    class PaperCancellation(MethodView):
        """Making a paper void."""

        @bp.arguments(PaperReasonIn)
        @bp.response(204)
        def post(self, data: dict[str, Any], paper_id: UUID) -> None:
            """Cancel a paper; it stays verifiable as cancelled (BR-68)."""
            cancel(current_person(), paper_id=paper_id, **data)

    @bp.route("/verify/<code>")
    class Verification(MethodView):
        """The public check."""

        @bp.response(200, VerifiedOut)
        def get(self, code: str) -> Any:
            """Kind, number, date and state of a printed paper; no personal data (BR-67)."""
            return shelf.verify(code)
