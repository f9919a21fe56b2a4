"""Events of a period and the people at them (I-08…I-11)."""

from collections import Counter
from decimal import Decimal

from services.reports.rules.counted import Computed, Detail, count, ratio
from services.reports.rules.facts import Event, Facts, Participation

HELD = frozenset({"HELD", "ARCHIVED"})
PRESENT = frozenset({"ATTENDED", "CERTIFIED"})
EXPECTED = PRESENT | {"CONFIRMED", "NO_SHOW"}


def events_held(facts: Facts) -> list[Event]:
    """Events that took place and began in the period."""
    return [event for event in facts.events if event.state in HELD and event.starts_on in facts.period]


def held_events(facts: Facts) -> Computed:
    """I-08: events held in the period, with the number of each kind and of each mode."""
    found = events_held(facts)
    kinds = Counter(event.kind for event in found)
    modes = Counter(event.mode for event in found)
    return count(
        [event.id for event in found],
        [f"event {event.id} {event.kind} {event.mode}" for event in found],
        details=[
            *(Detail(kind, Decimal(kinds[kind])) for kind in sorted(kinds)),
            *(Detail(mode, Decimal(modes[mode])) for mode in sorted(modes)),
        ],
    )


def _people(facts: Facts, states: frozenset[str]) -> list[Participation]:
    held = {event.id for event in events_held(facts)}
    return [
        p
        for p in facts.participations
        if p.event_id in held and p.state in states and facts.covers(p.municipality)
    ]


def participations(facts: Facts) -> Computed:
    """I-09: attended participations; beside it the number of different people.

    A participation without a known person is a person of its own: nothing says who else it could be.
    """
    present = _people(facts, PRESENT)
    people = {p.person_id or p.id for p in present}
    return count(
        [p.id for p in present],
        [f"participation {p.id} {p.person_id}" for p in present],
        details=[Detail("UNIQUE_PEOPLE", Decimal(len(people)))],
    )


def attendance_rate(facts: Facts) -> Computed:
    """I-10: attended / confirmed as a ratio of sums over the events of the period."""
    expected = _people(facts, EXPECTED)
    present = sum(p.state in PRESENT for p in expected)
    lines = [f"participation {p.id} {p.state in PRESENT}" for p in expected]
    return ratio(present, len(expected), [p.id for p in expected], lines, times=100)


def average_minutes(facts: Facts) -> Computed:
    """I-11: merged minutes of presence per attended person whose time was measured.

    People marked present by hand have no minutes; counting them as zero would lower the mean unfairly.
    """
    measured = [p for p in _people(facts, PRESENT) if p.minutes is not None]
    total = sum(p.minutes or 0 for p in measured)
    lines = [f"participation {p.id} {p.minutes}" for p in measured]
    return ratio(total, len(measured), [p.id for p in measured], lines)
