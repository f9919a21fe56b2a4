"""Everything read from events: lists, cards, cabinets. Each query takes who asks and keeps to their scope."""

from services.events.queries.attendance import AttendanceTable, attendance_table
from services.events.queries.cabinet import Cabinet, cabinet
from services.events.queries.certificates import Verified, certificate_file, certificates, verify
from services.events.queries.events import EventCard, Period, event, events, series, week
from services.events.queries.people import Counts, my_registrations, participants, registration, turnout

__all__ = [
    "AttendanceTable",
    "Cabinet",
    "Counts",
    "EventCard",
    "Period",
    "Verified",
    "attendance_table",
    "cabinet",
    "certificate_file",
    "certificates",
    "event",
    "events",
    "my_registrations",
    "participants",
    "registration",
    "series",
    "turnout",
    "verify",
    "week",
]
