"""The attendance sheet of an event: rows with and without an owner (BR-33). For the operator only."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.events import access
from services.events.model import Attendance, AttendanceFile, Event, Registration
from services.events.queries.events import EVENT
from services.events.rules.states import ALIVE
from shared.person import Person
from shared.refusal import NotFound
from shared.unit import read


@dataclass(frozen=True)
class AttendanceTable:
    """Everything known of who was there, with the rows that still wait for a decision in front."""

    event: Event
    files: Sequence[AttendanceFile]
    unmatched: list[Attendance]
    ignored: list[Attendance]
    matched: list[Attendance]
    people: Sequence[Registration]


def attendance_table(who: Person, event_id: UUID) -> AttendanceTable:
    """The attendance sheet of one event."""
    access.must_keep_attendance(who)
    event = read().get(Event, event_id)
    if event is None:
        raise NotFound(EVENT)
    rows = read().scalars(
        sa.select(Attendance)
        .where(Attendance.event_id == event_id)
        .options(joinedload(Attendance.registration))
        .order_by(Attendance.join_at, Attendance.line)
    )
    unmatched, ignored, matched = [], [], []
    for row in rows:
        if row.registration_id is not None:
            matched.append(row)
        elif row.ignored_reason is not None:
            ignored.append(row)
        else:
            unmatched.append(row)
    files = read().scalars(
        sa.select(AttendanceFile)
        .where(AttendanceFile.event_id == event_id)
        .order_by(AttendanceFile.imported_at.desc())
    )
    people = read().scalars(
        sa.select(Registration)
        .where(Registration.event_id == event_id, Registration.state.in_(ALIVE))
        .order_by(Registration.last_name, Registration.first_name, Registration.id)
    )
    return AttendanceTable(event, files.all(), unmatched, ignored, matched, people.all())


def unmatched_events(who: Person) -> list[tuple[Event, int]]:
    """Events with rows that nobody has matched or ignored yet, for the operator's day (BR-33)."""
    if not access.keeps_attendance(who):
        return []
    counted = (
        sa.select(Attendance.event_id, sa.func.count().label("waiting"))
        .where(Attendance.registration_id.is_(None), Attendance.ignored_reason.is_(None))
        .group_by(Attendance.event_id)
    )
    rows = {row.event_id: row.waiting for row in read().execute(counted)}
    found = read().scalars(sa.select(Event).where(Event.id.in_(rows)).order_by(Event.starts_on))
    return [(event, rows[event.id]) for event in found]
