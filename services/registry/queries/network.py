"""The network itself: its operator, the load of the resource centre, transformations and their proofs."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from services.registry import model
from services.registry.queries.counts import active, in_force
from services.registry.rules.kinds import Evidence, OrgRole, OrgState, Stage
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


def load_of_centre(organisation_id: UUID, on: date) -> tuple[int, int | None]:
    """Agreements of a resource centre in force on a day, and its capacity if it has one (BR-17)."""
    capacity = (
        read()
        .scalars(
            sa.select(model.ResourceCentre.capacity)
            .where(
                model.ResourceCentre.organisation_id == organisation_id, model.ResourceCentre.valid_from <= on
            )
            .order_by(model.ResourceCentre.valid_from.desc())
        )
        .first()
    )
    taken = read().scalar(
        sa.select(sa.func.count())
        .select_from(model.Agreement)
        .where(model.Agreement.operator_id == organisation_id, in_force(on))
    )
    return taken or 0, capacity


def proofs_of(municipality_oktmo: str, tms_id: UUID, on: date) -> dict[Evidence, str]:
    """What the registry itself can prove of a municipality's transformation on a day (BR-18)."""
    proofs = {}
    number = (
        read()
        .scalars(sa.select(model.Agreement.number).where(model.Agreement.tms_id == tms_id, in_force(on)))
        .first()
    )
    if number is not None:
        proofs[Evidence.AGREEMENT] = number
    topic = (
        read()
        .scalars(
            sa.select(model.Platform.topic)
            .join(model.StatusPeriod, model.StatusPeriod.platform_id == model.Platform.id)
            .where(model.Platform.municipality_oktmo == municipality_oktmo, active(on))
            .order_by(model.StatusPeriod.valid_from)
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


def transformations() -> list[model.Transformation]:
    """How far every municipality has come, the furthest first."""
    rows = read().scalars(
        sa.select(model.Transformation).options(
            joinedload(model.Transformation.tms).lazyload(model.Organisation.role_rows),
            selectinload(model.Transformation.steps),
        )
    )
    order = list(Stage)
    return sorted(rows, key=lambda row: (-order.index(row.stage), row.since, row.municipality_oktmo))
