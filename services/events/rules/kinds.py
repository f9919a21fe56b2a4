"""The dictionaries of events: kinds, modes, roles and the marks that travel in messages (model 3.1)."""

from enum import StrEnum
from typing import TypeVar

from shared.refusal import N_, Refused

E = TypeVar("E", bound=StrEnum)


class EventKind(StrEnum):
    """What sort of meeting it is (S-054…S-084)."""

    WEBINAR = "WEBINAR"
    DISCUSSION_WEBINAR = "DISCUSSION_WEBINAR"
    ONLINE_CONFERENCE = "ONLINE_CONFERENCE"
    CONFERENCE = "CONFERENCE"
    MEETING = "MEETING"
    MASTER_CLASS = "MASTER_CLASS"
    FESTIVAL = "FESTIVAL"
    PRACTICE = "PRACTICE"
    EXPERTISE_SESSION = "EXPERTISE_SESSION"
    OTHER = "OTHER"


class EventMode(StrEnum):
    """Where people meet."""

    ONLINE = "ONLINE"
    OFFLINE = "OFFLINE"
    HYBRID = "HYBRID"


class DatePrecision(StrEnum):
    """How exactly the date is known (BR-27)."""

    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"


class Audience(StrEnum):
    """Who may register: anybody, people with an account, or the ТМС only."""

    OPEN = "OPEN"
    NETWORK = "NETWORK"
    TMS = "TMS"


class Provider(StrEnum):
    """Who carries an online meeting; nothing but the title and the join code reaches it (BR-30)."""

    ZOOM = "ZOOM"
    LINK_ONLY = "LINK_ONLY"


class OrdinalStyle(StrEnum):
    """How a series counts its events."""

    ROMAN = "ROMAN"
    ARABIC = "ARABIC"


class ParticipationRole(StrEnum):
    """In what role a person takes part (S-057, S-112)."""

    OBSERVER = "OBSERVER"
    EXPERT = "EXPERT"
    SPEAKER = "SPEAKER"
    ATTENDEE = "ATTENDEE"
    DELEGATE = "DELEGATE"
    ORGANISER = "ORGANISER"
    MODERATOR = "MODERATOR"


class AttendanceSource(StrEnum):
    """Where a row of attendance comes from."""

    ZOOM_CSV = "ZOOM_CSV"
    MANUAL = "MANUAL"
    SIGN_SHEET = "SIGN_SHEET"


class MatchedBy(StrEnum):
    """How a row of attendance found its registration, in the order of BR-31."""

    JOIN_CODE = "JOIN_CODE"
    EMAIL = "EMAIL"
    NAME = "NAME"
    MANUAL = "MANUAL"


class CertificateState(StrEnum):
    """A certificate is valid until it is cancelled, and stays verifiable after that (BR-68)."""

    VALID = "VALID"
    CANCELLED = "CANCELLED"


class SheetFormat(StrEnum):
    """In what format a list of participants is exported."""

    XLSX = "XLSX"
    CSV = "CSV"


def pick(kind: type[E], value: str, field: str) -> E:
    """The member of a dictionary that was named; an unknown name is refused at its field."""
    try:
        return kind(value)
    except ValueError:
        raise Refused(
            "3.1", N_("Такого значения нет в справочнике: %(value)s"), field=field, value=value
        ) from None
