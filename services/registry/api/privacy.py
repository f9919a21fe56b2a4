"""Personal data: terms, requests, destruction, export, the log of readings, incidents, the policy."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers, privacy
from shared.refusal import N_, NotFound
from shared.web.export import attachment
from shared.web.person import current_person


@bp.route("/people/<uuid:person_id>/privacy")
class Privacy(MethodView):
    """The protection of a person's data."""

    @bp.response(200, privacy.PrivacyOut)
    def get(self, person_id: UUID) -> Any:
        """Consents, terms and requests of a person, for managers and the person."""
        return actions.read_privacy(current_person(), person_id=person_id)


@bp.route("/people/<uuid:person_id>/processing")
class Processing(MethodView):
    """Basis and term."""

    @bp.arguments(privacy.ProcessingIn)
    @bp.response(204)
    def put(self, data: dict[str, Any], person_id: UUID) -> None:
        """Record why and how long a person's data are processed (operator, PD-04, PD-13)."""
        actions.set_processing(current_person(), person_id=person_id, **data)


@bp.route("/people/<uuid:person_id>/requests")
class Requests(MethodView):
    """Requests about a person's data."""

    @bp.arguments(privacy.RequestIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], person_id: UUID) -> Any:
        """Ask for the own data or those of the own people, or for their destruction."""
        return {"id": actions.request_data(current_person(), person_id=person_id, **data)}


@bp.route("/personal-data-requests/<uuid:request_id>/refuse")
class RequestRefusal(MethodView):
    """Refusing a request."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], request_id: UUID) -> None:
        """Refuse a request, saying why (operator)."""
        actions.refuse_request(current_person(), request_id=request_id, **data)


@bp.route("/personal-data-requests/<uuid:request_id>/fulfil")
class RequestFulfilment(MethodView):
    """Fulfilling a request."""

    @bp.response(204)
    def post(self, request_id: UUID) -> None:
        """Record that the data were handed over (operator)."""
        actions.fulfil_export(current_person(), request_id=request_id)


@bp.route("/people/<uuid:person_id>/erase")
class Erasures(MethodView):
    """Destruction of a person's data."""

    @bp.arguments(privacy.ErasureIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], person_id: UUID) -> Any:
        """Destroy a person's data with the act D-14 (operator, BR-69, BR-70)."""
        return {"id": actions.erase_person(current_person(), person_id=person_id, **data)}


@bp.route("/erasures/<uuid:erasure_id>/extract")
class Extract(MethodView):
    """The extract of the journal."""

    @bp.response(200, content_type="text/csv", description="CSV, UTF-8 with a byte order mark")
    def get(self, erasure_id: UUID) -> Response:
        """The extract of the journal kept with an act of destruction (PD-06)."""
        row = queries.erasure_extract(current_person(), erasure_id)
        return attachment(row.extract, f"erasure-{row.number}.csv", "text/csv; charset=utf-8")


@bp.route("/people/<uuid:person_id>/export")
class Export(MethodView):
    """Everything held about a person."""

    @bp.response(200, privacy.ExportOut)
    def get(self, person_id: UUID) -> Any:
        """Everything the registry holds about a person, for the person and managers (F16)."""
        return actions.export_subject(current_person(), person_id=person_id)


@bp.route("/people/<uuid:person_id>/readings")
class ReadingsOf(MethodView):
    """Who looked at a person's data."""

    @bp.response(200, privacy.ReadingOut(many=True))
    @bp.paginate()
    def get(self, person_id: UUID, pagination_parameters: PaginationParameters) -> Any:
        """Who looked at a person's data, for the person and managers (BR-71)."""
        page = queries.readings_of(current_person(), person_id, **portion(pagination_parameters))
        return items(page, pagination_parameters)


@bp.route("/readings")
class Readings(MethodView):
    """The log of readings."""

    @bp.response(200, privacy.ReadingOut(many=True))
    @bp.paginate()
    def get(self, pagination_parameters: PaginationParameters) -> Any:
        """Who looked at whose data (operator, administrator, BR-71)."""
        return items(
            queries.readings(current_person(), **portion(pagination_parameters)), pagination_parameters
        )


@bp.route("/privacy/due")
class Due(MethodView):
    """What must be done about personal data."""

    @bp.response(200, privacy.DueOut)
    def get(self) -> Any:
        """Erasures, requests and incidents that wait (operator, administrator)."""
        return actions.read_privacy_due(current_person())


@bp.route("/incidents")
class Incidents(MethodView):
    """Incidents with personal data."""

    @bp.response(200, privacy.IncidentOut(many=True))
    def get(self) -> Any:
        """Incidents with their deadlines (operator, administrator, PD-05, PD-10)."""
        return queries.all_incidents(current_person())

    @bp.arguments(privacy.IncidentIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Open the card of an incident (operator, administrator)."""
        return {"id": actions.record_incident(current_person(), **data)}


@bp.route("/incidents/<uuid:incident_id>/close")
class IncidentClosing(MethodView):
    """Closing an incident."""

    @bp.arguments(privacy.NoteIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], incident_id: UUID) -> None:
        """Close an incident, saying what was done."""
        actions.close_incident(current_person(), incident_id=incident_id, **data)


@bp.route("/policy")
class Policy(MethodView):
    """The policy of personal data."""

    @bp.response(200, privacy.PolicyOut)
    def get(self) -> Any:
        """The policy in force, open to everybody (PD-09)."""
        found = queries.policy()
        if found is None:
            raise NotFound(N_("политика обработки персональных данных"))
        return found

    @bp.arguments(privacy.PolicyIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Publish the next version of the policy (administrator, PD-09)."""
        return {"id": actions.publish_policy(current_person(), **data)}
