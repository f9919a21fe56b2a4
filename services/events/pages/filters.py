"""How events are written on pages."""

from enum import StrEnum
from typing import Any

from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from services.events.pages.door import bp
from services.events.rules import codes, labels
from services.events.rules.kinds import CertificateState, DatePrecision
from services.events.rules.states import EventState, RegistrationState
from shared.web.filters import day, moment

_TONE_OF = {
    (EventState, EventState.PLANNED): "neutral",
    (EventState, EventState.REGISTRATION): "info",
    (EventState, EventState.READY): "info",
    (EventState, EventState.RUNNING): "warning",
    (EventState, EventState.HELD): "success",
    (EventState, EventState.CANCELLED): "danger",
    (RegistrationState, RegistrationState.CONFIRMED): "info",
    (RegistrationState, RegistrationState.WAITLIST): "warning",
    (RegistrationState, RegistrationState.ATTENDED): "success",
    (RegistrationState, RegistrationState.CERTIFIED): "success",
    (RegistrationState, RegistrationState.NO_SHOW): "danger",
    (CertificateState, CertificateState.VALID): "success",
    (CertificateState, CertificateState.CANCELLED): "danger",
}


@bp.app_template_filter("label")
def label(value: StrEnum) -> str:
    """What a member of a dictionary is called."""
    return _(labels.label(value))


@bp.app_template_filter("tone")
def tone(value: StrEnum) -> str:
    """The colour of a state."""
    return _TONE_OF.get((type(value), value), "neutral")


@bp.app_template_filter("dates")
def dates(event: Any) -> str:
    """When an event takes place, no more exact than it is known (BR-27)."""
    if event.date_precision is DatePrecision.YEAR:
        return _("%(year)s год", year=event.starts_on.year)
    if event.date_precision is DatePrecision.MONTH:
        locale = get_locale()
        pattern = "LLLL yyyy 'г.'" if locale and locale.language == "ru" else "LLLL yyyy"
        return format_date(event.starts_on, pattern, rebase=False)
    if getattr(event, "starts_at", None):
        return moment(event.starts_at)
    if event.ends_on and event.ends_on != event.starts_on:
        return f"{day(event.starts_on)} — {day(event.ends_on)}"
    return day(event.starts_on)


@bp.app_template_filter("spaced_code")
def spaced_code(code: str) -> str:
    """A verify code as printed."""
    return codes.spaced_verify_code(code)
