"""What events knows of the network: organisations, municipalities, people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.events.readmodel import Municipality, NetworkPerson, Organisation
from shared.person import Person
from shared.unit import read

ACTIVE = "ACTIVE"


@dataclass(frozen=True)
class Place:
    """An organisation and its municipality as they are called on a day (BR-29)."""

    organisation_id: UUID
    organisation_name: str
    roles: tuple[str, ...]
    is_active: bool
    municipality_oktmo: str | None
    municipality_name: str | None


def place_of(organisation_id: UUID, on: date) -> Place | None:
    """The municipality of an organisation and the names of both on a day; None when we have not heard of it."""
    organisation = read().get(Organisation, organisation_id)
    if organisation is None:
        return None
    return Place(
        organisation_id=organisation.id,
        organisation_name=organisation.called_on(on),
        roles=tuple(organisation.roles),
        is_active=organisation.state == ACTIVE,
        municipality_oktmo=organisation.municipality_oktmo,
        municipality_name=_municipality_name(organisation.municipality_oktmo, on),
    )


def unknown_organisations(ids: Collection[UUID]) -> set[UUID]:
    """Those of the organisations that we have not heard of."""
    known = read().scalars(sa.select(Organisation.id).where(Organisation.id.in_(list(ids))))
    return set(ids) - set(known)


def organisation_names(ids: Collection[UUID], on: date) -> dict[UUID, str]:
    """Full names of organisations on a day, for cards and papers (BR-06)."""
    found = read().scalars(sa.select(Organisation).where(Organisation.id.in_(list(ids))))
    return {one.id: one.full_name_on(on) for one in found}


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


def _municipality_name(oktmo: str | None, on: date) -> str | None:
    found = read().scalar(sa.select(Municipality).where(Municipality.oktmo == oktmo)) if oktmo else None
    return found.called_on(on) if found else None
