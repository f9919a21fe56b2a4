"""Certificates: who gets one, its number, its hours (BR-34, BR-67, D-08)."""

from collections.abc import Collection
from datetime import timedelta

from services.events.rules.kinds import CertificateState, ParticipationRole
from services.events.rules.states import EventState, RegistrationState
from shared.refusal import N_, Refused

_SERIES = "МС"


def number(year: int, count: int) -> str:
    """The number of the n-th certificate of a year: «МС-2020-0001»; the count starts anew each year."""
    return f"{_SERIES}-{year}-{count:04d}"


def may_have(
    state: RegistrationState, role: ParticipationRole, already: Collection[ParticipationRole]
) -> bool:
    """A certificate is issued only to a person who attended, and once per role (BR-34)."""
    return state is RegistrationState.ATTENDED and role not in already


def event_is_held(state: EventState) -> None:
    """Certificates are issued after the event."""
    if state not in (EventState.HELD, EventState.ARCHIVED):
        raise Refused("BR-34", N_("Сертификаты выдаются после завершения мероприятия"))


def somebody_gets_one(count: int) -> None:
    """An order to issue that would issue nothing is a mistake worth telling (BR-34)."""
    if not count:
        raise Refused("BR-34", N_("Некому выдавать: нет присутствовавших без сертификата"))


def is_valid(state: CertificateState) -> None:
    """A cancelled certificate is neither cancelled again nor printed as a duplicate (BR-68)."""
    if state is not CertificateState.VALID:
        raise Refused("BR-68", N_("Сертификат аннулирован"))


def academic_hours(duration: timedelta) -> int | None:
    """Hours of 45 minutes, rounded down; nothing when there is not one (D-08)."""
    return duration // timedelta(minutes=45) or None
