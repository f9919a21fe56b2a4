"""What rests on an act, and what in the whole registry rests on nothing that is in force (F7, F8)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.queries.acts import forces, living, recorded_by, state_of
from services.registry.queries.asof import as_of, known
from services.registry.queries.history import fact_text
from services.registry.rules import bases as rules
from services.registry.rules.facts import ALWAYS, FOREVER
from services.registry.rules.kinds import ActState, ActTarget, BasisFault, FactKind, RelationType
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


@dataclass(frozen=True)
class Resting:
    """One thing that rests on an act: what it is, of whom or what, since and until when, by which clause."""

    #: A kind of fact, a kind of relation to a thing or to words, or ACT for another act.
    what: FactKind | RelationType | None
    subject: str
    #: Where its card is: ACT, PLATFORM, ORGANISATION, AGREEMENT or nothing.
    card: str | None
    id: UUID | None
    value: str
    #: The first and the last day, where they are known.
    since: date | None
    until: date | None
    act: model.Act
    clause: str | None
    #: Why its basis is not valid; nothing in the list of an act that is in force.
    fault: BasisFault | None = None


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
    things = _things(grounds, known_on, known_acts, rules.FOUNDING)
    rows = [
        *_facts(who, grounds, at.on, known_on, known_acts),
        *things,
        *_memberships(things, at.on, known_on),
        *(
            _act_row(known_acts[key], known_acts[by])
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
    for row in _facts(who, None, at.on, known_on, everything):
        state = state_of(force.get(row.act.id), row.since) if row.since else ActState.IN_FORCE
        fault = rules.fault(started=state, out_now=row.act.id in dead, undermined=row.act.id in undermined)
        if fault:
            rows.append(_faulty(row, fault))
    rows += [
        _faulty(row, rules.fault(out_now=row.act.id in dead, undermined=True))
        for row in _things(dead | undermined, known_on, everything, rules.LASTING)
    ]
    rows += [
        _faulty(_act_row(everything[key], everything[key]), BasisFault.UNDERMINED)
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


def _facts(
    who: Person, ids: Collection[UUID] | None, on: date, known_on: date | None, acts: Mapping[UUID, model.Act]
) -> list[Resting]:
    """Facts that hold on the day or later and name one of the acts as their basis."""
    fact = model.Fact
    query = (
        sa.select(fact)
        .where(
            fact.kind.in_(set(access.readable_facts(who)) - {FactKind.ACT_FORCE}),
            fact.act_id.in_(ids) if ids is not None else fact.act_id.is_not(None),
            fact.valid_to > on,
            known(fact, known_on),
        )
        .order_by(fact.kind, fact.valid_from, fact.id)
    )
    if ids is None:
        query = query.where(fact.valid_from <= on)
    rows = list(read().scalars(query))
    named = _subjects({row.subject_id for row in rows})
    return [_fact_row(row, named, acts[row.act_id]) for row in rows if row.act_id in acts]


def _fact_row(row: model.Fact, named: Mapping[UUID, tuple[str, str]], act: model.Act) -> Resting:
    card, subject = named.get(row.subject_id, (None, "—"))
    return Resting(
        what=row.kind,
        subject=subject,
        card=card,
        id=row.subject_id,
        value=fact_text(row.kind, row.value),
        since=None if row.valid_from == ALWAYS else row.valid_from,
        until=_last_day(row.valid_to),
        act=act,
        clause=row.clause,
    )


def _things(
    ids: Collection[UUID],
    known_on: date | None,
    acts: Mapping[UUID, model.Act],
    kinds: Collection[RelationType],
) -> list[Resting]:
    """Things of the registry and things in words that these acts approved, launched or gave a status."""
    relation = model.ActRelation
    rows = list(
        read().scalars(
            sa.select(relation)
            .where(
                relation.source_id.in_(ids),
                relation.type.in_(kinds),
                relation.target_id.is_(None),
                living(relation, known_on),
            )
            .order_by(relation.type, relation.id)
        )
    )
    named = _subjects({row.object_id for row in rows if row.object_id})
    found = []
    for row in rows:
        card, name = (
            named.get(row.object_id, (None, row.target_ref)) if row.object_id else (None, row.target_ref)
        )
        found.append(
            Resting(
                what=row.type,
                subject=name or "—",
                card=card or (row.object_kind.value if row.object_kind else None),
                id=row.object_id,
                value="",
                since=None,
                until=None,
                act=acts[row.source_id],
                clause=row.source_clause or None,
            )
        )
    return found


def _memberships(things: Collection[Resting], on: date, known_on: date | None) -> list[Resting]:
    """Participants of the network by the agreements among the things (BR-12)."""
    by_agreement = {row.id: row.act for row in things if row.card == ActTarget.AGREEMENT.value}
    fact = model.Fact
    rows = list(
        read().scalars(
            sa.select(fact)
            .where(
                fact.kind == FactKind.MEMBERSHIP,
                fact.agreement_id.in_(by_agreement),
                fact.valid_to > on,
                known(fact, known_on),
            )
            .order_by(fact.valid_from, fact.id)
        )
    )
    named = _subjects({row.subject_id for row in rows})
    return [_fact_row(row, named, by_agreement[row.agreement_id]) for row in rows]


def _act_row(act: model.Act, by: model.Act) -> Resting:
    return Resting(
        what=None,
        subject=act.title,
        card="ACT",
        id=act.id,
        value=f"№ {act.number}" if act.number else "",
        since=act.in_force_from,
        until=_last_day(act.in_force_to or FOREVER),
        act=by,
        clause=None,
    )


def _last_day(first_without: date) -> date | None:
    return None if first_without == FOREVER else first_without - timedelta(days=1)


def _subjects(ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """What card the subjects of facts have and what they are called."""
    found: dict[UUID, tuple[str, str]] = {}
    for card, key, name in (
        (ActTarget.PLATFORM, model.Platform.id, model.Platform.topic),
        (ActTarget.ORGANISATION, model.Organisation.id, model.Organisation.short_name),
        (ActTarget.AGREEMENT, model.Agreement.id, model.Agreement.number),
    ):
        if ids:
            for one, text in read().execute(sa.select(key, name).where(key.in_(ids))):
                found[one] = (card.value, text)
    return found
