"""What rests on an act, and what in the whole registry rests on nothing that is in force (F7, F8)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.queries.acts import forces, living, recorded_by, state_of
from services.registry.queries.asof import as_of
from services.registry.queries.resting import (
    Resting,
    act_row,
    facts_on,
    memberships_by,
    roadmaps_by,
    things_of,
)
from services.registry.rules import bases as rules
from services.registry.rules.kinds import ActState, BasisFault, RelationType
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


@dataclass(frozen=True)
class Impact:
    """What loses its basis with an act: what would be lost while it is in force, what is lost after."""

    act: model.Act
    on: date
    state: ActState
    rows: list[Resting]


def impact(who: Person, act_id: UUID, on: date | None = None, known_on: date | None = None) -> Impact:
    """Everything that rests on an act on a day, directly or through other acts (F8); an inner list."""
    access.require(access.may_audit_bases(who))
    at = as_of(on, known_on)
    act = read().get(model.Act, act_id)
    if act is None:
        raise NotFound(N_("акт"))
    force = forces(None, known_on)
    resting = rules.resting_on([act_id], _grounds(known_on)) - {act_id}
    grounds = resting | {act_id}
    known_acts = _acts(grounds)
    things = things_of(grounds, known_on, known_acts, rules.FOUNDING)
    rows = [
        *facts_on(who, grounds, at.on, known_on, known_acts),
        *things,
        *memberships_by(things, at.on, known_on),
        *roadmaps_by(grounds, at.on, known_acts),
        *(
            act_row(known_acts[key], known_acts[by])
            for key, by in _first_grounds(resting, act_id, known_on)
            if state_of(force.get(key), at.on) is not ActState.REPEALED
        ),
    ]
    state = state_of(force.get(act_id), at.on)
    return Impact(act, at.on, state, rows)


def without_basis(who: Person, on: date | None = None, known_on: date | None = None) -> list[Resting]:
    """What holds on a day though its act is out of force, was so at the start, or rests on such an act (F7)."""
    access.require(access.may_audit_bases(who))
    at = as_of(on, known_on)
    force = forces(None, known_on)
    everything = _acts(None, known_on)
    dead = {key for key in everything if state_of(force.get(key), at.on) is not ActState.IN_FORCE}
    undermined = rules.resting_on(dead, _grounds(known_on)) - dead
    rows = []
    for row in facts_on(who, None, at.on, known_on, everything):
        state = state_of(force.get(row.act.id), row.since) if row.since else ActState.IN_FORCE
        fault = rules.fault(started=state, out_now=row.act.id in dead, undermined=row.act.id in undermined)
        if fault:
            rows.append(_faulty(row, fault))
    rows += [
        _faulty(row, rules.fault(out_now=row.act.id in dead, undermined=True))
        for row in things_of(dead | undermined, known_on, everything, rules.LASTING)
    ]
    rows += [
        _faulty(row, rules.fault(out_now=row.act.id in dead, undermined=True))
        for row in roadmaps_by(dead | undermined, at.on, everything)
    ]
    rows += [
        _faulty(act_row(everything[key], everything[key]), BasisFault.UNDERMINED)
        for key in undermined & set(everything)
    ]
    return rows


def _faulty(row: Resting, fault: BasisFault | None) -> Resting:
    return Resting(**{**vars(row), "fault": fault})


def _grounds(known_on: date | None) -> dict[UUID, set[UUID]]:
    """For every act, the acts that rest on it: issued on its ground, or approved by it."""
    relation = model.ActRelation
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = read().execute(
        sa.select(relation.type, relation.source_id, relation.target_id).where(
            relation.type.in_([RelationType.BASED_ON, RelationType.APPROVES]),
            relation.target_id.is_not(None),
            living(relation, known_on),
        )
    )
    for kind, source, target in rows:
        ground, resting = (target, source) if kind is RelationType.BASED_ON else (source, target)
        found[ground].add(resting)
    return found


def _first_grounds(resting: set[UUID], act_id: UUID, known_on: date | None) -> list[tuple[UUID, UUID]]:
    """For every act that rests on the given one, an act of the same list that it rests on directly."""
    found: dict[UUID, UUID] = {}
    for ground, others in _grounds(known_on).items():
        if ground == act_id or ground in resting:
            for key in others & resting:
                found.setdefault(key, ground)
    return sorted(found.items(), key=lambda pair: str(pair[0]))


def _acts(ids: Collection[UUID] | None, known_on: date | None = None) -> dict[UUID, model.Act]:
    query = sa.select(model.Act).where(recorded_by(known_on))
    if ids is not None:
        query = query.where(model.Act.id.in_(ids))
    return {row.id: row for row in read().scalars(query)}
