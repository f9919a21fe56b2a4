"""Normative acts: the register, the card, the chains of amendments."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from services.registry import access, model
from services.registry.queries.search import contains
from services.registry.rules import acts as rules
from services.registry.rules.kinds import ActKind, ActLevel, ActState, RelationType
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


def acts(
    *,
    text: str | None = None,
    kind: ActKind | None = None,
    level: ActLevel | None = None,
    state: ActState | None = None,
    on: date | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[model.Act]:
    """The register of acts, the newest first; open to everybody. ``state`` is asked on a date (BR-04)."""
    table = model.Act
    query = (
        sa.select(table)
        .options(joinedload(table.issuer).selectinload(model.Organisation.names))
        .where(*contains(table.search_key, text))
        .order_by(table.date.desc(), table.id)
    )
    if kind:
        query = query.where(table.kind == kind)
    if level:
        query = query.where(table.level == level)
    if state:
        query = query.where(_state_on(on or clock.today()) == str(state))
    return paged(query, page, size)


@dataclass(frozen=True)
class ActCard:
    """An act, its state on a date, its relations both ways and its chains of amendments."""

    act: model.Act
    on: date
    state: ActState
    #: Citing it in a document of that date deserves a warning (BR-05).
    stale: bool
    outgoing: list[model.ActRelation]
    incoming: list[tuple[model.ActRelation, model.Act]]
    chains: list[list[model.Act]]
    may_relate: bool


def act(who: Person, act_id: UUID, on: date | None = None) -> ActCard:
    """The card of an act as it is on a date; open to everybody."""
    day = on or clock.today()
    row = read().get(
        model.Act, act_id, options=[selectinload(model.Act.relations).joinedload(model.ActRelation.target)]
    )
    if row is None:
        raise NotFound(N_("акт"))
    source = aliased(model.Act)
    incoming = read().execute(
        sa.select(model.ActRelation, source)
        .join(source, source.id == model.ActRelation.source_id)
        .where(model.ActRelation.target_id == row.id)
        .order_by(source.date)
    )
    return ActCard(
        act=row,
        on=day,
        state=act_state(row, day),
        stale=rules.is_citation_stale(row.in_force_to, day),
        outgoing=list(row.relations),
        incoming=[(relation, other) for relation, other in incoming],
        chains=[path for path in amend_chains(row.id) if len(path) > 1],
        may_relate=access.may_relate_acts(
            who, own_source=who.account_id is not None and row.created_by == who.account_id
        ),
    )


def act_state(row: model.Act, on: date) -> ActState:
    """What an act is on a date (BR-04)."""
    return rules.state_on(row.in_force_from, row.in_force_to, on)


def amend_chains(act_id: UUID) -> list[list[model.Act]]:
    """All chains of amendments that begin with an act; of several targets the youngest first."""
    target = aliased(model.Act)
    pairs = read().execute(
        sa.select(model.ActRelation.source_id, target.id)
        .join(target, target.id == model.ActRelation.target_id)
        .where(model.ActRelation.type == RelationType.AMENDS)
        .order_by(target.date.desc(), model.ActRelation.id)
    )
    edges: dict[UUID, list[UUID]] = defaultdict(list)
    for source_id, target_id in pairs:
        edges[source_id].append(target_id)
    paths = rules.amend_paths(act_id, edges)
    wanted = {key for path in paths for key in path}
    known = {row.id: row for row in read().scalars(sa.select(model.Act).where(model.Act.id.in_(wanted)))}
    return [[known[key] for key in path] for path in paths]


def amend_chain(act_id: UUID) -> list[model.Act]:
    """The main chain of amendments of an act: A11 → A10 → A07 (S-015…S-017)."""
    return amend_chains(act_id)[0]


def act_choices() -> list[tuple[str, str]]:
    """Acts for a form's list, the newest first: value and text."""
    rows = read().execute(
        sa.select(model.Act.id, model.Act.date, model.Act.number, model.Act.title).order_by(
            model.Act.date.desc()
        )
    )
    return [
        (str(key), f"{day:%d.%m.%Y} № {number or 'б/н'} — {title[:80]}") for key, day, number, title in rows
    ]


def _state_on(day: date) -> sa.ColumnElement[str]:
    """BR-04 in SQL, the same as rules.state_on."""
    table = model.Act
    return sa.case(
        (table.in_force_from > day, ActState.NOT_YET.value),
        (sa.and_(table.in_force_to.is_not(None), table.in_force_to <= day), ActState.REPEALED.value),
        else_=ActState.IN_FORCE.value,
    )
