"""A territory in a cabinet: its organisations and the share of innovation ones, its transformation (I-01, BR-18)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.queries.asof import as_of, holds, subjects
from services.registry.queries.counts import innovation_organisations
from services.registry.queries.network import proofs_of, transformations
from services.registry.queries.territory import municipality_names
from services.registry.rules import cabinets, transformation
from services.registry.rules.kinds import EduOrgKind, Evidence, FactKind, OrgRole, OrgState, Stage
from shared.unit import read


@dataclass(frozen=True)
class Territory:
    """A municipality of a МОУО: its organisations by kind and the share of innovation ones today."""

    oktmo: str
    name: str
    #: Education organisations of the registry; those without a kind stand under nothing.
    by_kind: dict[EduOrgKind | None, int]
    innovation: int
    #: The newest count of education organisations; nothing where nobody counted.
    count: model.OrgCount | None

    @property
    def organisations(self) -> int:
        """How many education organisations the registry knows."""
        return sum(self.by_kind.values())

    @property
    def share(self) -> Decimal | None:
        """Innovation organisations in percent of the newest count (I-01)."""
        return cabinets.share(self.innovation, self.count.total if self.count else None)


@dataclass(frozen=True)
class OwnStage:
    """How far the own municipality has come, and what the next stage asks for (BR-18)."""

    stage: Stage | None
    since: date | None
    following: Stage | None
    #: What the next stage is proved with, and the proof where the registry has one.
    needed: list[tuple[Evidence, str | None]]


def territories(codes: Collection[str], today: date) -> list[Territory]:
    """Own municipalities in numbers on a day (model 3.6: my organisations, share of innovation organisations)."""
    at, names = as_of(today), municipality_names()
    kinds, counts = _kinds(codes, today), _newest_counts(codes, today)
    return [
        Territory(
            oktmo,
            names.get(oktmo, oktmo),
            kinds[oktmo],
            innovation_organisations(at, oktmo),
            counts.get(oktmo),
        )
        for oktmo in sorted(codes)
    ]


def _kinds(codes: Collection[str], today: date) -> dict[str, dict[EduOrgKind | None, int]]:
    """Active education organisations of the municipalities by kind."""
    at, place, kind = as_of(today), sa.orm.aliased(model.Fact), sa.orm.aliased(model.Fact)
    rows = read().execute(
        sa.select(place.key, kind.key, sa.func.count())
        .select_from(place)
        .outerjoin(kind, sa.and_(kind.subject_id == place.subject_id, holds(kind, FactKind.EDU_KIND, at)))
        .where(
            holds(place, FactKind.TERRITORY, at),
            place.key.in_(codes),
            place.subject_id.in_(subjects(FactKind.ROLE, at, [OrgRole.EDU_ORG])),
            place.subject_id.in_(subjects(FactKind.ORG_STATE, at, [OrgState.ACTIVE])),
        )
        .group_by(place.key, kind.key)
        .order_by(place.key, kind.key)
    )
    found: dict[str, dict[EduOrgKind | None, int]] = defaultdict(dict)
    for oktmo, key, count in rows:
        found[oktmo][EduOrgKind(key) if key else None] = count
    return found


def _newest_counts(codes: Collection[str], today: date) -> dict[str, model.OrgCount]:
    table = model.OrgCount
    rows = read().scalars(
        sa.select(table)
        .where(table.municipality_oktmo.in_(codes), table.as_of <= today)
        .order_by(table.as_of, table.year)
    )
    return {row.municipality_oktmo: row for row in rows}


def own_stages(organisations: Collection[UUID], today: date) -> list[OwnStage]:
    """The transformation of the own municipality and what its next stage needs (BR-18)."""
    mine = [row for row in transformations(as_of(today)) if row.transformation.tms_id in organisations]
    if not mine:
        return [OwnStage(None, None, None, [])]
    found = []
    for row in mine:
        of = row.transformation
        target = transformation.following(transformation.reached(step.stage for step in row.steps))
        proofs = proofs_of(of.municipality_oktmo, of.tms_id, today) if target else {}
        needed = (
            [(kind, proofs.get(kind)) for kind in transformation.NEEDED.get(target, ())] if target else []
        )
        found.append(OwnStage(row.stage, row.since, target, needed))
    return found
