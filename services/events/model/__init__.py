"""Our tables: events and their series, participation, attendance, certificates, bookkeeping."""

from services.events.model.attendance import Attendance, AttendanceFile
from services.events.model.bookkeeping import Audit, Inbox, Outbox
from services.events.model.certificate import Certificate, CertificateCount
from services.events.model.event import Event, EventOrganiser, EventSeries
from services.events.model.registration import Registration

__all__ = [
    "Attendance",
    "AttendanceFile",
    "Audit",
    "Certificate",
    "CertificateCount",
    "Event",
    "EventOrganiser",
    "EventSeries",
    "Inbox",
    "Outbox",
    "Registration",
]
