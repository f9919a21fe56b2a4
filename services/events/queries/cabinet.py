"""«Что мне нужно сделать сегодня» at events (model 3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.events.model import Certificate, Event, Registration
from services.events.queries.attendance import unmatched_events
from services.events.queries.certificates import own_certificates, uncertified_events
from services.events.queries.events import week
from services.events.queries.people import my_registrations
from shared.person import Person


@dataclass(frozen=True)
class Cabinet:
    """The day of one person: events to lead, rows to match, certificates to issue; one's own places."""

    week: Sequence[Event]
    unmatched: Sequence[tuple[Event, int]]
    uncertified: Sequence[Event]
    registrations: Sequence[Registration]
    certificates: Sequence[Certificate]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do and nothing to wait for."""
        return not any((self.week, self.unmatched, self.uncertified, self.registrations, self.certificates))


def cabinet(who: Person) -> Cabinet:
    """What this person must do today at events."""
    return Cabinet(
        week=week(who),
        unmatched=unmatched_events(who),
        uncertified=uncertified_events(who),
        registrations=my_registrations(who, coming_only=True),
        certificates=own_certificates(who),
    )
