"""Attendance: reading the report, finding owners of rows, settling who was there (BR-31…BR-33)."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from services.events import access
from services.events.actions.found import found, locked_event, schedule_of
from services.events.model import Attendance, AttendanceFile, Event, Registration
from services.events.rules import attendance, registration, schedule, upload, zoom
from services.events.rules.attendance import Interval
from services.events.rules.kinds import AttendanceSource, MatchedBy
from services.events.rules.matching import Candidate, Matcher
from services.events.rules.states import ALIVE, PRESENT, RegistrationState, registration_after
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


@dataclass(frozen=True)
class ImportResult:
    """What became of a file: its rows with and without an owner, and how many were not known before."""

    matched: int
    unmatched: int
    rows: int
    added: int


@dataclass(frozen=True)
class Settled:
    """How many people were there, how many were not."""

    attended: int
    no_show: int


def import_attendance(who: Person, *, event_id: UUID, filename: str, content: bytes) -> ImportResult:
    """Take a participants report of Zoom; the same rows taken again change nothing (BR-31)."""
    with work(who) as u:
        access.must_keep_attendance(who)
        event = locked_event(u, event_id)
        schedule.day_needed(event.date_precision)
        attendance.may_be_taken(event.state)
        stays = zoom.parse(upload.text_of(filename, content))
        schedule.concerns(schedule_of(event), (stay.join_at for stay in stays))
        known = {
            row.fingerprint: row
            for row in u.session.scalars(sa.select(Attendance).where(Attendance.event_id == event.id))
        }
        fresh = {stay.fingerprint: stay for stay in stays if stay.fingerprint not in known}
        report = u.add(
            AttendanceFile(
                event_id=event.id,
                filename=upload.kept_name(filename),
                sha256=hashlib.sha256(content).hexdigest(),
                imported_by=who.account_id,
                rows=len(stays),
                added=len(fresh),
            )
        )
        u.session.flush()
        for fingerprint, stay in fresh.items():
            known[fingerprint] = u.add(_row(report, stay))
        matcher = _matcher(u, event)
        for row in known.values():
            if row.registration_id is None and row.ignored_reason is None:
                _find_owner(row, matcher)
        u.journal("attendance.imported", report, note={"rows": len(stays), "added": len(fresh)})
        matched = sum(known[stay.fingerprint].registration_id is not None for stay in stays)
        return ImportResult(matched, len(stays) - matched, len(stays), len(fresh))


def match_attendance(who: Person, *, attendance_id: UUID, registration_id: UUID) -> None:
    """Say by hand whose row it is (BR-31)."""
    with work(who) as u:
        access.must_keep_attendance(who)
        row = found(u, Attendance, attendance_id)
        one = found(u, Registration, registration_id)
        if one.event_id != row.event_id or one.state is RegistrationState.CANCELLED:
            raise Refused(
                "BR-31", N_("Этот человек не зарегистрирован на мероприятие"), field="registration_id"
            )
        row.registration_id, row.matched_by, row.ignored_reason = one.id, MatchedBy.MANUAL, None
        u.journal("attendance.matched", row, note={"registration_id": str(one.id)})


def ignore_attendance(who: Person, *, attendance_id: UUID, reason: str) -> None:
    """Set a row aside that belongs to no participant; it stays in the file with the reason (BR-33)."""
    with work(who) as u:
        access.must_keep_attendance(who)
        row = found(u, Attendance, attendance_id)
        row.ignored_reason = registration.checked_reason(reason, "BR-33")
        row.registration_id = row.matched_by = None
        u.journal("attendance.ignored", row)


def settle_attendance(who: Person, *, event_id: UUID) -> Settled:
    """Decide who was there: at least 60 % of the real duration, or the organiser's mark (BR-32).

    May be repeated after more rows found their owners; those who hold a certificate are left alone.
    """
    with work(who) as u:
        access.must_keep_attendance(who)
        event = locked_event(u, event_id)
        there = _registrations(u, event)
        stays = _stays(u, event)
        marked = any(one.mark_reason for one in there)
        attendance.may_be_settled(event.state, anything_known=bool(stays) or marked)
        session = _session(event)
        for one in there:
            rows = stays.get(one.id)
            presence = attendance.presence(rows, attendance.session_known(session)) if rows else None
            decision = attendance.verdict(
                one.state, one.role, marked=one.mark_reason is not None, there=presence
            )
            state = registration_after(one.state, decision) if decision else one.state
            seconds = presence.seconds if presence else None
            if one.state is not RegistrationState.CERTIFIED and (state, seconds) != (
                one.state,
                one.present_seconds,
            ):
                one.state, one.present_seconds = state, seconds
                u.announce(one)
        u.journal("attendance.settled", event)
        return Settled(
            attended=sum(one.state in PRESENT for one in there),
            no_show=sum(one.state is RegistrationState.NO_SHOW for one in there),
        )


def mark_attended(who: Person, *, registration_id: UUID, reason: str) -> None:
    """The organiser's own mark that a person was there, with a reason (BR-32)."""
    with work(who) as u:
        access.must_keep_attendance(who)
        one = found(u, Registration, registration_id)
        attendance.may_be_taken(one.event.state)
        one.state = registration_after(one.state, "attend")
        one.mark_reason = registration.checked_reason(reason, "BR-32")
        u.announce(one)
        u.journal("registration.marked", one)


def _row(report: AttendanceFile, stay: zoom.ZoomRow) -> Attendance:
    """A row as it came, with everything the report said kept in ``raw``."""
    return Attendance(
        event_id=report.event_id,
        file_id=report.id,
        line=stay.line,
        raw=list(stay.raw),
        raw_name=stay.name,
        raw_email=stay.email,
        join_at=stay.join_at,
        leave_at=stay.leave_at,
        in_waiting_room=stay.in_waiting_room,
        source=AttendanceSource.ZOOM_CSV,
        fingerprint=stay.fingerprint,
    )


def _find_owner(row: Attendance, matcher: Matcher) -> None:
    match = matcher.match(row.raw_name, row.raw_email)
    if match is not None:
        row.registration_id, row.matched_by = match.registration_id, match.by


def _registrations(u: Unit, event: Event) -> list[Registration]:
    return [
        one
        for one in u.session.scalars(sa.select(Registration).where(Registration.event_id == event.id))
        if one.state in ALIVE
    ]


def _matcher(u: Unit, event: Event) -> Matcher:
    return Matcher(
        Candidate(one.id, one.join_code, one.email, one.last_name, one.first_name, one.middle_name)
        for one in _registrations(u, event)
    )


def _stays(u: Unit, event: Event) -> dict[UUID, list[Interval]]:
    """Stays in the meeting by registration; time in the waiting room does not count (F9)."""
    rows = u.session.scalars(
        sa.select(Attendance).where(Attendance.event_id == event.id, Attendance.in_waiting_room.is_(False))
    )
    stays: dict[UUID, list[Interval]] = {}
    for row in rows:
        if row.registration_id is not None:
            stays.setdefault(row.registration_id, []).append(Interval(row.join_at, row.leave_at))
    return stays


def _session(event: Event) -> Interval | None:
    """The real session: it counts only when both ends are known (BR-32)."""
    if event.started_at is None or event.ended_at is None:
        return None
    return Interval(event.started_at, event.ended_at)
