"""Choices for forms: organisations that a person acts for, people and platforms of an organisation."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.model import ExpertProfile
from services.expertise.readmodel import Organisation, PersonCopy, Platform
from shared.person import Person
from shared.unit import read

Choices = list[tuple[UUID, str]]


def acting_organisations(who: Person) -> Choices:
    """Organisations for which the person may file; all active ones for the secretary, who files on paper."""
    statement = sa.select(Organisation.id, Organisation.short_name).where(Organisation.state == "ACTIVE")
    if not access.is_secretary(who):
        statement = statement.where(Organisation.id.in_(who.organisations(*access.APPLICANTS)))
    return [(key, name) for key, name in read().execute(statement.order_by(Organisation.short_name))]


def organisation_choices(who: Person) -> Choices:
    """All active organisations, for co-applicants."""
    access.require_signed_in(who)
    rows = read().execute(
        sa.select(Organisation.id, Organisation.short_name)
        .where(Organisation.state == "ACTIVE")
        .order_by(Organisation.short_name)
    )
    return [(key, name) for key, name in rows]


def platform_choices(organisations: Collection[UUID]) -> Choices:
    """Platforms that these organisations hold or lead."""
    wanted = {str(one) for one in organisations}
    rows = read().execute(
        sa.select(Platform.id, Platform.topic, Platform.holder_ids, Platform.hub_id).order_by(Platform.topic)
    )
    return [(key, topic) for key, topic, holder_ids, hub_id in rows if wanted & {*holder_ids, str(hub_id)}]


def author_choices(who: Person, organisations: Collection[UUID]) -> Choices:
    """People who work in these organisations now, for authors and contacts of one's own entry (PD-12)."""
    access.require_signed_in(who)
    own = {key for key, _name in acting_organisations(who)} & set(organisations)
    people = read().scalars(
        sa.select(PersonCopy)
        .where(PersonCopy.organisation_id.in_(own))
        .order_by(PersonCopy.last_name, PersonCopy.first_name)
    )
    return [(person.id, person.short_name) for person in people]


def person_choices(who: Person) -> Choices:
    """People who are not experts yet, for enrolment."""
    access.require_secretary(who)
    enrolled = sa.select(ExpertProfile.person_id)
    people = read().scalars(
        sa.select(PersonCopy)
        .where(PersonCopy.id.not_in(enrolled))
        .order_by(PersonCopy.last_name, PersonCopy.first_name)
    )
    return [(person.id, person.short_name) for person in people]


def everybody(who: Person) -> Choices:
    """All people that the registry has told of, for ties between them."""
    access.require_secretary(who)
    people = read().scalars(sa.select(PersonCopy).order_by(PersonCopy.last_name, PersonCopy.first_name))
    return [(person.id, person.short_name) for person in people]
