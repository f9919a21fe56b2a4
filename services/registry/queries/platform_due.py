"""What comes up for platforms: ends of terms, reports, proposals from missed reports, statuses without a basis."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import lazyload, selectinload

from services.registry import access, model
from services.registry.queries.asof import as_of, holds
from services.registry.queries.platform_reports import standings_of
from services.registry.rules import acts, platform_reports
from services.registry.rules.kinds import (
    ActState,
    BasisKind,
    FactKind,
    PlatformKind,
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
class Baseless:
    """A status that rests on nothing, or on an act that was not in force on its day (F7)."""

    platform: model.Platform
    since: date
    act: model.Act | None


@dataclass(frozen=True)
class PlatformsDue:
    """Everything that comes up on a day."""

    on: date
    expiries: list[Expiry]
    reports: list[ReportDue]
    omissions: list[Omission]
    #: Only for those who read everything.
    baseless: list[Baseless]


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
        _baseless(day) if access.reads_all_agreements(who) else [],
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


def _baseless(day: date) -> list[Baseless]:
    """ACTIVE statuses of a day whose ground is no act, or an act not in force when it was decided (BR-04, BR-19)."""
    fact, record = model.Fact, model.StatusRecord
    rows = read().execute(
        sa.select(model.Platform, fact, model.Act, sa.func.max(record.on))
        .options(lazyload(model.Platform.history), lazyload(model.Platform.parties))
        .join(fact, sa.and_(fact.subject_id == model.Platform.id, holds(fact, FactKind.STATUS, as_of(day))))
        .outerjoin(model.Act, model.Act.id == fact.act_id)
        .outerjoin(
            record,
            sa.and_(
                record.platform_id == model.Platform.id,
                record.act_id == fact.act_id,
                record.withdrawn_at.is_(None),
            ),
        )
        .where(fact.key == PlatformState.ACTIVE)
        .group_by(model.Platform.id, fact.id, model.Act.id)
        .order_by(model.Platform.topic_key)
    )
    found = []
    for platform, said, act, decided in rows:
        if act is None:
            sound = said.basis_kind is BasisKind.AGREEMENT or platform.kind is PlatformKind.PARTNER
        else:
            then = decided or said.valid_from
            sound = acts.state_on(act.in_force_from, act.in_force_to, then) is ActState.IN_FORCE
        if not sound:
            found.append(Baseless(platform, said.valid_from, act))
    return found
