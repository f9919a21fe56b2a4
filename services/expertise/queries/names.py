"""Names of organisations and people from the copies of registry's facts."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import Assignment, ExpertProfile, Stage
from services.expertise.readmodel import Organisation, PersonCopy
from shared import clock

UNKNOWN = "—"
#: What to call an organisation on a day or at a moment.
Called = Callable[[UUID, date | datetime | None], str]


def organisations_called(session: Session, ids: Iterable[UUID]) -> Called:
    """What to call these organisations on a day or at a moment; without one, today (BR-06)."""
    found = session.scalars(sa.select(Organisation).where(Organisation.id.in_(set(ids))))
    known = {one.id: one for one in found}
    return lambda key, when: called(known.get(key), when)


def called(organisation: Organisation | None, when: date | datetime | None) -> str:
    """What to call an organisation on a day or at a moment; without one, today (BR-06)."""
    if organisation is None:
        return UNKNOWN
    if isinstance(when, datetime):
        when = clock.local(when).date()
    return organisation.called_on(when or clock.today())


def person_names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """«Фамилия И.О.» by identifier."""
    people = session.scalars(sa.select(PersonCopy).where(PersonCopy.id.in_(set(ids))))
    return {person.id: person.short_name for person in people}


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
