"""Platforms in a cabinet: own ones with their terms, what comes up, remarks, decisions and extracts (BR-24, F7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from services.registry import access, model
from services.registry.queries.asof import as_of, holds
from services.registry.queries.platform_due import Expiry, Omission, ReportDue, platforms_due
from services.registry.queries.proposals import overtaken_count, waiting_proposals
from services.registry.rules.cabinets import SHOWN, Shortlist, awaited_reports, first
from services.registry.rules.kinds import FactKind, PlatformState, ProposalState, ReportState
from services.registry.rules.papers import PaperKind
from services.registry.rules.platforms import term_end
from shared.person import Person, Role
from shared.requisites import PaperState
from shared.unit import read

ROLES = (Role.OPERATOR, Role.TMS, Role.EDU_AUTHORITY, Role.ORGANISATION)


@dataclass(frozen=True)
class OwnPlatform:
    """A platform of one's own with its state today and the end of its term."""

    platform: model.Platform
    state: PlatformState
    ends: date | None


@dataclass(frozen=True)
class AwaitedReport:
    """A report that waits for this person's side, with the remarks with which it was returned."""

    report: ReportDue
    remarks: str | None


@dataclass(frozen=True)
class PlatformsDesk:
    """Everything about platforms that a cabinet shows."""

    #: Not for the operator, who has all of them in the register.
    own: Shortlist[OwnPlatform] | None
    #: The filter of the register under which all own platforms stand, where one filter is enough.
    own_filter: dict[str, str]
    expiries: Shortlist[Expiry]
    reports: Shortlist[AwaitedReport]
    omissions: Shortlist[Omission]
    #: The operator's: decisions of the council that wait for an order.
    waiting: int
    #: The operator's: decisions taken back by the council after they were enacted or put aside.
    overtaken: int
    #: The organisation's: what became of the council's decisions about its entries.
    decisions: Shortlist[model.StatusProposal]
    extracts: Shortlist[model.Paper]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do and nothing to show."""
        waiting = self.waiting or self.overtaken
        return not (self.own or self.expiries or self.reports or self.omissions or waiting)


def platforms_desk(who: Person, today: date) -> PlatformsDesk:
    """What comes up for platforms within the person's scope (BR-24, F7, model 3.6)."""
    seen = access.acting(who, *ROLES)
    operates = access.may_operate(seen)
    due = platforms_due(seen, today)
    turns = awaited_reports([grant.role for grant in seen.grants])
    organisations = seen.organisations(Role.ORGANISATION)
    mine = not operates or bool(organisations)
    return PlatformsDesk(
        own=_own(seen, today) if mine else None,
        own_filter=_filter(seen),
        expiries=first(due.expiries),
        reports=_with_remarks(one for one in due.reports if one.state in turns),
        omissions=first(due.omissions),
        waiting=waiting_proposals() if operates else 0,
        overtaken=overtaken_count() if operates else 0,
        decisions=_decisions(organisations) if organisations else Shortlist(),
        extracts=_extracts(organisations, today) if organisations else Shortlist(),
    )


def _own(who: Person, today: date) -> Shortlist[OwnPlatform]:
    """Active platforms of the own territory, and all of the own organisation, as they are today."""
    table, status = model.Platform, sa.orm.aliased(model.Fact)
    territory = who.municipalities(Role.TMS, Role.EDU_AUTHORITY)
    active = sa.and_(table.municipality_oktmo.in_(territory), status.key == PlatformState.ACTIVE)
    mine = sa.or_(active, table.id.in_(_held_by(who.organisations(Role.ORGANISATION), today)))
    found = (
        sa.select(table, status.key)
        .join(status, sa.and_(status.subject_id == table.id, holds(status, FactKind.STATUS, as_of(today))))
        .where(mine)
    )
    total = read().scalar(sa.select(sa.func.count()).select_from(found.subquery()))
    rows = read().execute(
        found.options(lazyload(table.parties)).order_by(table.topic_key, table.id).limit(SHOWN)
    )
    return first(
        (OwnPlatform(row, PlatformState(state), term_end(row.steps)) for row, state in rows), total or 0
    )


def _filter(who: Person) -> dict[str, str]:
    territory = who.municipalities(Role.TMS, Role.EDU_AUTHORITY)
    organisations = who.organisations(Role.ORGANISATION)
    if len(territory) + len(organisations) != 1:
        return {}
    if territory:
        return {"municipality_oktmo": territory.pop(), "state": PlatformState.ACTIVE.value}
    return {"organisation_id": str(organisations.pop())}


def _held_by(organisations: Iterable[UUID], today: date) -> sa.Select[Any]:
    """Platforms of which the organisations are a part on a day."""
    party = sa.orm.aliased(model.Fact)
    return sa.select(party.subject_id).where(
        holds(party, FactKind.PARTY, as_of(today)), party.ref_id.in_(organisations)
    )


def _with_remarks(reports: Iterable[ReportDue]) -> Shortlist[AwaitedReport]:
    """The shown reports with the remarks of those that were returned."""
    short, table = first(reports), model.PlatformReport
    rows = read().execute(
        sa.select(table.platform_id, table.year, table.remarks).where(
            table.platform_id.in_([one.platform.id for one in short]), table.state == ReportState.RETURNED
        )
    )
    remarks = {(key, year): words for key, year, words in rows}
    return Shortlist(
        [AwaitedReport(one, remarks.get((one.platform.id, one.due.year))) for one in short], short.total
    )


def _decisions(organisations: Iterable[UUID]) -> Shortlist[model.StatusProposal]:
    """Decisions about own entries that an order enacted or the operator declined, the newest first (BR-56).

    One that still waits is the council's and the operator's: results are published by them.
    """
    table = model.StatusProposal
    return _short(
        sa.select(table)
        .where(table.applicant_id.in_(organisations), table.state != ProposalState.WAITING)
        .order_by(table.protocol_date.desc(), table.id.desc())
    )


def _extracts(organisations: Iterable[UUID], today: date) -> Shortlist[model.Paper]:
    """Extracts about the own organisation and its platforms, the newest first (D-19)."""
    table = model.Paper
    about = sa.or_(table.object_id.in_(organisations), table.object_id.in_(_held_by(organisations, today)))
    return _short(
        sa.select(table)
        .where(table.kind == PaperKind.D19_EXTRACT, table.state == PaperState.ISSUED, about)
        .order_by(table.issued_on.desc(), table.id.desc())
    )


def _short(query: Any) -> Shortlist[Any]:
    total = read().scalar(sa.select(sa.func.count()).select_from(query.order_by(None).subquery()))
    return Shortlist(list(read().scalars(query.limit(SHOWN))), total or 0)
