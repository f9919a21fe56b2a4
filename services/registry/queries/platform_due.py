"""What comes up for platforms: ends of terms, reports, proposals from missed reports."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from services.registry import access, model
from services.registry.queries.platform_reports import standings_of
from services.registry.rules import platform_reports
from services.registry.rules.kinds import (
    PlatformState,
    ReportState,
    Warned,
)
from services.registry.rules.platform_reports import Due
from services.registry.rules.platforms import term_end
from shared import clock
from shared.person import Person, Role
from shared.unit import read

#: Days before the end of a term at which the operator and the holder are told: T−90, T−30, T (F7).
EXPIRY_MARKS = (90, 30, 0)
#: How long before its day a report is shown as awaited.
REPORT_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Expiry:
    """A status whose term ends soon or is over."""

    platform: model.Platform
    ends: date
    days_left: int

    @property
    def mark(self) -> int:
        """The mark that has been passed: 90, 30 or 0 days."""
        return min(mark for mark in EXPIRY_MARKS if self.days_left <= mark)


@dataclass(frozen=True)
class ReportDue:
    """A report that is awaited, overdue, or waits for the operator."""

    platform: model.Platform
    due: Due
    state: ReportState


@dataclass(frozen=True)
class Omission:
    """What missed reports let the operator bring before the council; never done by the software (BR-24)."""

    platform: model.Platform
    propose: Warned
    missed: list[int]


@dataclass(frozen=True)
class PlatformsDue:
    """Everything that comes up on a day."""

    on: date
    expiries: list[Expiry]
    reports: list[ReportDue]
    omissions: list[Omission]
    #: Reads the list of everything that has lost its basis.
    may_audit: bool


def platforms_due(who: Person, on: date | None = None) -> PlatformsDue:
    """What the operator must watch, or what comes up for the own platforms of the others (BR-24, F7)."""
    day = on or clock.today()
    rows = _watched(who)
    standings = standings_of(rows, day + REPORT_AHEAD)
    expiries, reports, omissions = [], [], []
    for row in rows:
        ends = term_end(row.steps)
        if row.state is PlatformState.ACTIVE and ends and (ends - day).days <= max(EXPIRY_MARKS):
            expiries.append(Expiry(row, ends, (ends - day).days))
        own = standings[row.id]
        for one in own:
            state = one.on(day)
            if state in (ReportState.OPEN, ReportState.OVERDUE, ReportState.RETURNED, ReportState.SUBMITTED):
                reports.append(ReportDue(row, one.due, state))
        propose = platform_reports.proposed(own, day)
        # A suspended status may still be terminated; one that is over is nobody's question.
        if propose is not None and (propose is Warned.TERMINATE or row.state is PlatformState.ACTIVE):
            omissions.append(Omission(row, propose, [one.due.year for one in own if one.missed(day)]))
    return PlatformsDue(
        day,
        sorted(expiries, key=lambda one: (one.ends, one.platform.topic_key)),
        sorted(reports, key=lambda one: (one.due.on, one.platform.topic_key)),
        sorted(omissions, key=lambda one: (one.propose, one.platform.topic_key)),
        access.may_audit_bases(who),
    )


def _watched(who: Person) -> list[model.Platform]:
    """Active and suspended platforms within the person's scope (model 3.5)."""
    table, party = model.Platform, model.PlatformParty
    query = (
        sa.select(table)
        .options(
            selectinload(table.parties).joinedload(party.organisation).lazyload(model.Organisation.role_rows)
        )
        .where(table.state.in_([PlatformState.ACTIVE, PlatformState.SUSPENDED]))
        .order_by(table.id)
    )
    if not access.reads_all_agreements(who):
        own = sa.select(party.platform_id).where(party.organisation_id.in_(who.organisations()))
        territory = who.municipalities(Role.TMS, Role.EDU_AUTHORITY)
        query = query.where(sa.or_(table.id.in_(own), table.municipality_oktmo.in_(territory)))
    return list(read().scalars(query))

