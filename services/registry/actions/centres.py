"""The end of the status of krai resource centre."""

from datetime import date
from uuid import UUID

from services.registry import access, model
from services.registry.actions import facts
from services.registry.actions.organisation_facts import need
from services.registry.rules.facts import Basis, Statement, on_day
from services.registry.rules.kinds import FactKind
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work

#: A centre that is none any more has no places (BR-17).
NO_PLACES = "0"


def end_resource_centre(who: Person, *, organisation_id: UUID, act_id: UUID, on: date) -> None:
    """End the status of krai resource centre by an act; from that day on it has no places (S-049, BR-17)."""
    access.require(access.may_operate(who))
    with work(who) as u:
        organisation = need(u, organisation_id, "organisation_id")
        u.get(model.Act, act_id)
        held = on_day(facts.held(u, organisation.id, FactKind.CAPACITY), on)
        if held is None or held.value == NO_PLACES:
            raise Refused("BR-17", N_("В этот день организация не ресурсный центр"), field="on")
        said = Statement(NO_PLACES, on, basis=Basis.act(act_id))
        facts.record_change(u, organisation.id, FactKind.CAPACITY, said)
        u.journal("resource_centre.ended", organisation, {"on": on.isoformat()})
