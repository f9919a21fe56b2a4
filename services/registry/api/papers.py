"""Papers of the registry and their public check."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from services.registry import actions, queries, schemas
from services.registry.api.door import bp
from services.registry.rules.papers import PaperFormat
from services.registry.schemas import papers
from shared.web.export import attachment
from shared.web.person import current_person


@bp.route("/papers/<uuid:paper_id>")
class OnePaper(MethodView):
    """A paper."""

    @bp.response(200, papers.PaperOut)
    def get(self, paper_id: UUID) -> Any:
        """A paper that you may read; open kinds (D-11, D-19, D-20) by everybody signed in."""
        return queries.paper(current_person(), paper_id).paper


@bp.route("/papers/<uuid:paper_id>/<any(docx, pdf):form>")
class PaperFile(MethodView):
    """A file of a paper."""

    @bp.response(200, content_type="application/octet-stream", description="DOCX or PDF, as issued")
    def get(self, paper_id: UUID, form: str) -> Response:
        """The file, byte for byte as it was issued."""
        file = queries.paper_file(current_person(), paper_id, PaperFormat(form))
        return attachment(file.content, file.name, file.media_type)


@bp.route("/papers/<uuid:paper_id>/cancel")
class PaperCancellation(MethodView):
    """Making a paper void."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], paper_id: UUID) -> None:
        """Cancel a paper; it stays verifiable as cancelled (operator, BR-68)."""
        actions.cancel_paper(current_person(), paper_id=paper_id, **data)


@bp.route("/verify/<code>")
class Verification(MethodView):
    """The public check."""

    @bp.response(200, papers.VerifiedOut)
    def get(self, code: str) -> Any:
        """Kind, number, date and state of a printed paper; no personal data (BR-67)."""
        return queries.verify(code)
