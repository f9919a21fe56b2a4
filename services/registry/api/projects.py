"""Projects of the network, priority directions, recommendations of municipalities."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers, project_answers
from services.registry.schemas.projects import RecommendationFilter
from shared.web.person import current_person


@bp.route("/projects")
class Projects(MethodView):
    """Projects."""

    @bp.response(200, project_answers.ProjectOut(many=True))
    def get(self) -> Any:
        """Projects of the network, open to everybody signed in."""
        return queries.projects(current_person())

    @bp.arguments(schemas.ProjectIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Enter a project with its tasks and target groups (operator)."""
        return {"id": actions.start_project(current_person(), **data)}


@bp.route("/projects/<uuid:project_id>")
class OneProject(MethodView):
    """A project."""

    @bp.response(200, project_answers.ProjectCardOut)
    def get(self, project_id: UUID) -> Any:
        """A project with tasks, products, target groups, directions and acts."""
        return queries.project(current_person(), project_id)

    @bp.arguments(schemas.ProjectIn)
    @bp.response(204)
    def put(self, data: dict[str, Any], project_id: UUID) -> None:
        """Say what the project is from now on; everything sent replaces what was there (operator)."""
        actions.change_project(current_person(), project_id=project_id, **data)


@bp.route("/projects/<uuid:project_id>/products")
class Products(MethodView):
    """Products of a project."""

    @bp.arguments(schemas.ProductIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], project_id: UUID) -> Any:
        """Record an approach, a mechanism, a methodical development (operator)."""
        return {"id": actions.add_product(current_person(), project_id=project_id, **data)}


@bp.route("/projects/<uuid:project_id>/products/<uuid:product_id>")
class OneProduct(MethodView):
    """A product of a project."""

    @bp.response(204)
    def delete(self, project_id: UUID, product_id: UUID) -> None:
        """Take back a product that was entered by mistake (operator)."""
        actions.drop_product(current_person(), project_id=project_id, product_id=product_id)


@bp.route("/priority-directions")
class Directions(MethodView):
    """Priority directions."""

    @bp.response(200, project_answers.DirectionOut(many=True))
    def get(self) -> Any:
        """The dictionary of priority directions, open to everybody."""
        return queries.directions()

    @bp.arguments(schemas.DirectionIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Add a priority direction (operator)."""
        return {"id": actions.add_direction(current_person(), **data)}


@bp.route("/recommendations")
class Recommendations(MethodView):
    """Recommendations of municipalities."""

    @bp.arguments(RecommendationFilter, location="query", unknown="exclude")
    @bp.response(200, project_answers.RecommendationOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """Recommendations that you may read: all of them, or those of your municipality."""
        page = queries.recommendations(current_person(), **wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.RecommendationIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Recommend for your municipality (ТМС, МОУО; the operator from a letter)."""
        return {"id": actions.submit_recommendation(current_person(), **data)}


@bp.route("/recommendations/numbers")
class RecommendationNumbers(MethodView):
    """I-23."""

    @bp.response(200, project_answers.TallyOut)
    def get(self) -> Any:
        """Submitted, accepted, realised, and how many municipalities recommended (I-23)."""
        return queries.recommendation_tally(current_person())


@bp.route("/recommendations/<uuid:recommendation_id>")
class OneRecommendation(MethodView):
    """A recommendation."""

    @bp.response(200, project_answers.RecommendationOut)
    def get(self, recommendation_id: UUID) -> Any:
        """One recommendation of your municipality, any for the operator."""
        return queries.recommendation(current_person(), recommendation_id).one


@bp.route("/recommendations/<uuid:recommendation_id>/accept")
class RecommendationAccepting(MethodView):
    """Acceptance."""

    @bp.response(204)
    def post(self, recommendation_id: UUID) -> None:
        """Accept a recommendation (operator)."""
        actions.accept_recommendation(current_person(), recommendation_id=recommendation_id)


@bp.route("/recommendations/<uuid:recommendation_id>/reject")
class RecommendationRejecting(MethodView):
    """Rejection."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], recommendation_id: UUID) -> None:
        """Reject a recommendation, with the reason (operator)."""
        actions.reject_recommendation(current_person(), recommendation_id=recommendation_id, **data)


@bp.route("/recommendations/<uuid:recommendation_id>/realise")
class RecommendationRealising(MethodView):
    """Realisation."""

    @bp.arguments(schemas.RealisedIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], recommendation_id: UUID) -> None:
        """Say where an accepted recommendation was realised (operator)."""
        actions.realise_recommendation(current_person(), recommendation_id=recommendation_id, **data)
