"""Issued reports: the list, the card, the files, and the check of a paper by its code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reports import access
from services.reports.model import NetworkReport, ReportFile
from services.reports.queries.snapshot import hashes_now
from services.reports.rules.periods import Period
from services.reports.rules.reports import typed_code
from services.reports.rules.terms import Edition, FileFormat, ReportState
from shared.person import Person
from shared.refusal import NotFound
from shared.unit import read


@dataclass(frozen=True, kw_only=True)
class FileCard:
    """A paper that may be downloaded."""

    edition: Edition
    format: FileFormat
    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ReportCard:
    """A report as everybody may see it; `files` are those that this person may have."""

    id: UUID
    number: str
    as_of: date
    period_from: date
    period_to: date
    issued_on: date
    state: ReportState
    cancel_reason: str | None
    inputs_hash: str
    verify_code: str
    content: Mapping[str, Any]
    files: Sequence[FileCard]


def reports(who: Person) -> Sequence[NetworkReport]:
    """All issued reports, the newest first: an open list (model 3.5, open report)."""
    c = NetworkReport
    return read().scalars(sa.select(c).order_by(c.as_of.desc(), c.number.desc())).all()


def report(who: Person, report_id: UUID) -> ReportCard:
    """The card of a report; agreements are listed only for those who may see them."""
    return _card(who, _found(report_id))


def _found(report_id: UUID) -> NetworkReport:
    found = read().get(NetworkReport, report_id)
    if found is None:
        raise NotFound(str(report_id))
    return found


def _card(who: Person, found: NetworkReport) -> ReportCard:
    content = dict(found.frozen)
    if not access.sees_edition(who, Edition.FULL):
        content.pop("agreements", None)
    return ReportCard(
        id=found.id,
        number=found.number,
        as_of=found.as_of,
        period_from=found.period_from,
        period_to=found.period_to,
        issued_on=found.issued_on,
        state=found.state,
        cancel_reason=found.cancel_reason,
        inputs_hash=found.inputs_hash,
        verify_code=found.verify_code,
        content=content,
        files=[
            FileCard(edition=file.edition, format=file.format, name=file.name, sha256=file.sha256)
            for file in found.files
            if access.sees_edition(who, file.edition)
        ],
    )


@dataclass(frozen=True)
class Download:
    """A file as it was issued."""

    name: str
    content: bytes


def report_file(who: Person, report_id: UUID, edition: Edition, kind: FileFormat) -> Download:
    """The stored paper, byte for byte."""
    access.must_see_edition(who, edition)
    c = ReportFile
    found = read().execute(
        sa.select(c.name, c.content).where(c.report_id == report_id, c.edition == edition, c.format == kind)
    )
    row = found.one_or_none()
    if row is None:
        raise NotFound(str(report_id))
    return Download(row.name, row.content)


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What the checking page says about a paper (BR-67): state and sums of the files, no personal data."""

    report_id: UUID
    number: str
    issued_on: date
    as_of: date
    state: ReportState
    inputs_hash: str
    files: Sequence[FileCard]


def verify(code: str) -> Verified:
    """The document with this checking code, typed in any manner; a cancelled one is found as well (BR-68)."""
    found = read().scalar(sa.select(NetworkReport).where(NetworkReport.verify_code == typed_code(code)))
    if found is None:
        raise NotFound(code)
    return Verified(
        report_id=found.id,
        number=found.number,
        issued_on=found.issued_on,
        as_of=found.as_of,
        state=found.state,
        inputs_hash=found.inputs_hash,
        files=[
            FileCard(edition=file.edition, format=file.format, name=file.name, sha256=file.sha256)
            for file in found.files
        ],
    )


@dataclass(frozen=True)
class Recheck:
    """Whether the numbers of a report come out the same from today's records (BR-64)."""

    differing: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether every number is reproduced."""
        return not self.differing


def recheck(who: Person, report_id: UUID) -> Recheck:
    """Compute the numbers of a report again and name those whose records have changed since."""
    access.must_keep(who)
    found = _found(report_id)
    now = hashes_now(found.as_of, Period(found.period_from, found.period_to))
    frozen = {one["code"]: one["inputs_hash"] for one in found.frozen["indicators"]}
    return Recheck(tuple(sorted(code for code, value in frozen.items() if now.get(code) != value)))
