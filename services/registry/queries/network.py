"""The network itself: its operator, transformations and their proofs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from services.registry import model
from services.registry.queries.asof import as_of, holds
from services.registry.queries.counts import active_platforms, in_force
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import Evidence, FactKind, OrgRole, OrgState, Stage
from shared.unit import read

#: What the registry proves by itself; nobody's word is taken for it.
PROVED_HERE = frozenset({Evidence.AGREEMENT, Evidence.PLATFORM, Evidence.ROADMAP})


def network_operator_id() -> UUID | None:
    """The organisation that runs the network."""
    found: UUID | None = (
        read()
        .scalars(
            sa.select(model.Organisation.id)
            .join(model.OrganisationRole, model.OrganisationRole.organisation_id == model.Organisation.id)
            .where(
                model.OrganisationRole.role == OrgRole.NETWORK_OPERATOR,
                model.Organisation.state == OrgState.ACTIVE,
            )
            .order_by(model.Organisation.created_at)
        )
        .first()
    )
    return found


def proofs_of(municipality_oktmo: str, tms_id: UUID, on: date) -> dict[Evidence, str]:
    """What the registry itself can prove of a municipality's transformation on a day (BR-18)."""
    at, proofs = as_of(on), {}
    number = (
        read()
        .scalars(
            sa.select(model.Agreement.number).where(
                model.Agreement.tms_id == tms_id, model.Agreement.id.in_(in_force(at))
            )
        )
        .first()
    )
    if number is not None:
        proofs[Evidence.AGREEMENT] = number
    topic = (
        read()
        .scalars(
            sa.select(model.Platform.topic)
            .where(
                model.Platform.municipality_oktmo == municipality_oktmo,
                model.Platform.id.in_(active_platforms(at)),
            )
            .order_by(model.Platform.created_at)
        )
        .first()
    )
    if topic is not None:
        proofs[Evidence.PLATFORM] = topic
    version = model.RoadmapVersion
    roadmap = (
        read()
        .execute(
            sa.select(model.Roadmap.title, version.no, version.approved_on)
            .join(version, version.roadmap_id == model.Roadmap.id)
            .where(model.Roadmap.municipality_oktmo == municipality_oktmo, version.approved_on <= on)
            .order_by(version.approved_on.desc())
        )
        .first()
    )
    if roadmap is not None:
        proofs[Evidence.ROADMAP] = f"{roadmap.title}, № {roadmap.no}, {roadmap.approved_on:%d.%m.%Y}"
    return proofs


@dataclass(frozen=True)
class TransformationRow:
    """How far a municipality has come on the day asked, and the steps that were known."""

    transformation: model.Transformation
    stage: Stage
    since: date
    steps: list[model.TransformationStep]


def transformations(at: AsOf | None = None) -> list[TransformationRow]:
    """How far every municipality has come on a day, the furthest first."""
    moment, stage = at or as_of(), sa.orm.aliased(model.Fact)
    found = read().execute(
        sa.select(model.Transformation, stage)
        .join(
            stage, sa.and_(stage.subject_id == model.Transformation.id, holds(stage, FactKind.STAGE, moment))
        )
        .options(
            joinedload(model.Transformation.tms).lazyload(model.Organisation.role_rows),
            selectinload(model.Transformation.steps),
        )
    )
    rows = [
        TransformationRow(
            row, Stage(fact.key), fact.valid_from, [step for step in row.steps if step.since <= moment.on]
        )
        for row, fact in found
    ]
    order = list(Stage)
    return sorted(
        rows,
        key=lambda one: (-order.index(one.stage), one.since, one.transformation.municipality_oktmo),
    )
