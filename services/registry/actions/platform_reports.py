"""Yearly reports of platforms: handed in by the organisation, returned, accepted or not by the operator (BR-24)."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions.platforms import worded
from services.registry.rules import platform_reports as rules
from services.registry.rules import scans
from services.registry.rules.kinds import ReportState
from services.registry.rules.names import clean
from shared import clock, files
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def submit_report(
    who: Person,
    *,
    platform_id: UUID,
    year: int,
    text: str,
    link: str | None = None,
    filename: str | None = None,
    content: bytes | None = None,
) -> None:
    """A holder hands in the report of a year, in words and with a file or an address (BR-24)."""
    with work(who) as u:
        platform = u.get(model.Platform, platform_id)
        access.require(access.may_speak_for_platform(who, platform.holder_ids))
        # A report may come before its day; the nearest one is asked for already.
        today = clock.today()
        asked = rules.due_reports(platform.periods, platform.applied_on, date(today.year, 12, 31))
        report = _of_year(u, platform_id, year)
        due = rules.check_submission(asked, year, text, worded(link), content is not None or _kept(report))
        state = rules.move(report.standing.on(today) if report else ReportState.OPEN, "submit")
        if report is None:
            report = u.add(
                model.PlatformReport(platform_id=platform_id, year=year, due_on=due.on, submitted_on=today)
            )
        report.state, report.text, report.link = state, text.strip(), worded(link)
        report.remarks = report.again_by = None
        if content is not None:
            report.media_type = scans.media_type(content)
            report.filename = files.safe_name(filename or "", report.media_type)
            report.content = content
        u.journal("platform.report_submitted", report, {"year": year})


def return_report(who: Person, *, platform_id: UUID, year: int, remarks: str, again_by: date) -> None:
    """The operator returns a report with remarks and a new day (model 3.3)."""
    with work(who) as u:
        report = _operated(u, platform_id, year)
        if again_by <= clock.today():
            raise Refused("BR-24", N_("Новый срок отчёта — не раньше завтрашнего дня"), field="again_by")
        report.state = rules.move(report.state, "return")
        report.remarks, report.again_by = _remarks(remarks), again_by
        u.journal("platform.report_returned", report)


def accept_report(who: Person, *, platform_id: UUID, year: int) -> None:
    """The operator accepts a report; the status may be extended on it (BR-25)."""
    with work(who) as u:
        report = _operated(u, platform_id, year)
        report.state, report.decided_at = rules.move(report.state, "accept"), clock.now()
        u.journal("platform.report_accepted", report)


def reject_report(who: Person, *, platform_id: UUID, year: int, remarks: str) -> None:
    """The operator does not accept a report, saying why (model 3.3)."""
    with work(who) as u:
        report = _operated(u, platform_id, year)
        report.state = rules.move(report.state, "reject")
        report.remarks, report.decided_at = _remarks(remarks), clock.now()
        u.journal("platform.report_rejected", report)


def _operated(u: Unit, platform_id: UUID, year: int) -> model.PlatformReport:
    access.require(access.may_operate(u.who))
    report = _of_year(u, platform_id, year)
    if report is None:
        raise NotFound(N_("отчёт площадки"))
    return report


def _of_year(u: Unit, platform_id: UUID, year: int) -> model.PlatformReport | None:
    return u.session.scalar(sa.select(model.PlatformReport).filter_by(platform_id=platform_id, year=year))


def _kept(report: model.PlatformReport | None) -> bool:
    return report is not None and report.filename is not None


def _remarks(text: str) -> str:
    if not text.strip():
        raise Refused("BR-24", N_("Напишите замечания"), field="remarks")
    return clean(text)
