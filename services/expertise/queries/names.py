"""Names of organisations, people and municipalities from the copies of registry's facts."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import Assignment, ExpertProfile, Stage
from services.expertise.readmodel import Municipality, Organisation, PersonCopy

UNKNOWN = "—"


def organisation_names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Short names by identifier."""
    wanted = set(ids)
    rows = session.execute(
        sa.select(Organisation.id, Organisation.short_name).where(Organisation.id.in_(wanted))
    )
    names = {row.id: row.short_name for row in rows}
    return {key: names.get(key, UNKNOWN) for key in wanted}


def person_names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """«Фамилия И.О.» by identifier."""
    people = session.scalars(sa.select(PersonCopy).where(PersonCopy.id.in_(set(ids))))
    return {person.id: person.short_name for person in people}


def municipality_names(session: Session) -> Mapping[str, str]:
    """Short names of all municipalities by OKTMO code."""
    rows = session.execute(sa.select(Municipality.oktmo, Municipality.short_name))
    return {row.oktmo: row.short_name for row in rows}


def expert_codes(session: Session, edition_id: UUID) -> dict[UUID, str]:
    """Experts of an edition are coded in the order of their first assignment (BR-61)."""
    first = sa.func.min(sa.cast(Assignment.id, sa.String))
    rows = session.execute(
        sa.select(Assignment.expert_id)
        .join(Stage, Stage.id == Assignment.stage_id)
        .where(Stage.edition_id == edition_id)
        .group_by(Assignment.expert_id)
        .order_by(first)
    )
    return {expert_id: f"Э{number}" for number, (expert_id,) in enumerate(rows, 1)}


def expert_names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of experts by the identifier of the profile."""
    rows = session.execute(
        sa.select(ExpertProfile.id, PersonCopy)
        .join(PersonCopy, PersonCopy.id == ExpertProfile.person_id)
        .where(ExpertProfile.id.in_(set(ids)))
    )
    return {expert_id: person.short_name for expert_id, person in rows}
