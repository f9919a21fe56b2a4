"""BR-21 on every day: who holds a platform, who is its hub and its members, and how an act changes that."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.registry.rules.facts import FOREVER, Basis, Statement, placed
from services.registry.rules.kinds import PartyRole, PlatformKind
from services.registry.rules.platforms import check_composition
from shared.refusal import N_, Refused

#: Parts by organisation.
Parts = Mapping[UUID, PartyRole]


@dataclass(frozen=True)
class Change:
    """What an act does to the composition from a day on: new parts, and who leaves."""

    on: date
    parts: Parts
    leaving: Collection[UUID] = ()


def parts_on(held: Iterable[Statement], on: date) -> dict[UUID, PartyRole]:
    """Who takes part on a day, and as what (BR-22)."""
    return {one.ref_id: PartyRole(one.value) for one in held if one.ref_id is not None and one.holds(on)}


def check_parts(kind: PlatformKind, parts: Parts) -> None:
    """Exactly one hub and at least two members in a network kind, neither in the others (BR-21)."""
    hubs = [key for key, role in parts.items() if role is PartyRole.HUB]
    if len(hubs) > 1:
        raise Refused("BR-21", N_("У сетевой площадки один сетевой центр"), field="hub_id")
    holders = [key for key, role in parts.items() if role is not PartyRole.MEMBER]
    members = [key for key, role in parts.items() if role is PartyRole.MEMBER]
    check_composition(kind, holders, hubs[0] if hubs else None, members)


def change_of(
    kind: PlatformKind,
    before: Parts,
    on: date,
    *,
    holders: Collection[UUID] = (),
    members: Collection[UUID] = (),
    hub: UUID | None = None,
    leaving: Collection[UUID] = (),
) -> Change:
    """What an act asks for, told from what is so already (BR-21).

    A new hub becomes a holder by that; the former one stays a holder unless it leaves.
    """
    strangers = [key for key in leaving if key not in before]
    if strangers:
        raise Refused("BR-21", N_("Выбывает организация, которой в составе нет"), field="leaving_ids")
    coming = [*holders, *members, *([hub] if hub else [])]
    if set(coming) & set(leaving) or set(holders) & set(members) or (hub and hub in members):
        raise Refused("BR-21", N_("Организация указана дважды"), field="leaving_ids")
    parts: dict[UUID, PartyRole] = {}
    if hub is not None:
        parts.update({key: PartyRole.HOLDER for key, role in before.items() if role is PartyRole.HUB})
    parts.update(dict.fromkeys(holders, PartyRole.HOLDER))
    parts.update(dict.fromkeys(members, PartyRole.MEMBER))
    if hub is not None:
        parts[hub] = PartyRole.HUB
    asked = {key: role for key, role in parts.items() if key not in leaving and before.get(key) is not role}
    if not asked and not leaving:
        raise Refused("BR-21", N_("Состав от этого не меняется"), field="holder_ids")
    after = {key: role for key, role in {**before, **asked}.items() if key not in leaving}
    check_parts(kind, after)
    return Change(on, asked, tuple(leaving))


def changed(held: Iterable[Statement], change: Change, basis: Basis) -> list[Statement]:
    """The timelines of all organisations of a platform after a change (F7)."""
    after = list(held)
    for key in {*change.leaving, *change.parts}:
        own = [one for one in after if one.ref_id == key]
        rest = [one for one in after if one.ref_id != key]
        kept = [
            replace(one, valid_to=min(one.valid_to, change.on)) for one in own if one.valid_from < change.on
        ]
        if key in change.parts:
            said = Statement(change.parts[key].value, change.on, item=str(key), ref_id=key, basis=basis)
            kept = placed(kept, said)
        after = [*rest, *kept]
    return after


def check_order(held: Iterable[Statement], on: date) -> None:
    """Changes of a composition follow each other, those of one day in one step (BR-21, F7)."""
    days = [day for one in held for day in (one.valid_from, one.valid_to) if day != FOREVER]
    last = max(days, default=date.min)
    if on <= last:
        raise Refused("BR-21", N_("Состав уже менялся %(last)s"), field="on", last=last)
