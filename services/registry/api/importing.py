"""Imports: send a table, follow its check, decide, apply, undo."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers
from services.registry.schemas import importing as schemas
from shared.web.person import current_person


@bp.route("/imports")
class Imports(MethodView):
    """Imports."""

    @bp.response(200, schemas.BatchOut(many=True))
    @bp.paginate()
    def get(self, pagination_parameters: PaginationParameters) -> Any:
        """Batches, the newest first (operator, administrator)."""
        page = queries.import_batches(current_person(), **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.ImportIn, location="multipart")
    @bp.response(202, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Send a CSV or XLSX table; it is checked outside the request (operator, administrator)."""
        sent = data["file"]
        batch = actions.upload_import(
            current_person(), kind=data["kind"], filename=sent.filename, content=sent.content
        )
        return {"id": batch}


@bp.route("/imports/<uuid:batch_id>")
class OneImport(MethodView):
    """A batch."""

    @bp.response(200, schemas.BatchCardOut)
    def get(self, batch_id: UUID) -> Any:
        """State, counts and progress."""
        return queries.import_batch(current_person(), batch_id)

    @bp.response(204)
    def delete(self, batch_id: UUID) -> None:
        """Discard a batch that has not been applied."""
        actions.discard_import(current_person(), batch_id=batch_id)


@bp.route("/imports/<uuid:batch_id>/rows")
class ImportRows(MethodView):
    """Rows of a batch."""

    @bp.arguments(schemas.ImportRowFilter, location="query", unknown="exclude")
    @bp.response(200, schemas.ImportRowOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], batch_id: UUID, pagination_parameters: PaginationParameters) -> Any:
        """Rows in the order of the file, each with what it means and why (BR-07)."""
        page = queries.import_rows(current_person(), batch_id, **wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)


@bp.route("/imports/<uuid:batch_id>/rows/<int:number>/decision")
class RowDecision(MethodView):
    """A decision about a row."""

    @bp.arguments(schemas.RowDecisionIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], batch_id: UUID, number: int) -> None:
        """Say that a row is new, means a known organisation, or is left out."""
        actions.decide_row(current_person(), batch_id=batch_id, number=number, **data)


@bp.route("/imports/<uuid:batch_id>/skip")
class Skipping(MethodView):
    """Rows to leave out."""

    @bp.arguments(schemas.SkipIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], batch_id: UUID) -> None:
        """Leave out every undecided row of one verdict."""
        actions.skip_rows(current_person(), batch_id=batch_id, **data)


@bp.route("/imports/<uuid:batch_id>/check")
class Rechecking(MethodView):
    """A new check."""

    @bp.response(202)
    def post(self, batch_id: UUID) -> None:
        """Check once more against the registry of now."""
        actions.check_import_again(current_person(), batch_id=batch_id)


@bp.route("/imports/<uuid:batch_id>/apply")
class Application(MethodView):
    """Application."""

    @bp.response(202)
    def post(self, batch_id: UUID) -> None:
        """Apply the batch as a whole, outside the request."""
        actions.apply_import(current_person(), batch_id=batch_id)


@bp.route("/imports/<uuid:batch_id>/undo")
class Undoing(MethodView):
    """Undoing."""

    @bp.response(202)
    def post(self, batch_id: UUID) -> None:
        """Take an applied batch back by correction, outside the request."""
        actions.undo_import(current_person(), batch_id=batch_id)
