"""A person whose data the registry destroyed loses the name here too; numbers stay (BR-69)."""

from uuid import UUID

import sqlalchemy as sa

from services.events.model import Attendance, Registration
from shared.unit import Unit


def forget_person(u: Unit, *, person_id: UUID, last_name: str, first_name: str) -> None:
    """Put the registry's marker in place of the name in registrations and rows of attendance (BR-69).

    Presence, roles, certificates and their numbers stay: they count, and name nobody any more.
    """
    ours = u.session.scalars(sa.select(Registration).where(Registration.person_id == person_id)).all()
    for registration in ours:
        registration.last_name, registration.first_name = last_name, first_name
        registration.middle_name = registration.email = None
        u.journal("registration.person_forgotten", registration)
    u.session.execute(
        sa.update(Attendance)
        .where(Attendance.registration_id.in_([registration.id for registration in ours]))
        .values(raw_name=f"{last_name} {first_name}", raw_email=None, raw=[])
    )
