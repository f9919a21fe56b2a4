"""Registering for events, one's own registrations, lists of participants."""

from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from services.events import access, actions, queries, schemas
from services.events.pages.door import bp, choices
from services.events.queries import EventCard, network
from services.events.queries.sheets import Sheet
from services.events.rules.kinds import Audience, ParticipationRole
from services.events.rules.registration import OPEN_ROLES, TMS_ROLE
from shared.person import Person, Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.route("/<uuid:event_id>/register", methods=["GET", "POST"])
def register(event_id: UUID) -> ResponseReturnValue:
    """The only form that collects registrations (BR-30); open events need no account."""
    who = current_person()
    card = queries.event(who, event_id)

    def submit(data: dict[str, Any]) -> str:
        myself = data.pop("myself")
        registered = actions.register_participant(
            who, event_id=event_id, person_id=who.person_id if myself else None, **data
        )
        return _ticket(who, registered.id, registered.join_code)

    return form_page(
        "events/register.html",
        schemas.RegistrationForm(),
        submit,
        title=_("Регистрация на мероприятие"),
        done=_("Вы в списке. Сохраните код для входа"),
        initial=_prefilled(who, card),
        card=card,
        organisations=_organisations(who, card.event.audience),
        roles=[
            (value, text)
            for value, text in choices(ParticipationRole)
            if card.manages or ParticipationRole(value) in OPEN_ROLES
        ],
    )


@bp.get("/registrations")
@page_roles()
def my_registrations() -> str:
    """Registrations of oneself and of the people of one's organisation."""
    return render_template(
        "events/registrations.html", registrations=queries.my_registrations(current_person())
    )


@bp.get("/registrations/<uuid:registration_id>")
def registration(registration_id: UUID) -> str:
    """«Моя регистрация»: the code, the name to join under, the link."""
    code = request.args.get("code")
    one = queries.registration(current_person(), registration_id, code)
    return render_template("events/registration.html", one=one, code=code)


@bp.post("/registrations/<uuid:registration_id>/cancel")
def cancel_registration(registration_id: UUID) -> Answer:
    """The button «Отменить регистрацию»."""
    who, code = current_person(), request.form.get("join_code")
    return act_on(
        lambda: actions.cancel_registration(who, registration_id=registration_id, join_code=code),
        back=_ticket(who, registration_id, code),
        done=_("Регистрация отменена"),
    )


@bp.route("/<uuid:event_id>/participants", methods=["GET", "POST"])
@page_roles()
def participants(event_id: UUID) -> ResponseReturnValue:
    """Participants within the scope of whoever asks; the operator adds people from history here."""
    who = current_person()
    page = queries.participants(who, event_id, request.args.get("page", 1, type=int))
    back = url_for(".participants", event_id=event_id)

    def submit(data: dict[str, Any]) -> str:
        actions.record_past_participation(who, event_id=event_id, **data)
        return back

    return form_page(
        "events/participants.html",
        schemas.PastParticipationIn(),
        submit,
        title=_("Участники"),
        done=_("Участник записан"),
        card=queries.event(who, event_id),
        page=page,
        organisations=network.organisation_choices() if access.keeps_attendance(who) else [],
        roles=choices(ParticipationRole),
    )


@bp.post("/<uuid:event_id>/participants/export")
def export_participants(event_id: UUID) -> Answer:
    """The buttons «XLSX» and «CSV»."""
    wanted = request.form.get("sheet_format", "")
    sheet = actions.export_participants(current_person(), event_id=event_id, sheet_format=wanted)
    return download(sheet)


def download(sheet: Sheet) -> Response:
    """A file to save; it holds personal data, so nobody keeps it on the way."""
    return Response(
        sheet.content,
        content_type=sheet.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{sheet.filename}"',
            "Cache-Control": "no-store",
        },
    )


def _ticket(who: Person, registration_id: UUID, code: str | None) -> str:
    """The page of a registration; without an account it opens by the code."""
    return url_for(".registration", registration_id=registration_id, code=code if who.is_public else None)


def _prefilled(who: Person, card: EventCard) -> dict[str, Any]:
    """What is known of the person who registers, so that nobody types it again."""
    known = network.oneself(who)
    own = who.organisations(*access.OF_PEOPLE)
    values: dict[str, Any] = {"role": ParticipationRole.ATTENDEE, "organisation_id": next(iter(own), None)}
    if known is not None and not card.own:
        values |= {
            "last_name": known.last_name,
            "first_name": known.first_name,
            "middle_name": known.middle_name,
            "organisation_id": known.organisation_id or values["organisation_id"],
            "myself": True,
        }
    return values


def _organisations(who: Person, audience: Audience) -> list[tuple[str, str]]:
    """Organisations to choose from: whoever answers for some sees those."""
    own = None if who.has(Role.OPERATOR) else who.organisations(*access.OF_PEOPLE)
    role = TMS_ROLE if audience is Audience.TMS else None
    return network.organisation_choices(role, only=own or None)
