"""Things that rest on acts, each in one row: facts, things named by relations, memberships, other acts (F8)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.queries.acts import living
from services.registry.queries.asof import known
from services.registry.queries.history import fact_text
from services.registry.rules.facts import ALWAYS, FOREVER
from services.registry.rules.kinds import ActTarget, BasisFault, FactKind, RelationType
from shared.person import Person
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


def facts_on(
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


def things_of(
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


def memberships_by(things: Collection[Resting], on: date, known_on: date | None) -> list[Resting]:
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


def roadmaps_by(ids: Collection[UUID], on: date, acts: Mapping[UUID, model.Act]) -> list[Resting]:
    """Versions of roadmaps that these acts approved by the day (D-11)."""
    version = model.RoadmapVersion
    rows = read().scalars(
        sa.select(version)
        .where(version.act_id.in_(ids), version.approved_on <= on)
        .order_by(version.approved_on, version.id)
    )
    return [
        Resting(
            what=RelationType.APPROVES,
            subject=f"Дорожная карта, редакция {row.no}",
            card="ROADMAP",
            id=row.roadmap_id,
            value="",
            since=row.approved_on,
            until=None,
            act=acts[row.act_id],
            clause=None,
        )
        for row in rows
        if row.act_id in acts
    ]


def act_row(act: model.Act, by: model.Act) -> Resting:
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
        (ActTarget.PROJECT, model.NetworkProject.id, model.NetworkProject.name),
    ):
        if ids:
            for one, text in read().execute(sa.select(key, name).where(key.in_(ids))):
                found[one] = (card.value, text)
    return found
