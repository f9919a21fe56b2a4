"""One function per button. First who, then what; each opens one unit of work, asks access, then rules."""

from services.events.actions.attendance import (
    ImportResult,
    Settled,
    ignore_attendance,
    import_attendance,
    mark_attended,
    match_attendance,
    settle_attendance,
)
from services.events.actions.certificates import cancel_certificate, issue_certificates, reissue_certificate
from services.events.actions.exports import export_participants
from services.events.actions.forgetting import forget_person
from services.events.actions.life import (
    cancel_event,
    close_registration,
    finish_event,
    open_registration,
    postpone_event,
    start_event,
)
from services.events.actions.planning import (
    add_series,
    plan_event,
    record_past_event,
    set_day,
    set_meeting,
)
from services.events.actions.registrations import (
    Registered,
    cancel_registration,
    record_past_participation,
    register_participant,
)

__all__ = [
    "ImportResult",
    "Registered",
    "Settled",
    "add_series",
    "cancel_certificate",
    "cancel_event",
    "cancel_registration",
    "close_registration",
    "export_participants",
    "finish_event",
    "forget_person",
    "ignore_attendance",
    "import_attendance",
    "issue_certificates",
    "mark_attended",
    "match_attendance",
    "open_registration",
    "plan_event",
    "postpone_event",
    "record_past_event",
    "record_past_participation",
    "register_participant",
    "reissue_certificate",
    "set_day",
    "set_meeting",
    "settle_attendance",
    "start_event",
]
