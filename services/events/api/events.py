"""Series and events."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters
from marshmallow import fields

from services.events import actions, queries, schemas
from services.events.api.door import bp
from services.events.queries import EventCard, Period
from services.events.rules.kinds import EventKind
from shared.web.person import current_person
from shared.web.schema import InSchema


class EventFilter(InSchema):
    """Which events are wanted."""

    period = fields.Enum(Period, by_value=True, load_default=Period.ALL)
    kind = fields.Enum(EventKind, by_value=True, load_default=None)


@bp.route("/series")
class SeriesList(MethodView):
    """Series of events."""

    @bp.response(200, schemas.SeriesOut(many=True))
    def get(self) -> Any:
        """All series, by name."""
        return queries.series()

    @bp.arguments(schemas.SeriesIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Open a series (operator)."""
        return {"id": actions.add_series(current_person(), **data)}


@bp.route("/events")
class Events(MethodView):
    """Events of the network."""

    @bp.arguments(EventFilter, location="query", unknown="exclude")
    @bp.response(200, schemas.EventOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """Events, open to everybody."""
        page = queries.events(**wanted, page=pagination_parameters.page, size=pagination_parameters.page_size)
        pagination_parameters.item_count = page.total
        return page.items

    @bp.arguments(schemas.EventIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Announce an event (operator; ТМС and ИРО their own)."""
        return {"id": actions.plan_event(current_person(), **data)}


@bp.route("/events/past")
class PastEvents(MethodView):
    """Events from history."""

    @bp.arguments(schemas.EventIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Enter an event that has been held already."""
        return {"id": actions.record_past_event(current_person(), **data)}


@bp.route("/events/<uuid:event_id>")
class OneEvent(MethodView):
    """The card of an event."""

    @bp.response(200, schemas.EventCardOut)
    def get(self, event_id: UUID) -> EventCard:
        """An event and what the one who asks may do about it."""
        return queries.event(current_person(), event_id)


@bp.route("/events/<uuid:event_id>/day")
class Day(MethodView):
    """The day of an event."""

    @bp.arguments(schemas.DayIn)
    @bp.response(200, schemas.EventCardOut)
    def post(self, data: dict[str, Any], event_id: UUID) -> EventCard:
        """Set the day and hour of an event known to a month or a year."""
        actions.set_day(current_person(), event_id=event_id, **data)
        return queries.event(current_person(), event_id)


@bp.route("/events/<uuid:event_id>/meeting")
class Meeting(MethodView):
    """The place of an event."""

    @bp.arguments(schemas.MeetingIn)
    @bp.response(200, schemas.EventCardOut)
    def post(self, data: dict[str, Any], event_id: UUID) -> EventCard:
        """Say where an event takes place."""
        actions.set_meeting(current_person(), event_id=event_id, **data)
        return queries.event(current_person(), event_id)


@bp.route("/events/<uuid:event_id>/open-registration")
class OpenRegistration(MethodView):
    """Opening the registration."""

    @bp.response(200, schemas.EventCardOut)
    def post(self, event_id: UUID) -> EventCard:
        """Let people register."""
        actions.open_registration(current_person(), event_id=event_id)
        return queries.event(current_person(), event_id)


@bp.route("/events/<uuid:event_id>/close-registration")
class CloseRegistration(MethodView):
    """Closing the registration."""

    @bp.response(200, schemas.EventCardOut)
    def post(self, event_id: UUID) -> EventCard:
        """Take no more registrations."""
        actions.close_registration(current_person(), event_id=event_id)
        return queries.event(current_person(), event_id)


@bp.route("/events/<uuid:event_id>/start")
class Start(MethodView):
    """The beginning of an event."""

    @bp.response(200, schemas.EventCardOut)
    def post(self, event_id: UUID) -> EventCard:
        """Begin the event."""
        actions.start_event(current_person(), event_id=event_id)
        return queries.event(current_person(), event_id)


@bp.route("/events/<uuid:event_id>/finish")
class Finish(MethodView):
    """The end of an event."""

    @bp.arguments(schemas.FinishIn)
    @bp.response(200, schemas.EventCardOut)
    def post(self, data: dict[str, Any], event_id: UUID) -> EventCard:
        """End the event, telling when it really began and ended."""
        actions.finish_event(current_person(), event_id=event_id, **data)
        return queries.event(current_person(), event_id)


@bp.route("/events/<uuid:event_id>/postpone")
class Postpone(MethodView):
    """Other dates."""

    @bp.arguments(schemas.PostponeIn)
    @bp.response(200, schemas.EventCardOut)
    def post(self, data: dict[str, Any], event_id: UUID) -> EventCard:
        """Move an event that has not begun."""
        actions.postpone_event(current_person(), event_id=event_id, **data)
        return queries.event(current_person(), event_id)


@bp.route("/events/<uuid:event_id>/cancel")
class Cancel(MethodView):
    """Calling off."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(200, schemas.EventCardOut)
    def post(self, data: dict[str, Any], event_id: UUID) -> EventCard:
        """Call an event off, with all its registrations."""
        actions.cancel_event(current_person(), event_id=event_id, **data)
        return queries.event(current_person(), event_id)
