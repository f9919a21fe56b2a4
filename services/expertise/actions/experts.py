"""Experts."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.model import ExpertProfile
from services.expertise.queries import found
from services.expertise.readmodel import KnownAccount, PersonCopy
from services.expertise.rules.vocabulary import ExpertLevel
from shared.identity import grants_of
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work


def enrol_expert(
    who: Person,
    *,
    person_id: UUID,
    level: ExpertLevel | str = ExpertLevel.BASE,
    max_load: int = 12,
    specialities: Sequence[str] = (),
) -> UUID:
    """Enrol a person as an expert; whoever runs contests as a secretary cannot be one (model 3.5).

    ``max_load`` limits the assignments of one stage (BR-43). Enrolling again changes level, load and
    specialities and returns the same profile.
    """
    with work(who) as u:
        access.require_secretary(who)
        if u.session.get(PersonCopy, person_id) is None:
            raise Refused("3.2 ExpertProfile", N_("Человек не найден в реестре"), field="person_id")
        if max_load < 1:
            raise Refused("BR-43", N_("Предельная нагрузка — не меньше одной заявки"), field="max_load")
        grants = u.session.scalars(sa.select(KnownAccount.grants).where(KnownAccount.person_id == person_id))
        access.check_may_be_expert({grant.role for account in grants for grant in grants_of(account)})
        profile = found.expert_of(u.session, person_id) or u.add(ExpertProfile(person_id=person_id))
        profile.level = ExpertLevel(level)
        profile.max_load = max_load
        profile.specialities = sorted(set(specialities))
        u.journal("expert.enrolled", profile, {"level": profile.level.value, "max_load": max_load})
        return profile.id
