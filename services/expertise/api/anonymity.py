"""The anonymity of works."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from shared.web.person import current_person


@bp.route("/editions/<uuid:edition_id>/anonymity")
class Anonymity(MethodView):
    """Works of a blind edition."""

    @bp.response(200, schemas.AnonymityOut(many=True))
    def get(self, edition_id: UUID) -> Any:
        """Codes of the works, what was found in them and what is left to do (secretary)."""
        return queries.anonymity(current_person(), edition_id)

    @bp.response(200, schemas.CountOut)
    def post(self, edition_id: UUID) -> Any:
        """Look over the works and make masked copies of their files; gives how many are ready (secretary)."""
        return {"count": actions.look_over(current_person(), edition_id=edition_id)}


@bp.route("/entries/<uuid:entry_id>/anonymity")
class EntryAnonymity(MethodView):
    """One work of a blind edition."""

    @bp.response(200, schemas.AnonymityCardOut)
    def get(self, entry_id: UUID) -> Any:
        """Telling places with the words around them, files with their copies (secretary)."""
        return queries.anonymity_of(current_person(), entry_id)

    @bp.arguments(schemas.WaivedWordsIn)
    @bp.response(200, schemas.AnonymityCardOut)
    def put(self, data: dict[str, Any], entry_id: UUID) -> Any:
        """Leave words as they are, with a reason; the list replaces the earlier one (secretary)."""
        actions.waive_findings(current_person(), entry_id=entry_id, **data)
        return queries.anonymity_of(current_person(), entry_id)


@bp.route("/entries/<uuid:entry_id>/files/<uuid:file_id>/masked")
class MaskedFile(MethodView):
    """The masked copy of a file."""

    @bp.arguments(schemas.MaskedFileIn, location="files")
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], entry_id: UUID, file_id: UUID) -> Any:
        """Put a copy masked by hand in the place of the machine's (secretary)."""
        sent = data["file"]
        return {
            "id": actions.add_masked_file(
                current_person(), file_id=file_id, filename=sent.filename, content=sent.content
            )
        }
