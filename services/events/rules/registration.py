"""Who takes a place at an event: capacity, waiting list, one registration per person (BR-28, BR-30)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.events.rules import names
from services.events.rules.kinds import Audience, ParticipationRole
from services.events.rules.states import EventState
from shared.refusal import N_, Refused

_EMAIL = re.compile(r"[^\s@,;<>]{1,64}@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")
TMS_ROLE = "TMS"

#: Roles that a person may take without the organiser.
OPEN_ROLES = frozenset({ParticipationRole.ATTENDEE, ParticipationRole.OBSERVER, ParticipationRole.DELEGATE})


@dataclass(frozen=True)
class Someone:
    """A person as known to one event: enough to see that it is the same person."""

    last_name: str
    first_name: str
    middle_name: str | None = None
    person_id: UUID | None = None
    organisation_id: UUID | None = None

    def is_same_as(self, other: "Someone") -> bool:
        """Known persons are compared by identity, others by full name within an organisation (BR-28)."""
        if self.person_id and other.person_id:
            return self.person_id == other.person_id
        return self._key() == other._key() and self.organisation_id == other.organisation_id

    def _key(self) -> tuple[str, ...]:
        return names.key(names.full(self.last_name, self.first_name, self.middle_name))


def registered_once(newcomer: Someone, present: Iterable[Someone]) -> None:
    """A person is registered once per event (BR-28)."""
    if any(newcomer.is_same_as(other) for other in present):
        raise Refused("BR-28", N_("Этот человек уже зарегистрирован на мероприятие"), field="last_name")


def has_place(capacity: int | None, seated: int) -> bool:
    """Whether one more person gets a place; otherwise the waiting list."""
    return capacity is None or seated < capacity


def capacity_makes_sense(capacity: int | None) -> None:
    """A limit of places is a positive number."""
    if capacity is not None and capacity < 1:
        raise Refused("BR-30", N_("Число мест должно быть положительным"), field="capacity")


def registration_is_open(state: EventState) -> None:
    """People register only while the organiser keeps the registration open."""
    if state is not EventState.REGISTRATION:
        raise Refused("EVENT_STATE", N_("Регистрация на это мероприятие не открыта"))


def suits_audience(audience: Audience, organisation_roles: Iterable[str] | None) -> None:
    """An event for the ТМС takes people of a ТМС only."""
    if audience is Audience.TMS and TMS_ROLE not in (organisation_roles or ()):
        raise Refused(
            "BR-30", N_("Мероприятие проводится для ТМС: выберите организацию, которая является ТМС"),
            field="organisation_id",
        )  # fmt: skip


def checked_email(text: str | None) -> str | None:
    """An e-mail is optional; given, it looks like one and is kept in lower case."""
    value = (text or "").strip().lower()
    if not value:
        return None
    if not _EMAIL.fullmatch(value) or len(value) > 254:
        raise Refused("BR-31", N_("Адрес электронной почты записан с ошибкой"), field="email")
    return value


def checked_reason(text: str | None, rule: str) -> str:
    """A decision that changes a person's record has a reason of at least three characters."""
    value = (text or "").strip()
    if not 3 <= len(value) <= 500:
        raise Refused(rule, N_("Укажите причину: от 3 до 500 знаков"), field="reason")
    return value
