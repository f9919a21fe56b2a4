"""Issuing the report of the network: numbers are frozen, papers are made, the others are told."""

import hashlib
import secrets
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.reports import access
from services.reports.model import NetworkReport, ReportFile
from services.reports.queries.paper import Requisites, network_report
from services.reports.queries.snapshot import Snapshot, snapshot
from services.reports.rules.periods import Period, checked_period
from services.reports.rules.reports import cancelled, file_name, number_of, verify_code
from services.reports.rules.terms import Edition, FileFormat, ReportState
from shared import clock
from shared.documents import Document
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work
from shared.web import links


def issue_network_report(who: Person, *, as_of: date, period_from: date, period_to: date) -> UUID:
    """Issue D-10 as of a date: frozen numbers with the hash of their records, and papers (BR-63, BR-67).

    The same numbers of the same period are issued once; a second report needs changed records, or the first
    one cancelled.
    """
    with work(who) as u:
        access.must_keep(who)
        today = clock.today()
        period = checked_period(as_of, period_from, period_to, today)
        found = snapshot(as_of, period, today)
        _check_new(u.session, as_of, period, found)
        report = u.add(
            NetworkReport(
                number=_next_number(u.session, as_of.year),
                year=as_of.year,
                as_of=as_of,
                period_from=period.first,
                period_to=period.last,
                issued_on=today,
                state=ReportState.ISSUED,
                inputs_hash=found.inputs_hash,
                verify_code=verify_code(secrets.choice),
                frozen=found.content,
            )
        )
        report.files = [_paper(report, edition, kind) for edition in Edition for kind in FileFormat]
        u.announce(report)
        u.journal("report.issued", report, note={"number": report.number, "inputs_hash": report.inputs_hash})
        return report.id


def _check_new(session: Session, as_of: date, period: Period, found: Snapshot) -> None:
    c = NetworkReport
    number = session.scalar(
        sa.select(c.number).where(
            c.as_of == as_of,
            c.period_from == period.first,
            c.period_to == period.last,
            c.inputs_hash == found.inputs_hash,
            c.state == ReportState.ISSUED,
        )
    )
    if number is not None:
        raise Refused(
            "BR-63",
            N_("Отчёт за этот период с теми же исходными данными уже выпущен: № %(number)s"),
            field="as_of",
            number=number,
        )


def _next_number(session: Session, year: int) -> str:
    """Numbers of a year run without gaps; cancelled reports keep theirs."""
    issued = session.scalar(
        sa.select(sa.func.count()).select_from(NetworkReport).where(NetworkReport.year == year)
    )
    return number_of(year, (issued or 0) + 1)


def _paper(report: NetworkReport, edition: Edition, kind: FileFormat) -> ReportFile:
    requisites = Requisites(
        number=report.number,
        issued_on=report.issued_on,
        as_of=report.as_of,
        period_from=report.period_from,
        period_to=report.period_to,
        inputs_hash=report.inputs_hash,
        verify_code=report.verify_code,
        verify_url=links.absolute("reports", f"/verify/{report.verify_code}"),
    )
    content = _rendered(network_report(requisites, report.frozen, edition), kind)
    return ReportFile(
        edition=edition,
        format=kind,
        name=file_name(report.number, edition, kind),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )


def _rendered(document: Document, kind: FileFormat) -> bytes:
    return document.docx() if kind is FileFormat.DOCX else document.pdf()


def cancel_report(who: Person, *, report_id: UUID, reason: str) -> None:
    """Cancel an issued report: it stays in the list and verifiable as «аннулирован» (BR-68)."""
    with work(who) as u:
        access.must_keep(who)
        report = u.get(NetworkReport, report_id)
        if not reason.strip():
            raise Refused("BR-68", N_("Укажите причину аннулирования"), field="reason")
        report.state = cancelled(report.state)
        report.cancel_reason = reason.strip()
        u.journal("report.cancelled", report, note={"number": report.number, "reason": report.cancel_reason})
