"""Forms of entries, sections and files of an entry."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from shared.refusal import N_, NotFound
from shared.web.export import attachment
from shared.web.person import current_person


@bp.route("/templates")
class Templates(MethodView):
    """Forms of entries."""

    @bp.response(200, schemas.TemplateOut(many=True))
    def get(self) -> Any:
        """All versions of all forms."""
        return queries.templates()

    @bp.arguments(schemas.TemplateIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Write a form or the next version of one (operator, secretary)."""
        return {"id": actions.add_template(current_person(), **data)}


@bp.route("/nominations/<uuid:nomination_id>/template")
class NominationTemplate(MethodView):
    """The form of a nomination's entries."""

    @bp.arguments(schemas.TemplateChoiceIn)
    @bp.response(204)
    def put(self, data: dict[str, Any], nomination_id: UUID) -> None:
        """Choose the form of a nomination before the reception opens (operator, secretary)."""
        actions.use_template(current_person(), nomination_id=nomination_id, **data)


@bp.route("/entries/<uuid:entry_id>/sections/<code>")
class Section(MethodView):
    """A section of an entry."""

    @bp.response(200, schemas.ProposalOut)
    def get(self, entry_id: UUID, code: str) -> Any:
        """What the data of the network propose for a section today."""
        found = queries.proposal(current_person(), entry_id, code)
        if found is None:
            raise NotFound(N_("предложение по данным"))
        return found

    @bp.arguments(schemas.SectionIn)
    @bp.response(200, schemas.EntryCardOut)
    def put(self, data: dict[str, Any], entry_id: UUID, code: str) -> Any:
        """Write a section of a draft, or of an entry that is being fixed or revised."""
        actions.write_section(current_person(), entry_id=entry_id, code=code, **data)
        return queries.entry(current_person(), entry_id)


@bp.route("/entries/<uuid:entry_id>/sections/<code>/fill")
class SectionFilling(MethodView):
    """A section from data."""

    @bp.response(200, schemas.EntryCardOut)
    def post(self, entry_id: UUID, code: str) -> Any:
        """Fill or refresh a section from the data of the network."""
        actions.fill_section(current_person(), entry_id=entry_id, code=code)
        return queries.entry(current_person(), entry_id)


@bp.route("/entries/<uuid:entry_id>/files")
class Files(MethodView):
    """Files of an entry."""

    @bp.response(200, schemas.FileOut(many=True))
    def get(self, entry_id: UUID) -> Any:
        """What is enclosed to an entry that you may see."""
        return queries.entry(current_person(), entry_id).files

    @bp.arguments(schemas.FileKindIn, location="query")
    @bp.arguments(schemas.FilePartIn, location="files")
    @bp.response(201, schemas.CreatedOut)
    def post(self, wanted: dict[str, Any], sent: dict[str, Any], entry_id: UUID) -> Any:
        """Enclose a file (multipart) of a declared kind."""
        file = sent["file"]
        return {
            "id": actions.add_file(
                current_person(),
                entry_id=entry_id,
                kind=wanted["kind"],
                filename=file.filename,
                content=file.content,
            )
        }


@bp.route("/files/<uuid:file_id>")
class File(MethodView):
    """A file of an entry."""

    @bp.response(200, content_type="application/octet-stream", description="The file as it was sent")
    def get(self, file_id: UUID) -> Response:
        """The file, byte for byte as it was sent."""
        kept = queries.readable_file(current_person(), file_id)
        return attachment(kept.content, kept.filename, kept.media_type)


@bp.route("/entries/<uuid:entry_id>/files/<uuid:file_id>")
class FileRemoval(MethodView):
    """A file of a draft."""

    @bp.response(204)
    def delete(self, entry_id: UUID, file_id: UUID) -> None:
        """Take a file out of a draft."""
        actions.remove_file(current_person(), entry_id=entry_id, file_id=file_id)
