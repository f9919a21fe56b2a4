"""Plans of assignments, conflicts of interest."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from shared.web.person import current_person


@bp.route("/editions/<uuid:edition_id>/plans")
class Plans(MethodView):
    """Plans that are looked at before they are applied."""

    @bp.response(200, schemas.PlanLineOut(many=True))
    def get(self, edition_id: UUID) -> Any:
        """The last plans of the edition (secretary)."""
        return queries.plan_lines(current_person(), edition_id)

    @bp.arguments(schemas.PlanIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Compute a plan of the current stage; nothing is assigned yet (secretary)."""
        return {"id": actions.propose_plan(current_person(), edition_id=edition_id, **data)}


@bp.route("/plans/<uuid:plan_id>")
class OnePlan(MethodView):
    """One plan."""

    @bp.response(200, schemas.PlanOut)
    def get(self, plan_id: UUID) -> Any:
        """The plan with its pairs and reasons, or why it is impossible and what would help (secretary)."""
        return queries.plan(current_person(), plan_id)


@bp.route("/plans/<uuid:plan_id>/apply")
class PlanApplied(MethodView):
    """Application of a plan."""

    @bp.response(201, schemas.CountOut)
    def post(self, plan_id: UUID) -> Any:
        """Assign as planned, if nothing has changed since (secretary)."""
        return {"count": actions.apply_plan(current_person(), plan_id=plan_id)}


@bp.route("/editions/<uuid:edition_id>/conflicts")
class EditionConflicts(MethodView):
    """Conflicts of interest of an edition."""

    @bp.arguments(schemas.ConflictFilter, location="query", unknown="exclude")
    @bp.response(200, schemas.ConflictOut(many=True))
    def get(self, wanted: dict[str, Any], edition_id: UUID) -> Any:
        """All conflicts with their reasons, before anybody is invited (secretary, operator)."""
        return queries.edition_conflicts(current_person(), edition_id, **wanted)

    @bp.arguments(schemas.DeclarationIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], edition_id: UUID) -> Any:
        """Declare one's own conflict with an organisation (expert)."""
        return {"id": actions.declare_expert_conflict(current_person(), edition_id=edition_id, **data)}


@bp.route("/entries/<uuid:entry_id>/waivers")
class Waivers(MethodView):
    """Conflicts lifted by an act."""

    @bp.arguments(schemas.WaiverIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], entry_id: UUID) -> Any:
        """Lift a conflict by an act (operator)."""
        return {"id": actions.waive_conflict(current_person(), entry_id=entry_id, **data)}


@bp.route("/relations")
class Relations(MethodView):
    """Ties between people."""

    @bp.response(200, schemas.RelationOut(many=True))
    def get(self) -> Any:
        """Recorded ties (secretary)."""
        return queries.relations(current_person())

    @bp.arguments(schemas.RelationIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Record a tie with its source (secretary)."""
        return {"id": actions.add_relation(current_person(), **data)}


@bp.route("/relations/<uuid:relation_id>")
class OneRelation(MethodView):
    """One tie."""

    @bp.response(204)
    def delete(self, relation_id: UUID) -> None:
        """Take back a tie that was recorded by mistake (secretary)."""
        actions.remove_relation(current_person(), relation_id=relation_id)
