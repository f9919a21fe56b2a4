"""What events knows of the network: organisations, municipalities, people."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from services.events.readmodel import Municipality, NetworkPerson, Organisation
from shared.person import Person
from shared.unit import read

ACTIVE = "ACTIVE"


@dataclass(frozen=True)
class Place:
    """An organisation and its municipality as they are called today (BR-29)."""

    organisation_id: UUID
    organisation_name: str
    roles: tuple[str, ...]
    is_active: bool
    municipality_oktmo: str | None
    municipality_name: str | None


def place_of(organisation_id: UUID) -> Place | None:
    """Today's name and municipality of an organisation; None when we have not heard of it."""
    organisation = read().get(Organisation, organisation_id)
    if organisation is None:
        return None
    return Place(
        organisation_id=organisation.id,
        organisation_name=organisation.short_name or organisation.full_name,
        roles=tuple(organisation.roles),
        is_active=organisation.state == ACTIVE,
        municipality_oktmo=organisation.municipality_oktmo,
        municipality_name=_municipality_name(organisation.municipality_oktmo),
    )


def unknown_organisations(ids: Collection[UUID]) -> set[UUID]:
    """Those of the organisations that we have not heard of."""
    known = read().scalars(sa.select(Organisation.id).where(Organisation.id.in_(list(ids))))
    return set(ids) - set(known)


def organisation_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Full names of organisations, for cards and papers."""
    rows = read().execute(
        sa.select(Organisation.id, Organisation.full_name).where(Organisation.id.in_(list(ids)))
    )
    return {row.id: row.full_name for row in rows}


def organisation_choices(
    role: str | None = None, only: Collection[UUID] | None = None
) -> list[tuple[str, str]]:
    """Active organisations for a list to choose from, by name."""
    wanted = sa.select(Organisation).where(Organisation.state == ACTIVE).order_by(Organisation.short_name)
    if only is not None:
        wanted = wanted.where(Organisation.id.in_(list(only)))
    found = read().scalars(wanted)
    return [(str(o.id), o.short_name or o.full_name) for o in found if role is None or role in o.roles]


def oneself(who: Person) -> NetworkPerson | None:
    """What the registry told of the person who asks, to prefill a form."""
    return read().get(NetworkPerson, who.person_id) if who.person_id else None


def _municipality_name(oktmo: str | None) -> str | None:
    return (
        read().scalar(sa.select(Municipality.short_name).where(Municipality.oktmo == oktmo))
        if oktmo
        else None
    )
