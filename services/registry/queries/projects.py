"""Projects of the network, for everybody signed in (S-001…S-004)."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from services.registry import access, model
from services.registry.model.organisation import Organisation
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


def projects(who: Person) -> list[model.NetworkProject]:
    """The projects of the network, the oldest first."""
    access.require(access.may_read_projects(who))
    table = model.NetworkProject
    query = sa.select(table).options(joinedload(table.owner).lazyload(Organisation.role_rows))
    return list(read().scalars(query.order_by(table.created_at, table.id)))


def project(who: Person, project_id: UUID) -> model.NetworkProject:
    """The card of a project."""
    access.require(access.may_read_projects(who))
    table = model.NetworkProject
    options = [
        joinedload(table.owner).lazyload(Organisation.role_rows),
        selectinload(table.targets).lazyload(Organisation.role_rows),
    ]
    row = read().get(table, project_id, options=options)
    if row is None:
        raise NotFound(N_("проект"))
    return row


def directions() -> list[model.PriorityDirection]:
    """The dictionary of priority directions (S-102)."""
    return list(read().scalars(sa.select(model.PriorityDirection).order_by(model.PriorityDirection.name_key)))
