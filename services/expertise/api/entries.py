"""Entries: filing, registration, withdrawal."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from shared.web.person import current_person


@bp.route("/editions/<uuid:edition_id>/entries")
class Entries(MethodView):
    """Entries of an edition."""

    @bp.arguments(schemas.EntryFilter, location="query", unknown="exclude")
    @bp.response(200, schemas.EntryOut(many=True))
    @bp.paginate()
    def get(
        self, wanted: dict[str, Any], pagination_parameters: PaginationParameters, edition_id: UUID
    ) -> Any:
        """Entries that the one who asks may see."""
        page = queries.entries_page(
            current_person(),
            edition_id,
            **wanted,
            page=pagination_parameters.page,
            size=pagination_parameters.page_size,
        )
        pagination_parameters.item_count = page.total
        return page.items

    @bp.arguments(schemas.EntryDraftIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Begin an entry of one's own organisation."""
        return {"id": actions.draft_entry(current_person(), edition_id=edition_id, **data)}


@bp.route("/entries/own")
class OwnEntries(MethodView):
    """Entries of one's own organisations."""

    @bp.response(200, schemas.EntryOut(many=True))
    def get(self) -> Any:
        """Entries of the organisations for which one acts."""
        return queries.own_entries(current_person())


@bp.route("/entries/<uuid:entry_id>")
class Entry(MethodView):
    """One entry."""

    @bp.response(200, schemas.EntryCardOut)
    def get(self, entry_id: UUID) -> Any:
        """An entry with its check, remarks, sheets and result, as far as one may see them."""
        return queries.entry(current_person(), entry_id)

    @bp.arguments(schemas.EntryIn)
    @bp.response(200, schemas.EntryCardOut)
    def put(self, data: dict[str, Any], entry_id: UUID) -> Any:
        """Change a draft."""
        actions.edit_entry(current_person(), entry_id=entry_id, **data)
        return queries.entry(current_person(), entry_id)


@bp.route("/entries/<uuid:entry_id>/submit")
class Submission(MethodView):
    """Filing."""

    @bp.response(200, schemas.EntryCardOut)
    def post(self, entry_id: UUID) -> Any:
        """File an entry before the reception closes."""
        actions.submit_entry(current_person(), entry_id=entry_id)
        return queries.entry(current_person(), entry_id)


@bp.route("/entries/<uuid:entry_id>/register")
class Registration(MethodView):
    """Registration."""

    @bp.response(200, schemas.RegisteredOut)
    def post(self, entry_id: UUID) -> Any:
        """Register an entry under the next number (secretary)."""
        return {"reg_no": actions.register_entry(current_person(), entry_id=entry_id)}


@bp.route("/editions/<uuid:edition_id>/register-submitted")
class RegistrationOfAll(MethodView):
    """Registration of everything submitted."""

    @bp.response(200, schemas.RegisteredManyOut)
    def post(self, edition_id: UUID) -> Any:
        """Register all submitted entries in the order of submission (secretary)."""
        return {"reg_nos": actions.register_submitted(current_person(), edition_id=edition_id)}


@bp.route("/editions/<uuid:edition_id>/past-entries")
class PastEntries(MethodView):
    """Entries of the past."""

    @bp.arguments(schemas.PastEntryIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Record an entry to an edition that was held before the system (operator, secretary)."""
        return {"id": actions.record_past_entry(current_person(), edition_id=edition_id, **data)}


@bp.route("/entries/<uuid:entry_id>/withdraw")
class Withdrawal(MethodView):
    """Withdrawal."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(200, schemas.EntryCardOut)
    def post(self, data: dict[str, Any], entry_id: UUID) -> Any:
        """Withdraw an entry before the decision."""
        actions.withdraw_entry(current_person(), entry_id=entry_id, **data)
        return queries.entry(current_person(), entry_id)
