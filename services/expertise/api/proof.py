"""Heads, logs and proofs (F6)."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from shared.web.person import current_person


@bp.route("/editions/<uuid:edition_id>/heads")
class Heads(MethodView):
    """Signed heads of a log."""

    @bp.response(200, schemas.HeadOut(many=True))
    def get(self, edition_id: UUID) -> Any:
        """Signed heads, the newest first; open to everybody."""
        return queries.heads(current_person(), edition_id)

    @bp.response(201, schemas.HeadOut)
    def post(self, edition_id: UUID) -> Any:
        """Sign the log as it is now; nothing new gives the last head again."""
        actions.sign_edition_head(current_person(), edition_id=edition_id)
        return queries.heads(current_person(), edition_id)[0]


@bp.route("/editions/<uuid:edition_id>/log")
class Log(MethodView):
    """The log."""

    @bp.arguments(schemas.LogFilter, location="query", unknown="exclude")
    @bp.response(200, schemas.LogLineOut(many=True))
    @bp.paginate()
    def get(
        self, wanted: dict[str, Any], pagination_parameters: PaginationParameters, edition_id: UUID
    ) -> Any:
        """Lines of the log, the newest first, for those who run contests."""
        page = queries.log_page(
            current_person(),
            edition_id,
            **wanted,
            page=pagination_parameters.page,
            size=pagination_parameters.page_size,
        )
        pagination_parameters.item_count = page.total
        return page.items


@bp.route("/editions/<uuid:edition_id>/proof")
class Proof(MethodView):
    """The bundle of a log."""

    @bp.response(200, schemas.ProofOut)
    def get(self, edition_id: UUID) -> Any:
        """The whole log with heads and keys; open to everybody once the results are published."""
        return queries.proof_bundle(current_person(), edition_id)


@bp.route("/entries/<uuid:entry_id>/proof")
class OneEntryProof(MethodView):
    """The proof of an entry."""

    @bp.response(200, schemas.EntryProofOut)
    def get(self, entry_id: UUID) -> Any:
        """Lines about an entry with their inclusion proofs against the newest head."""
        return queries.entry_bundle(current_person(), entry_id)


@bp.route("/log-keys")
class LogKeys(MethodView):
    """Keys of logs."""

    @bp.response(200, schemas.LogKeyOut(many=True))
    def get(self) -> Any:
        """Public halves of the keys that sign heads; open to everybody."""
        return queries.log_keys()

    @bp.response(201, schemas.LogKeyOut)
    def post(self) -> Any:
        """Sign with a new key from now on; old heads stay good (administrator)."""
        kid = actions.rotate_log_key(current_person())
        return next(one for one in queries.log_keys() if one.kid == kid)
