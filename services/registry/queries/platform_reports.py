"""Yearly reports of platforms: what is due on a day, what is missed, what the council said of them (BR-24, BR-25)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from services.registry import access, model
from services.registry.rules import platform_reports as rules
from services.registry.rules.kinds import Outcome, ProposalState, ReportState
from services.registry.rules.platform_reports import Due, Standing
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


@dataclass(frozen=True)
class ReportRow:
    """The report of a year: how it stands on the day asked, and what was handed in."""

    due: Due
    state: ReportState
    report: model.PlatformReport | None


def report_standings(platform: model.Platform, until: date) -> list[Standing]:
    """Every report asked of a platform up to a day, as it stands now (BR-24)."""
    return [standing for standing, _ in _reports(platform, until)]


def extension_decisions(platform_id: UUID) -> list[date]:
    """Days of the council's decisions to extend a platform by its report (BR-25, BR-55)."""
    table = model.StatusProposal
    return list(
        read().scalars(
            sa.select(table.protocol_date).where(
                table.platform_id == platform_id,
                table.outcome == Outcome.EXTEND,
                table.state != ProposalState.DECLINED,
            )
        )
    )


def report_rows(platform: model.Platform, day: date) -> list[ReportRow]:
    """The reports of a platform as they stand on a day, the one that comes next too, the newest first."""
    rows = [
        ReportRow(standing.due, standing.on(day), kept)
        for standing, kept in _reports(platform, date(day.year, 12, 31))
    ]
    return rows[::-1]


def platform_report(who: Person, platform_id: UUID, year: int) -> model.PlatformReport:
    """A report that was handed in; for those who read the grounds of the status (model 3.5)."""
    report = read().scalar(
        sa.select(model.PlatformReport)
        .filter_by(platform_id=platform_id, year=year)
        .options(undefer(model.PlatformReport.content))
    )
    if report is None or not may_read(who, report.platform):
        raise NotFound(N_("отчёт площадки"))
    return report


def may_read(who: Person, platform: model.Platform) -> bool:
    """Whether grounds, history and reports of a platform are this person's to read (model 3.5)."""
    parties = [*platform.holder_ids, *platform.member_ids]
    return access.may_read_platform(who, parties, platform.municipality_oktmo)


def standings_of(platforms: Collection[model.Platform], until: date) -> dict[UUID, list[Standing]]:
    """The same for many platforms in one question."""
    kept: dict[UUID, dict[int, model.PlatformReport]] = {}
    for report in read().scalars(
        sa.select(model.PlatformReport).where(model.PlatformReport.platform_id.in_([p.id for p in platforms]))
    ):
        kept.setdefault(report.platform_id, {})[report.year] = report
    return {p.id: [one for one, _ in _standing(p, until, kept.get(p.id, {}))] for p in platforms}


def _reports(platform: model.Platform, until: date) -> list[tuple[Standing, model.PlatformReport | None]]:
    rows = read().scalars(sa.select(model.PlatformReport).filter_by(platform_id=platform.id))
    return _standing(platform, until, {row.year: row for row in rows})


def _standing(
    platform: model.Platform, until: date, kept: dict[int, model.PlatformReport]
) -> list[tuple[Standing, model.PlatformReport | None]]:
    """What is asked, and what was handed in even if it is asked no longer after a correction."""
    asked = rules.due_reports(platform.periods, platform.applied_on, until)
    found: list[tuple[Standing, model.PlatformReport | None]] = []
    for due in asked:
        row = kept.get(due.year)
        found.append((row.standing if row else Standing(due), row))
    years = {due.year for due in asked}
    found += [(row.standing, row) for year, row in kept.items() if year not in years and row.due_on <= until]
    return sorted(found, key=lambda one: one[0].due.on)
