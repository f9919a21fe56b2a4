"""Incidents with personal data and their deadlines (PD-05, PD-10)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.refusal import N_, Refused
from shared.working_days import working_days_later


class IncidentKind(StrEnum):
    """What has happened."""

    LEAK = "LEAK"
    UNLAWFUL_PROCESSING = "UNLAWFUL_PROCESSING"


class Duty(StrEnum):
    """What must be done, each by its own deadline."""

    NOTIFY_24H = "NOTIFY_24H"
    REPORT_72H = "REPORT_72H"
    STOP = "STOP"
    DESTROY = "DESTROY"


_WORKING_DAYS = {Duty.STOP: 3, Duty.DESTROY: 10}
_HOURS = {Duty.NOTIFY_24H: 24, Duty.REPORT_72H: 72}
_DUTIES: Mapping[IncidentKind, tuple[Duty, ...]] = {
    IncidentKind.LEAK: (Duty.NOTIFY_24H, Duty.REPORT_72H),
    IncidentKind.UNLAWFUL_PROCESSING: (Duty.STOP, Duty.DESTROY),
}


def deadlines(kind: IncidentKind, discovered_at: datetime) -> list[tuple[Duty, datetime | date]]:
    """A leak is notified in 24 hours and reported in 72; unlawful processing stops in 3 working days and
    the data are destroyed in 10 (PD-05, PD-10).

    ``discovered_at`` is on the network's clock, whose calendar counts the days.
    """
    found: list[tuple[Duty, datetime | date]] = []
    for duty in _DUTIES[kind]:
        if duty in _HOURS:
            found.append((duty, discovered_at + timedelta(hours=_HOURS[duty])))
        else:
            found.append((duty, working_days_later(discovered_at.date(), _WORKING_DAYS[duty])))
    return found


def check_discovery(discovered_at: datetime, now: datetime) -> None:
    """An incident is discovered before it is entered (PD-10)."""
    if discovered_at > now:
        raise Refused("PD-10", N_("Это время ещё не наступило"), field="discovered_at")


def check_closing(closed: bool, note: str) -> None:
    """An open incident is closed once, saying what was done (PD-05, PD-10)."""
    if closed:
        raise Refused("PD-10", N_("Инцидент уже закрыт"))
    if not note.strip():
        raise Refused("PD-10", N_("Напишите, что сделано"), field="note")
