"""The card of an act: its relations both ways, its redaction on a day, its chains of amendments; drafts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from services.registry import access, model
from services.registry.queries.acts import end_of_force, forces, living, state_of
from services.registry.queries.asof import as_of, end_of
from services.registry.rules import acts as rules
from services.registry.rules.kinds import ActState, ActTarget, RelationType
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged

#: How many chains of amendments a card shows; there may be very many ways through a thicket of acts.
CHAINS = 20


@dataclass(frozen=True)
class Thing:
    """What a relation is about when it is about no act: kind, key and, where it is open, the name."""

    kind: ActTarget
    id: UUID
    name: str | None


@dataclass(frozen=True)
class ActCard:
    """An act as of a day and a day of knowledge."""

    act: model.Act
    on: date
    known: date | None
    state: ActState
    in_force_to: date | None
    #: Citing it in a document of that date deserves a warning (BR-05).
    stale: bool
    outgoing: list[model.ActRelation]
    incoming: list[model.ActRelation]
    #: Relations of this act that were withdrawn as mistaken.
    withdrawn: list[model.ActRelation]
    things: dict[UUID, Thing]
    #: The acts that changed it up to the day, in the order of date and number.
    redaction: list[model.Act]
    chains: list[list[model.Act]]
    has_file: bool
    may_relate: bool


def act(who: Person, act_id: UUID, on: date | None = None, known: date | None = None) -> ActCard:
    """The card of an act as it is on a date, as it was known on a date; open to everybody."""
    at = as_of(on, known)
    row = read().get(model.Act, act_id)
    if row is None or (known is not None and row.created_at >= end_of(known)):
        raise NotFound(N_("акт"))
    relation = model.ActRelation
    both = sa.select(relation).options(joinedload(relation.source), joinedload(relation.target))
    own = both.where(relation.source_id == act_id).order_by(relation.id)
    if known is not None:
        own = own.where(relation.recorded_at < end_of(known))
    outgoing = list(read().scalars(own))
    incoming = read().scalars(
        both.join(model.Act, model.Act.id == relation.source_id)
        .where(relation.target_id == act_id, living(relation, known))
        .order_by(model.Act.date, relation.id)
    )
    force = forces([act_id], known).get(act_id)
    standing = [one for one in outgoing if _stands(one, known)]
    end = end_of_force(force)
    return ActCard(
        act=row,
        on=at.on,
        known=known,
        state=state_of(force, at.on),
        in_force_to=end,
        stale=rules.is_citation_stale(end, at.on),
        outgoing=standing,
        incoming=list(incoming),
        withdrawn=[one for one in outgoing if one.withdrawn_at and not _stands(one, known)],
        things=_things(standing),
        redaction=redaction(act_id, at.on, known),
        chains=[path for path in amend_chains(act_id, known) if len(path) > 1],
        has_file=read().scalar(sa.select(sa.exists().where(model.ActFile.act_id == act_id))) or False,
        may_relate=access.may_relate_acts(
            who, own_source=who.account_id is not None and row.created_by == who.account_id
        ),
    )


def redaction(act_id: UUID, on: date, known: date | None = None) -> list[model.Act]:
    """The acts whose changes an act carries on a day, by date and number (F8)."""
    return redactions({act_id}, on, known)[act_id]


def redactions(ids: set[UUID], on: date, known: date | None = None) -> dict[UUID, list[model.Act]]:
    """The same for several acts at once; an amending act counts from its entry into force."""
    amended_by: dict[UUID, set[UUID]] = defaultdict(set)
    for source_id, target_id in _amendments(known):
        amended_by[target_id].add(source_id)
    chains = {key: rules.reachable(key, amended_by) - {key} for key in ids}
    wanted = set().union(*chains.values()) if chains else set()
    rows = read().scalars(sa.select(model.Act).where(model.Act.id.in_(wanted), model.Act.in_force_from <= on))
    by_id = {row.id: row for row in rows}
    order = {key: (row.date, row.number) for key, row in by_id.items()}
    return {key: [by_id[one] for one in rules.redaction(key, amended_by, order)] for key in ids}


def amend_chains(act_id: UUID, known: date | None = None) -> list[list[model.Act]]:
    """Chains of amendments that begin with an act; of several targets the youngest first."""
    edges: dict[UUID, list[UUID]] = defaultdict(list)
    for source_id, target_id in _amendments(known):
        if target_id not in edges[source_id]:
            edges[source_id].append(target_id)
    paths = list(islice(rules.amend_paths(act_id, edges), CHAINS))
    wanted = {key for path in paths for key in path}
    rows = {row.id: row for row in read().scalars(sa.select(model.Act).where(model.Act.id.in_(wanted)))}
    return [[rows[key] for key in path] for path in paths]


def amend_chain(act_id: UUID) -> list[model.Act]:
    """The main chain of amendments of an act: A11 → A10 → A07 (S-015…S-017)."""
    return amend_chains(act_id)[0]


def act_file(act_id: UUID) -> model.ActFile:
    """The text of an act as a file; acts are open to everybody."""
    kept = read().get(model.ActFile, act_id)
    if kept is None:
        raise NotFound(N_("файл акта"))
    return kept


def drafts(
    who: Person, *, state: ActState | None = ActState.DRAFT, page: int = 1, size: int = 50
) -> Page[model.ActDraft]:
    """Drafts of acts that this person keeps, the newest first."""
    draft = model.ActDraft
    query = sa.select(draft).options(joinedload(draft.issuer)).order_by(draft.id.desc())
    if not access.keeps_all_drafts(who):
        query = query.where(draft.created_by == who.account_id if who.account_id else sa.false())
    if state:
        query = query.where(draft.state == state)
    return paged(query, page, size)


def draft(who: Person, draft_id: UUID) -> model.ActDraft:
    """A draft, for those who may keep it; to the others it does not exist."""
    row = read().get(model.ActDraft, draft_id)
    own = row is not None and who.account_id is not None and row.created_by == who.account_id
    if row is None or not access.may_keep_draft(who, row.level, own=own):
        raise NotFound(N_("проект акта"))
    return row


def relation(relation_id: UUID) -> model.ActRelation:
    """One relation with both its acts."""
    row = read().get(model.ActRelation, relation_id)
    if row is None:
        raise NotFound(N_("связь актов"))
    return row


def _stands(one: model.ActRelation, known: date | None) -> bool:
    """The same as ``living``, for a row at hand."""
    if known is None:
        return one.withdrawn_at is None
    moment = end_of(known)
    return one.recorded_at < moment and (one.withdrawn_at is None or one.withdrawn_at >= moment)


def _amendments(known: date | None) -> list[tuple[UUID, UUID]]:
    """Who amends whom, the youngest target first."""
    relation, target = model.ActRelation, aliased(model.Act)
    rows = read().execute(
        sa.select(relation.source_id, target.id)
        .join(target, target.id == relation.target_id)
        .where(relation.type == RelationType.AMENDS, living(relation, known))
        .order_by(target.date.desc(), relation.id)
    )
    return [(source_id, target_id) for source_id, target_id in rows]


def _things(relations: list[model.ActRelation]) -> dict[UUID, Thing]:
    """Things of the registry that relations name; agreements are named on their own card only."""
    found = {
        one.object_id: Thing(one.object_kind, one.object_id, None)
        for one in relations
        if one.object_id is not None and one.object_kind is not None
    }
    for kind, column in (
        (ActTarget.PLATFORM, (model.Platform.id, model.Platform.topic)),
        (ActTarget.ORGANISATION, (model.Organisation.id, model.Organisation.short_name)),
    ):
        wanted = [key for key, thing in found.items() if thing.kind is kind]
        for key, name in read().execute(sa.select(*column).where(column[0].in_(wanted))) if wanted else ():
            found[key] = Thing(kind, key, name)
    return found
