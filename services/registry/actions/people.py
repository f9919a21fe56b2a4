"""People of the network."""

from uuid import UUID

from services.registry import access, model
from services.registry.actions import organisations
from services.registry.rules.names import clean, person_key
from shared.person import Person
from shared.unit import work


def add_person(
    who: Person,
    *,
    last_name: str,
    first_name: str,
    middle_name: str | None = None,
    position: str | None = None,
    organisation_id: UUID | None = None,
    is_synthetic: bool = False,
) -> UUID:
    """Enter a person: the name and the place of work, nothing else (PD-12)."""
    access.require(access.may_manage(who))
    last, first = clean(last_name), clean(first_name)
    middle = clean(middle_name) if middle_name else None
    with work(who) as u:
        if organisation_id is not None:
            organisations.need(u, organisation_id, "organisation_id")
        person = u.add(
            model.Person(
                last_name=last,
                first_name=first,
                middle_name=middle,
                position=clean(position) if position else None,
                organisation_id=organisation_id,
                is_synthetic=is_synthetic,
                search_key=person_key(last, first, middle),
            )
        )
        u.journal("person.added", person)
        u.announce(person)
        return person.id
