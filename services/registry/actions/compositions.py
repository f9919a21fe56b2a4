"""Who holds a platform and takes part in it, changed by an act from a day on (BR-21); the card's own words."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.registry import access, model
from services.registry.actions import facts
from services.registry.actions.organisation_facts import need
from services.registry.actions.platforms import operated, refuse_double, worded
from services.registry.rules import compositions as rules
from services.registry.rules.facts import Basis
from services.registry.rules.kinds import FactKind, PartyRole, PlatformKind
from services.registry.rules.names import clean
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def change_composition(
    who: Person,
    *,
    platform_id: UUID,
    on: date,
    act_id: UUID | None = None,
    clause: str | None = None,
    basis: str | None = None,
    holder_ids: Sequence[UUID] = (),
    member_ids: Sequence[UUID] = (),
    hub_id: UUID | None = None,
    leaving_ids: Sequence[UUID] = (),
) -> None:
    """Organisations join and leave a platform, or its hub changes, by an act from a day on (BR-20, BR-21).

    The composition must be possible on that day. A partner platform may rest on an agreement in words.
    """
    with work(who) as u:
        platform = operated(u, platform_id)
        if on > clock.today():
            raise Refused("BR-21", N_("Состав меняют с наступившей даты"), field="on")
        if act_id is None and not (platform.kind is PlatformKind.PARTNER and worded(basis)):
            raise Refused("BR-21", N_("Состав площадки меняет акт: укажите его"), field="act_id")
        ground = facts.basis_of(u, act_id=act_id, on=on, clause=clause) or Basis.source(worded(basis) or "")
        for field, keys in (("holder_ids", holder_ids), ("member_ids", member_ids)):
            for key in keys:
                need(u, key, field)
        if hub_id is not None:
            need(u, hub_id, "hub_id")
        held = facts.held(u, platform.id, FactKind.PARTY)
        rules.check_order(held, on)
        change = rules.change_of(
            platform.kind,
            rules.parts_on(held, on),
            on,
            holders=holder_ids,
            members=member_ids,
            hub=hub_id,
            leaving=leaving_ids,
        )
        facts.record(u, platform.id, FactKind.PARTY, rules.changed(held, change, ground))
        for key in [*change.parts, *change.leaving]:
            u.add(
                model.CompositionRecord(
                    platform_id=platform.id,
                    organisation_id=key,
                    on=on,
                    role=change.parts.get(key),
                    act_id=act_id,
                    clause=worded(clause),
                    basis=worded(basis),
                )
            )
        _project(u, platform)
        refuse_double(u, platform, platform.periods)
        u.journal("platform.composition_changed", platform, {"on": on.isoformat()})
        u.announce(platform)


def describe_platform(
    who: Person,
    *,
    platform_id: UUID,
    supervisor_id: UUID | None = None,
    scientific_supervisor_id: UUID | None = None,
    directions: Sequence[str] = (),
    priority_directions: Sequence[str] = (),
    calendar_plan: Sequence[str] = (),
) -> None:
    """The operator or a holder says who leads the platform, its directions and its calendar plan (model 3.2)."""
    with work(who) as u:
        platform = u.get(model.Platform, platform_id)
        access.require(access.may_speak_for_platform(who, platform.holder_ids))
        for key in (supervisor_id, scientific_supervisor_id):
            if key is not None:
                person = u.get(model.Person, key)
                access.require(access.may_read_person(who, person.id, person.organisation_id))
        platform.supervisor_id, platform.scientific_supervisor_id = supervisor_id, scientific_supervisor_id
        platform.directions = [clean(text) for text in directions if text.strip()]
        platform.priority_directions = [clean(text) for text in priority_directions if text.strip()]
        platform.calendar_plan = [clean(text) for text in calendar_plan if text.strip()]
        u.journal("platform.described", platform)


def _project(u: Unit, platform: model.Platform) -> None:
    """The rows say who takes part today, holders first, in the order in which they came."""
    held = facts.held(u, platform.id, FactKind.PARTY)
    now = rules.parts_on(held, clock.today())
    hubs = [key for key, role in now.items() if role is PartyRole.HUB]
    platform.hub_id = hubs[0] if hubs else None
    known = {party.organisation_id: party for party in platform.parties}
    sides = {key: PartyRole.HOLDER if role is PartyRole.HUB else role for key, role in now.items()}
    places = {key: party.position for key, party in known.items()}
    order = sorted(sides, key=lambda key: (sides[key] is PartyRole.MEMBER, places.get(key, len(places)), key))
    kept = []
    for position, key in enumerate(order):
        party = known.get(key) or model.PlatformParty(organisation_id=key)
        party.role, party.position = sides[key], position
        kept.append(party)
    platform.parties = kept
    u.session.flush()
