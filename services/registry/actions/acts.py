"""Normative acts and their relations."""

from collections import defaultdict
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.rules import acts
from services.registry.rules.kinds import ActKind, ActLevel, RelationType
from services.registry.rules.names import clean, search_key
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def record_act(
    who: Person,
    *,
    kind: ActKind | str,
    number: str | None,
    date: date,
    title: str,
    level: ActLevel | str,
    issuer_id: UUID | None = None,
    issuer_name: str | None = None,
    in_force_from: date | None = None,
    place: str | None = None,
) -> UUID:
    """Enter an act, unique by issuer, kind, number, date; equal numbers of other years are legal (BR-01)."""
    access.require(access.may_record_act(who, ActLevel(level)))
    named = clean(title)
    shown = clean(number) if number else None
    issuer_text = clean(issuer_name) if issuer_name and issuer_id is None else None
    begins = acts.entry_into_force(date, in_force_from)
    with work(who) as u:
        issuer = u.get(model.Organisation, issuer_id) if issuer_id else None
        identity = {
            "issuer_key": str(issuer_id) if issuer_id else search_key(issuer_text or "")[:500],
            "kind": ActKind(kind),
            "number_key": acts.identity_number(shown, named),
            "date": date,
        }
        known = u.session.scalar(sa.select(model.Act.id).filter_by(**identity))
        if known is not None:
            raise Refused("BR-01", N_("Такой акт уже внесён: %(existing)s"), field="number", existing=known)
        act = u.add(
            model.Act(
                **identity,
                number=shown,
                title=named,
                level=ActLevel(level),
                issuer=issuer,
                issuer_text=issuer_text,
                in_force_from=begins,
                place=clean(place) if place else None,
                search_key=search_key(f"{shown or ''} {named}")[:1200],
                relations=[],
            )
        )
        u.journal("act.recorded", act)
        u.announce(act)
        return act.id


def relate_acts(
    who: Person,
    *,
    source_id: UUID,
    type: RelationType | str,
    target_id: UUID | None = None,
    target_ref: str | None = None,
    note: str | None = None,
) -> UUID:
    """Say what an act does to another one: no circles, and only younger acts change older ones (BR-03).

    A repealing or replacing act ends its target on its own date of entry into force (BR-04).
    """
    kind = RelationType(type)
    if (target_id is None) == (not target_ref):
        raise Refused("BR-03", N_("Укажите либо акт, либо предмет связи"), field="target_id")
    with work(who) as u:
        source = u.get(model.Act, source_id)
        own = who.account_id is not None and source.created_by == who.account_id
        access.require(access.may_relate_acts(who, own_source=own))
        target = u.get(model.Act, target_id) if target_id else None
        if any(
            known.type is kind and known.target_id == target_id for known in source.relations if target_id
        ):
            raise Refused("BR-03", N_("Такая связь уже есть"), field="target_id")
        acts.check_relation(
            kind,
            (source.id, source.date),
            (target.id, target.date) if target else None,
            _changes(u) if target and kind in acts.CHANGING else {},
        )
        relation = model.ActRelation(
            type=kind,
            target=target,
            target_ref=clean(target_ref) if target_ref else None,
            note=clean(note) if note else None,
        )
        source.relations.append(relation)
        if target is not None and kind in acts.ENDING:
            target.in_force_to = acts.end_of_target(target.in_force_to, source.in_force_from)
            u.announce(target)
        u.journal("act.related", source, {"type": kind.value, "target": str(target_id or target_ref)})
        u.announce(source)
        return relation.id


def _changes(u: Unit) -> dict[UUID, set[UUID]]:
    """For every act, the acts it amends, repeals or replaces."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    pairs = sa.select(model.ActRelation.source_id, model.ActRelation.target_id).where(
        model.ActRelation.type.in_(acts.CHANGING)
    )
    for source, target in u.session.execute(pairs):
        if target is not None:
            found[source].add(target)
    return found
