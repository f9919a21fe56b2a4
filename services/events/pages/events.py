"""Events: the list, the card, new ones, and the buttons of their life."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.events import access, actions, queries, schemas
from services.events.pages.door import bp, choices
from services.events.queries import EventCard, Period, network
from services.events.rules.kinds import Audience, DatePrecision, EventKind, EventMode, OrdinalStyle, Provider
from shared.person import Person, Role
from shared.refusal import NotAllowed
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

PLANNERS = (Role.OPERATOR, Role.TMS, Role.IRO)


@bp.get("/")
def events() -> str:
    """Events of the network: to come, past, of one kind."""
    period = _member(Period, request.args.get("period"), Period.UPCOMING)
    kind = _member(EventKind, request.args.get("kind"), None)
    page = request.args.get("page", 1, type=int)
    return render_template(
        "events/list.html",
        page=queries.events(period, kind, page),
        period=period,
        kind=kind,
        kinds=choices(EventKind),
        may_plan=access.may_plan(current_person()),
    )


@bp.get("/<uuid:event_id>")
def event(event_id: UUID) -> str:
    """The card of an event."""
    who = current_person()
    return render_template(
        "events/card.html", card=queries.event(who, event_id), turnout=queries.turnout(who, event_id)
    )


@bp.route("/new", methods=["GET", "POST"])
@page_roles(*PLANNERS)
def new_event() -> ResponseReturnValue:
    """Announce an event."""
    return _event_form(actions.plan_event, title=_("Новое мероприятие"), past=False)


@bp.route("/past/new", methods=["GET", "POST"])
@page_roles(*PLANNERS)
def new_past_event() -> ResponseReturnValue:
    """Enter an event from history."""
    return _event_form(actions.record_past_event, title=_("Прошедшее мероприятие"), past=True)


@bp.route("/series", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def series() -> ResponseReturnValue:
    """Series of events, and a form for one more."""

    def submit(data: dict[str, Any]) -> str:
        actions.add_series(current_person(), **data)
        return url_for(".series")

    return form_page(
        "events/series.html",
        schemas.SeriesIn(),
        submit,
        title=_("Серии мероприятий"),
        done=_("Серия добавлена"),
        series=queries.series(),
        organisations=network.organisation_choices(),
        styles=choices(OrdinalStyle),
    )


@bp.post("/<uuid:event_id>/open-registration")
def open_registration(event_id: UUID) -> Response:
    """The button «Открыть регистрацию»."""
    return _step(actions.open_registration, event_id, _("Регистрация открыта"))


@bp.post("/<uuid:event_id>/close-registration")
def close_registration(event_id: UUID) -> Response:
    """The button «Закрыть регистрацию»."""
    return _step(actions.close_registration, event_id, _("Регистрация закрыта"))


@bp.post("/<uuid:event_id>/start")
def start(event_id: UUID) -> Response:
    """The button «Начать»."""
    return _step(actions.start_event, event_id, _("Мероприятие начато"))


@bp.route("/<uuid:event_id>/day", methods=["GET", "POST"])
@page_roles(*PLANNERS)
def day(event_id: UUID) -> ResponseReturnValue:
    """Set the day of an event known to a month or a year."""
    return _led_form(
        event_id, "events/day.html", schemas.DayIn(), actions.set_day, _("Назначить день"), _("День назначен")
    )


@bp.route("/<uuid:event_id>/meeting", methods=["GET", "POST"])
@page_roles(*PLANNERS)
def meeting(event_id: UUID) -> ResponseReturnValue:
    """Say where an event takes place."""
    one = _led(event_id).event
    return _led_form(
        event_id,
        "events/meeting.html",
        schemas.MeetingIn(),
        actions.set_meeting,
        _("Место и ссылка"),
        _("Место и ссылка сохранены"),
        initial={"place": one.place, "provider": one.provider, "join_url": one.join_url},
        providers=choices(Provider),
    )


@bp.route("/<uuid:event_id>/finish", methods=["GET", "POST"])
@page_roles(*PLANNERS)
def finish(event_id: UUID) -> ResponseReturnValue:
    """End an event and say when it really began and ended."""
    one = _led(event_id).event
    return _led_form(
        event_id,
        "events/finish.html",
        schemas.FinishIn(),
        actions.finish_event,
        _("Завершить мероприятие"),
        _("Мероприятие завершено"),
        initial={"started_at": one.starts_at, "ended_at": one.ends_at},
    )


@bp.route("/<uuid:event_id>/postpone", methods=["GET", "POST"])
@page_roles(*PLANNERS)
def postpone(event_id: UUID) -> ResponseReturnValue:
    """Move an event to other dates."""
    return _led_form(
        event_id,
        "events/postpone.html",
        schemas.PostponeIn(),
        actions.postpone_event,
        _("Перенести мероприятие"),
        _("Мероприятие перенесено"),
        initial={"date_precision": DatePrecision.DAY},
        precisions=choices(DatePrecision),
    )


@bp.route("/<uuid:event_id>/cancel", methods=["GET", "POST"])
@page_roles(*PLANNERS)
def cancel(event_id: UUID) -> ResponseReturnValue:
    """Call an event off."""
    return _led_form(
        event_id,
        "events/cancel.html",
        schemas.ReasonIn(),
        actions.cancel_event,
        _("Отменить мероприятие"),
        _("Мероприятие отменено"),
    )


def _event_form(plan: Callable[..., UUID], *, title: str, past: bool) -> ResponseReturnValue:
    who = current_person()
    return form_page(
        "events/event_form.html",
        schemas.EventIn(),
        lambda data: url_for(".event", event_id=plan(who, **data)),
        title=title,
        done=_("Мероприятие сохранено"),
        initial={
            "date_precision": DatePrecision.MONTH if past else DatePrecision.DAY,
            "mode": EventMode.OFFLINE,
            "audience": Audience.OPEN,
            "organiser_ids": sorted(who.organisations(Role.TMS, Role.IRO)),
        },
        past=past,
        kinds=choices(EventKind),
        modes=choices(EventMode),
        precisions=choices(DatePrecision),
        audiences=choices(Audience),
        providers=choices(Provider),
        series=[(str(one.id), one.name) for one in queries.series()],
        organisations=network.organisation_choices(only=_organisers(who)),
    )


def _organisers(who: Person) -> set[UUID] | None:
    """Organisations that this person may name as organisers; None means any."""
    return None if who.has(Role.OPERATOR) else who.organisations(Role.TMS, Role.IRO)


def _led_form(
    event_id: UUID,
    template: str,
    schema: Any,
    action: Callable[..., None],
    title: str,
    done: str,
    **context: Any,
) -> ResponseReturnValue:
    """A form about an event, for whoever leads it; afterwards back to its card."""
    card = _led(event_id)

    def submit(data: dict[str, Any]) -> str:
        action(current_person(), event_id=event_id, **data)
        return url_for(".event", event_id=event_id)

    return form_page(
        template,
        schema,
        submit,
        title=title,
        done=done,
        card=card,
        **context,
    )


def _led(event_id: UUID) -> EventCard:
    card = queries.event(current_person(), event_id)
    if not card.manages:
        raise NotAllowed
    return card


def _step(action: Callable[..., None], event_id: UUID, done: str) -> Response:
    return act_on(
        lambda: action(current_person(), event_id=event_id),
        back=url_for(".event", event_id=event_id),
        done=done,
    )


def _member(kind: type[Any], value: str | None, default: Any) -> Any:
    """A member of a dictionary named in the address; anything else counts as not named."""
    try:
        return kind(value)
    except ValueError:
        return default
