"""Series, rubrics, editions."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from shared.web.person import current_person
from shared.web.wording import refusal_text


@bp.route("/contest-series")
class SeriesList(MethodView):
    """Contest series."""

    @bp.response(200, schemas.SeriesOut(many=True))
    def get(self) -> Any:
        """All contest series."""
        return queries.series(current_person())

    @bp.arguments(schemas.SeriesIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Open a contest series."""
        return {"id": actions.add_contest_series(current_person(), **data)}


@bp.route("/contest-series/<uuid:series_id>")
class Series(MethodView):
    """One contest series."""

    @bp.arguments(schemas.SeriesEditIn)
    @bp.response(200, schemas.SeriesOut)
    def put(self, data: dict[str, Any], series_id: UUID) -> Any:
        """Change a series; its former name stays in its history."""
        actions.edit_contest_series(current_person(), series_id=series_id, **data)
        return queries.one_series(current_person(), series_id)


@bp.route("/rubrics")
class Rubrics(MethodView):
    """Rubrics."""

    @bp.response(200, schemas.RubricOut(many=True))
    def get(self) -> Any:
        """All versions of all rubrics."""
        return queries.rubrics(current_person())

    @bp.arguments(schemas.RubricIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Add a rubric or the next version of one."""
        return {"id": actions.add_rubric(current_person(), **data)}


@bp.route("/editions")
class Editions(MethodView):
    """Editions of contests."""

    @bp.arguments(schemas.EditionFilter, location="query", unknown="exclude")
    @bp.response(200, schemas.EditionOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """Editions, the newest first, open to everybody."""
        if wanted["open"]:
            found = queries.open_editions(current_person())
            pagination_parameters.item_count = len(found)
            return found[pagination_parameters.first_item : pagination_parameters.last_item + 1]
        page = queries.editions(
            current_person(), page=pagination_parameters.page, size=pagination_parameters.page_size
        )
        pagination_parameters.item_count = page.total
        return page.items

    @bp.arguments(schemas.EditionIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Draft an edition."""
        return {"id": actions.draft_edition(current_person(), **data)}


@bp.route("/editions/past")
class PastEditions(MethodView):
    """Editions from history."""

    @bp.arguments(schemas.PastEditionIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Record an edition held before the system."""
        return {"id": actions.record_past_edition(current_person(), **data)}


@bp.route("/editions/<uuid:edition_id>")
class Edition(MethodView):
    """One edition."""

    @bp.response(200, schemas.EditionCardOut)
    def get(self, edition_id: UUID) -> Any:
        """The public card of an edition."""
        return queries.edition(current_person(), edition_id)

    @bp.arguments(schemas.EditionEditIn)
    @bp.response(200, schemas.EditionCardOut)
    def put(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Change everything about an edition; possible until the reception begins (BR-36)."""
        actions.edit_edition(current_person(), edition_id=edition_id, **data)
        return queries.edition(current_person(), edition_id)


@bp.route("/editions/<uuid:edition_id>/copy")
class EditionCopy(MethodView):
    """The next edition."""

    @bp.arguments(schemas.EditionCopyIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Draft the next edition after the pattern of this one."""
        return {"id": actions.copy_edition(current_person(), edition_id=edition_id, **data)}


@bp.route("/editions/<uuid:edition_id>/rules/<int:number>")
class Rules(MethodView):
    """Frozen rules."""

    @bp.response(200, schemas.FrozenRulesOut)
    def get(self, edition_id: UUID, number: int) -> Any:
        """A version of the rules with its content, open to everybody: what the hash is of."""
        return queries.frozen_rules(current_person(), edition_id, number)


@bp.route("/editions/<uuid:edition_id>/amendments")
class Amendments(MethodView):
    """Changes of frozen rules."""

    @bp.arguments(schemas.AmendmentIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Change frozen rules by an act (operator); never retroactive for signed sheets (BR-36)."""
        return {"id": actions.amend_edition(current_person(), edition_id=edition_id, **data)}


@bp.route("/editions/<uuid:edition_id>/approve")
class EditionApproval(MethodView):
    """Approval."""

    @bp.arguments(schemas.ActIn)
    @bp.response(200, schemas.EditionCardOut)
    def post(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Approve an edition by an act (operator)."""
        actions.approve_edition(current_person(), edition_id=edition_id, **data)
        return queries.edition(current_person(), edition_id)


@bp.route("/editions/<uuid:edition_id>/advance")
class EditionAdvance(MethodView):
    """The way from stage to stage."""

    @bp.response(200, schemas.ObstacleOut(many=True))
    def get(self, edition_id: UUID) -> Any:
        """What keeps the edition from its next stage; empty when nothing does."""
        reasons = queries.reasons_why_not(current_person(), edition_id)
        return [{"rule": reason.rule, "text": refusal_text(reason)} for reason in reasons]

    @bp.response(200, schemas.EditionStateOut)
    def post(self, edition_id: UUID) -> Any:
        """Lead the edition to its next stage."""
        return {"state": actions.advance_edition(current_person(), edition_id=edition_id)}


@bp.route("/editions/<uuid:edition_id>/cancel")
class EditionCancellation(MethodView):
    """Cancellation."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(200, schemas.EditionCardOut)
    def post(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Cancel an edition before the decision (operator)."""
        actions.cancel_edition(current_person(), edition_id=edition_id, **data)
        return queries.edition(current_person(), edition_id)


@bp.route("/nominations/<uuid:nomination_id>/rubric")
class NominationRubric(MethodView):
    """The rubric of a nomination."""

    @bp.arguments(schemas.NominationRubricIn)
    @bp.response(204)
    def put(self, data: dict[str, Any], nomination_id: UUID) -> None:
        """Take another version of the rubric; possible until the reception begins (BR-36)."""
        actions.use_rubric(current_person(), nomination_id=nomination_id, **data)
