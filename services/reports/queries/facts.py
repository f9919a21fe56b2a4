"""From the copies to facts: the only place where numbers touch the tables (BR-63)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reports import readmodel as rm
from services.reports.rules import facts as f
from services.reports.rules.gatherings import HELD
from services.reports.rules.periods import Period, Term
from shared.unit import read

TMS_ROLE = "TMS"


def load(as_of: date, period: Period, municipality: str | None = None) -> f.Facts:
    """Everything the formulas need. SQL only leaves out what lies outside the period; the rules decide."""
    return f.Facts(
        as_of=as_of,
        period=period,
        municipality=municipality,
        municipalities=_municipalities(),
        org_counts=_org_counts(as_of.year),
        organisations=_organisations(),
        platforms=_platforms(),
        agreements=_agreements(),
        stages=_stages(),
        events=_events(period),
        participations=_participations(period),
        sheets=_sheets(period),
        editions=_editions(period),
        entries=_entries(period),
    )


def _rows(*columns: Any, where: Sequence[Any] = ()) -> Sequence[Any]:
    return read().execute(sa.select(*columns).where(*where).order_by(columns[0])).all()


def _municipalities() -> list[f.Municipality]:
    return [f.Municipality(*row) for row in _rows(rm.Municipality.oktmo, rm.Municipality.in_krai)]


def _org_counts(year: int) -> list[f.OrgCount]:
    c = rm.OrgCount
    return [
        f.OrgCount(*row) for row in _rows(c.id, c.municipality_oktmo, c.year, c.total, where=[c.year == year])
    ]


def _organisations() -> dict[UUID, f.Organisation]:
    c = rm.Organisation
    return {
        key: f.Organisation(key, municipality, TMS_ROLE in roles)
        for key, municipality, roles in _rows(c.id, c.municipality_oktmo, c.roles)
    }


def _platforms() -> list[f.Platform]:
    c = rm.Platform
    columns = (
        c.id,
        c.kind,
        c.municipality_oktmo,
        c.holder_ids,
        c.hub_id,
        c.member_ids,
        c.counts_in_i02,
        c.periods,
    )
    return [
        f.Platform(
            key,
            kind,
            municipality,
            frozenset([*map(UUID, holders), *([hub] if hub else []), *map(UUID, members)]),
            counts,
            tuple(term(period) for period in periods),
        )
        for key, kind, municipality, holders, hub, members, counts, periods in _rows(*columns)
    ]


def term(period: dict[str, Any]) -> Term:
    """A term of a status from its JSON."""
    last = period["valid_to"]
    return Term(date.fromisoformat(period["valid_from"]), date.fromisoformat(last) if last else None)


def _agreements() -> list[f.Agreement]:
    c = rm.Agreement
    columns = (c.id, c.operator_id, c.municipality_oktmo, c.valid_to, c.in_force_from, c.ended_on)
    return [f.Agreement(*row) for row in _rows(*columns)]


def _stages() -> list[f.Stage]:
    c = rm.TransformationStage
    return [f.Stage(*row) for row in _rows(c.id, c.transformation_id, c.municipality_oktmo, c.stage, c.since)]


def _held_in(period: Period) -> list[Any]:
    c = rm.Event
    return [c.starts_on.between(period.first, period.last), c.state.in_(sorted(HELD))]


def _events(period: Period) -> list[f.Event]:
    c = rm.Event
    return [
        f.Event(*row) for row in _rows(c.id, c.kind, c.mode, c.state, c.starts_on, where=_held_in(period))
    ]


def _participations(period: Period) -> list[f.Participation]:
    c = rm.Participation
    held = sa.select(rm.Event.id).where(*_held_in(period))
    columns = (c.id, c.event_id, c.person_id, c.municipality_oktmo, c.state, c.minutes)
    return [f.Participation(*row) for row in _rows(*columns, where=[c.event_id.in_(held)])]


def _sheets(period: Period) -> list[f.Sheet]:
    c, mark = rm.Sheet, rm.SheetMark
    columns = (
        c.id,
        c.entry_id,
        c.expert_id,
        c.expert_organisation_id,
        c.expert_municipality_oktmo,
        c.stage_kind,
        c.signed_on,
        mark.percent,
        c.kind,
    )
    statement = (
        sa.select(*columns)
        .select_from(c)
        .outerjoin(mark, mark.id == c.id)
        .where(c.signed_on.between(period.first, period.last))
        .order_by(c.id)
    )
    return [f.Sheet(*row) for row in read().execute(statement)]


def _editions(period: Period) -> list[f.ContestEdition]:
    c = rm.Edition
    closed = [c.closes_on.between(period.first, period.last)]
    return [f.ContestEdition(*row) for row in _rows(c.id, c.closes_on, where=closed)]


def _entries(period: Period) -> list[f.Entry]:
    c, d = rm.Entry, rm.Decision
    closed = sa.select(rm.Edition.id).where(rm.Edition.closes_on.between(period.first, period.last))
    statement = (
        sa.select(c.id, c.edition_id, c.kind, c.municipality_oktmo, c.state, d.outcome, d.protocol_date)
        .outerjoin(d, d.id == c.id)
        .where(c.edition_id.in_(closed))
        .order_by(c.id)
    )
    return [f.Entry(*row) for row in read().execute(statement)]
