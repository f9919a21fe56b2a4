"""Normative acts as of a day and a day of knowledge: the register, its counts, choices for forms (F7, F8)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from services.registry import model
from services.registry.queries.asof import Condition, as_of, end_of, known
from services.registry.queries.search import contains
from services.registry.rules.acts import MAX_NUMBER, number_key
from services.registry.rules.acts import state_on as state_by_dates
from services.registry.rules.facts import FOREVER
from services.registry.rules.kinds import ActKind, ActLevel, ActState, FactKind
from services.registry.rules.names import clean
from shared.unit import read
from shared.web.paging import Page, paged


@dataclass(frozen=True)
class ActRow:
    """An act with its force as it was known."""

    act: model.Act
    state: ActState
    in_force_to: date | None


def acts(
    *,
    text: str | None = None,
    kind: ActKind | None = None,
    level: ActLevel | None = None,
    state: ActState | None = None,
    on: date | None = None,
    known: date | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[ActRow]:
    """The register of acts, the newest first; open to everybody. The state is that of a day (BR-04).

    A number is found as it is typed, and a whole number stands before everything that contains it (SC-12).
    """
    at = as_of(on, known)
    table, force = model.Act, aliased(model.Fact)
    in_state = _state(force, at.on)
    query = (
        sa.select(table, in_state, force.valid_to)
        .outerjoin(force, _force_of(force, table.id, at.known))
        .options(joinedload(table.issuer).selectinload(model.Organisation.names))
        .where(recorded_by(at.known))
    )
    key = _typed_number(text)
    if named := contains(table.search_key, text):
        numbered = [table.number_key.contains(key, autoescape=True)] if key else []
        query = query.where(sa.or_(sa.and_(*named), *numbered))
        query = query.order_by(sa.case((table.number_key == key, 0), else_=1))
    if kind:
        query = query.where(table.kind == kind)
    if level:
        query = query.where(table.level == level)
    if state:
        query = query.where(in_state == state.value)
    found = paged(query.order_by(table.date.desc(), table.id), page, size, scalars=False)
    rows = [ActRow(act, ActState(value), _end(to)) for act, value, to in found.items]
    return Page(rows, found.total, found.page, found.pages)


def acts_in_force(on: date | None = None, known: date | None = None) -> dict[ActLevel, dict[ActKind, int]]:
    """How many acts are in force on a day, by level and kind (F8)."""
    at = as_of(on, known)
    table, force = model.Act, aliased(model.Fact)
    query = (
        sa.select(table.level, table.kind, sa.func.count())
        .join(force, _force_of(force, table.id, at.known))
        .where(recorded_by(at.known), force.valid_from <= at.on, force.valid_to > at.on)
        .group_by(table.level, table.kind)
    )
    found: dict[ActLevel, dict[ActKind, int]] = {level: {} for level in ActLevel}
    for level, kind, count in read().execute(query):
        found[level][kind] = count
    return {level: dict(sorted(kinds.items())) for level, kinds in found.items() if kinds}


def forces(ids: Collection[UUID] | None, known_on: date | None) -> dict[UUID, tuple[date, date]]:
    """The first day of some acts (or of all) and the first day without them, as known on a day."""
    fact = model.Fact
    query = sa.select(fact.subject_id, fact.valid_from, fact.valid_to).where(
        fact.kind == FactKind.ACT_FORCE, known(fact, known_on)
    )
    if ids is not None:
        query = query.where(fact.subject_id.in_(ids))
    return {key: (begins, ends) for key, begins, ends in read().execute(query)}


def state_of(force: tuple[date, date] | None, on: date) -> ActState:
    """What an act is on a day, by its force as it was known; without any it has never come into force."""
    if force is None:
        return ActState.REPEALED
    return state_by_dates(force[0], _end(force[1]), on)


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


def recorded_by(day: date | None) -> Condition:
    """Acts that the register had by the end of a day."""
    return sa.true() if day is None else model.Act.created_at < end_of(day)


def living(relation: Any, day: date | None) -> Condition:
    """Relations that stood at the end of a day, or stand now: recorded and not withdrawn."""
    if day is None:
        return relation.withdrawn_at.is_(None)
    moment = end_of(day)
    return sa.and_(
        relation.recorded_at < moment,
        sa.or_(relation.withdrawn_at.is_(None), relation.withdrawn_at >= moment),
    )


def _force_of(force: Any, act_id: Any, day: date | None) -> Condition:
    return sa.and_(force.subject_id == act_id, force.kind == FactKind.ACT_FORCE, known(force, day))


def _state(force: Any, on: date) -> sa.ColumnElement[str]:
    """BR-04 in SQL, the same as state_of."""
    return sa.case(
        (force.valid_from > on, ActState.NOT_YET.value),
        (force.valid_to > on, ActState.IN_FORCE.value),
        else_=ActState.REPEALED.value,
    )


def end_of_force(force: tuple[date, date] | None) -> date | None:
    """The first day without an act, where there is one."""
    return _end(force[1]) if force else None


def _end(day: date | None) -> date | None:
    return None if day == FOREVER else day


def _typed_number(text: str | None) -> str:
    """What was typed, as numbers are compared; a longer text is no number."""
    return number_key(text) if text and len(clean(text)) <= MAX_NUMBER else ""
