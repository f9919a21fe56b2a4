"""Normative acts, their texts and their relations."""

from collections import defaultdict
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions.act_force import derive_end, keep_force
from services.registry.actions.citing import cite
from services.registry.rules import acts, scans
from services.registry.rules.facts import Basis
from services.registry.rules.kinds import ActKind, ActLevel, ActTarget, RelationType
from services.registry.rules.names import clean, search_key
from shared import clock, files
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
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
    in_force_to: date | None = None,
    place: str | None = None,
    summary: str | None = None,
    url: str | None = None,
) -> UUID:
    """Enter an act, unique by issuer, kind, number, date; equal numbers of other years are legal (BR-01).

    ``in_force_to`` is the end that the act itself names, the first day without it (BR-04).
    """
    access.require(access.may_record_act(who, ActLevel(level)))
    named = clean(title)
    shown = clean(number) if number else None
    issuer_text = clean(issuer_name) if issuer_name and issuer_id is None else None
    begins = acts.entry_into_force(date, in_force_from)
    acts.check_term(begins, in_force_to)
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
                in_force_to=in_force_to,
                term_to=in_force_to,
                place=clean(place) if place else None,
                summary=summary or None,
                url=acts.address(url),
                search_key=search_key(f"{shown or ''} {named}")[:1200],
                relations=[],
            )
        )
        u.journal("act.recorded", act)
        keep_force(u, act, Basis.act(act.id))
        u.announce(act)
        return act.id


def attach_act_file(who: Person, *, act_id: UUID, filename: str, content: bytes) -> None:
    """Keep the text of an act as PDF or DOCX; a new one takes the place of the former (F8)."""
    media_type = scans.act_type(content)
    with work(who) as u:
        act = _kept(u, act_id)
        act.file = model.ActFile(
            filename=files.safe_name(filename, media_type),
            media_type=media_type,
            sha256=files.fingerprint(content),
            content=content,
        )
        u.journal("act.file_attached", act, {"sha256": act.file.sha256})


def relate_acts(
    who: Person,
    *,
    source_id: UUID,
    type: RelationType | str,
    target_id: UUID | None = None,
    target_ref: str | None = None,
    object_kind: ActTarget | str | None = None,
    object_id: UUID | None = None,
    source_clause: str | None = None,
    target_clause: str | None = None,
    note: str | None = None,
) -> UUID:
    """Say what an act does to another one: no circles, and only younger acts change older ones (BR-03).

    A repealing or replacing act ends its target on its own date of entry into force; a repeal that names
    a clause ends only the clause (BR-04).
    """
    kind = RelationType(type)
    thing = ActTarget(object_kind) if object_kind and object_id else None
    if [target_id is not None, bool(target_ref), thing is not None].count(True) != 1:
        raise Refused("BR-03", N_("Укажите либо акт, либо предмет связи"), field="target_id")
    own_clause, its_clause = acts.clause(source_clause), acts.clause(target_clause)
    with work(who) as u:
        source = _kept(u, source_id)
        target = u.get(model.Act, target_id) if target_id else None
        if target is not None and kind is RelationType.BASED_ON:
            cite(u, target.id, source.date)
        if thing is not None and object_id is not None:
            _need_thing(u, thing, object_id)
        if target is not None:
            _check(u, source, target, kind, own_clause, its_clause)
        relation = model.ActRelation(
            type=kind,
            source_clause=own_clause,
            target=target,
            target_clause=its_clause,
            object_kind=thing,
            object_id=object_id if thing else None,
            target_ref=clean(target_ref) if target_ref else None,
            note=clean(note) if note else None,
            recorded_by=who.account_id,
        )
        source.relations.append(relation)
        if target is not None and acts.ends(kind, its_clause):
            u.session.flush()
            derive_end(u, target)
        u.journal("act.related", source, {"type": kind.value, "target": str(target_id or relation.told_ref)})
        u.announce(source)
        return relation.id


def withdraw_relation(who: Person, *, relation_id: UUID, reason: str) -> None:
    """Correct a mistaken relation: it stays with who, when and why, and its target's end is derived anew."""
    with work(who) as u:
        relation = u.get(model.ActRelation, relation_id)
        source = _kept(u, relation.source_id)
        if not reason.strip():
            raise Refused("BR-03", N_("Укажите причину исправления"), field="reason")
        if relation.withdrawn_at is not None:
            raise Refused("BR-03", N_("Эта связь уже отозвана"))
        relation.withdrawn_at, relation.withdrawn_by = clock.now(), who.account_id
        relation.withdrawn_reason = clean(reason)
        u.session.flush()
        if relation.target is not None and acts.ends(relation.type, relation.target_clause):
            derive_end(u, relation.target, withdrawn=relation.withdrawn_reason)
        u.journal("act.relation_withdrawn", source, {"relation": str(relation_id)})
        u.announce(source)


def _kept(u: Unit, act_id: UUID) -> model.Act:
    """An act whose texts and relations this person keeps."""
    act = u.get(model.Act, act_id)
    own = u.who.account_id is not None and act.created_by == u.who.account_id
    access.require(access.may_relate_acts(u.who, own_source=own))
    return act


def _check(
    u: Unit, source: model.Act, target: model.Act, kind: RelationType, own_clause: str, its_clause: str
) -> None:
    """The rules between two acts: no doubles, no circles, no change of what is out of force."""
    same = (kind, target.id, own_clause, its_clause)
    if any(
        (known.type, known.target_id, known.source_clause, known.target_clause) == same
        for known in source.relations
        if known.withdrawn_at is None
    ):
        raise Refused("BR-03", N_("Такая связь уже есть"), field="target_id")
    changes = _changes(u) if kind in acts.CHANGING else {}
    acts.check_relation(kind, (source.id, source.date), (target.id, target.date), changes)
    state = acts.state_on(target.in_force_from, target.in_force_to, source.in_force_from)
    acts.check_force_of_target(kind, its_clause, state)


def _need_thing(u: Unit, kind: ActTarget, key: UUID) -> None:
    """A thing of the registry that this person may know of."""
    row = u.session.get(THINGS[kind], key)
    known = row is not None
    if isinstance(row, model.Agreement):
        parties = [party.organisation_id for party in row.parties]
        known = access.may_read_agreement(u.who, parties, row.municipality_oktmo)
    if not known:
        raise NotFound(N_("предмет связи"))


#: Where the things that an act may concern are kept.
THINGS: dict[ActTarget, type] = {
    ActTarget.PLATFORM: model.Platform,
    ActTarget.AGREEMENT: model.Agreement,
    ActTarget.ORGANISATION: model.Organisation,
    ActTarget.PROJECT: model.NetworkProject,
}


def _changes(u: Unit) -> dict[UUID, set[UUID]]:
    """For every act, the acts it amends, repeals or replaces."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    pairs = sa.select(model.ActRelation.source_id, model.ActRelation.target_id).where(
        model.ActRelation.type.in_(acts.CHANGING),
        model.ActRelation.target_id.is_not(None),
        model.ActRelation.withdrawn_at.is_(None),
    )
    for source, target in u.session.execute(pairs):
        found[source].add(target)
    return found
