"""Registrations and participants."""

from typing import Any
from uuid import UUID

from flask import Response, request
from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.events import actions, queries, schemas
from services.events.api.door import bp, download
from shared.web.person import current_person


@bp.route("/events/<uuid:event_id>/registrations")
class Registrations(MethodView):
    """People at an event."""

    @bp.response(200, schemas.RegistrationOut(many=True))
    @bp.paginate()
    def get(self, event_id: UUID, pagination_parameters: PaginationParameters) -> Any:
        """Participants whom the one who asks may see by name."""
        parameters = pagination_parameters
        page = queries.participants(current_person(), event_id, parameters.page, parameters.page_size)
        parameters.item_count = page.total
        return page.items

    @bp.arguments(schemas.RegistrationIn)
    @bp.response(201, schemas.RegisteredOut)
    def post(self, data: dict[str, Any], event_id: UUID) -> Any:
        """Register a person; open events take registrations without an account."""
        return actions.register_participant(current_person(), event_id=event_id, **data)


@bp.route("/events/<uuid:event_id>/participations")
class Participations(MethodView):
    """People from history."""

    @bp.arguments(schemas.PastParticipationIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], event_id: UUID) -> Any:
        """Enter a person who took part in an event that is over (operator)."""
        return {"id": actions.record_past_participation(current_person(), event_id=event_id, **data)}


@bp.route("/events/<uuid:event_id>/turnout")
class Turnout(MethodView):
    """Participants as numbers."""

    @bp.response(200, schemas.CountsOut(many=True))
    def get(self, event_id: UUID) -> Any:
        """Registered and attended by municipality, within the scope of the one who asks."""
        return queries.turnout(current_person(), event_id)


@bp.route("/events/<uuid:event_id>/participants/export")
class ParticipantsExport(MethodView):
    """The list of participants as a file."""

    @bp.arguments(schemas.ExportIn)
    @bp.response(200, content_type="application/octet-stream", description="XLSX or CSV")
    def post(self, data: dict[str, Any], event_id: UUID) -> Response:
        """Export the participants (operator); the access is written down (BR-71)."""
        return download(actions.export_participants(current_person(), event_id=event_id, **data))


@bp.route("/registrations")
class MyRegistrations(MethodView):
    """One's own registrations."""

    @bp.response(200, schemas.RegistrationOut(many=True))
    def get(self) -> Any:
        """Registrations of oneself and of the people of one's organisation."""
        return queries.my_registrations(current_person())


@bp.route("/registrations/<uuid:registration_id>")
class OneRegistration(MethodView):
    """One registration."""

    @bp.doc(parameters=[{"in": "header", "name": "X-Join-Code", "schema": {"type": "string"}}])
    @bp.response(200, schemas.RegistrationOut)
    def get(self, registration_id: UUID) -> Any:
        """A registration, for its owner or by the join code (header ``X-Join-Code``)."""
        return queries.registration(current_person(), registration_id, request.headers.get("X-Join-Code"))


@bp.route("/registrations/<uuid:registration_id>/cancel")
class CancelRegistration(MethodView):
    """Giving a place back."""

    @bp.arguments(schemas.CancelRegistrationIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], registration_id: UUID) -> None:
        """Cancel a registration before the event starts."""
        actions.cancel_registration(current_person(), registration_id=registration_id, **data)


@bp.route("/registrations/<uuid:registration_id>/mark-attended")
class MarkAttended(MethodView):
    """The organiser's mark."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], registration_id: UUID) -> None:
        """Mark a person as present, with a reason (operator, BR-32)."""
        actions.mark_attended(current_person(), registration_id=registration_id, **data)
