"""The network as it was on a day, as it was known on a day (F7): conditions every register and count uses."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.rules.facts import UNTIL_CORRECTED, AsOf
from services.registry.rules.kinds import FactKind
from shared import clock
from shared.unit import read

Condition = sa.ColumnElement[bool]


def as_of(on: date | None = None, known: date | None = None) -> AsOf:
    """The day asked for, or today; the knowledge of a day, or of now."""
    return AsOf(on or clock.today(), known)


def end_of(known: date) -> datetime:
    """The moment at which a day ends in the network's time: what was recorded before it was known that day."""
    return datetime.combine(known + timedelta(days=1), time(), clock.MOSCOW)


def known(fact: Any, day: date | None) -> Condition:
    """Rows known at the end of a day, or now."""
    if day is None:
        return fact.recorded_to == UNTIL_CORRECTED
    moment = end_of(day)
    return sa.and_(fact.recorded_from < moment, fact.recorded_to >= moment)


def holds(fact: Any, kind: FactKind, at: AsOf) -> Condition:
    """Rows of a kind that hold on the day, as known on the day asked."""
    return sa.and_(fact.kind == kind, fact.valid_from <= at.on, fact.valid_to > at.on, known(fact, at.known))


def known_by(at: AsOf) -> Callable[[model.Fact], bool]:
    """The same as ``known`` for rows that are here already."""
    if at.known is None:
        return model.Fact.known_now
    moment = end_of(at.known)
    return lambda fact: fact.known_at(moment)


def timeline(subject_id: UUID, kind: FactKind, day: date | None = None) -> list[model.Fact]:
    """One timeline of a subject, as known on a day or now."""
    fact = model.Fact
    return list(
        read().scalars(
            sa.select(fact)
            .where(fact.subject_id == subject_id, fact.kind == kind, known(fact, day))
            .order_by(fact.item, fact.valid_from)
        )
    )


def subjects(kind: FactKind, at: AsOf, keys: Collection[str] | None = None) -> sa.Select[tuple[UUID]]:
    """Subjects of which a kind holds on the day, with one of these keys where some are named."""
    fact = sa.orm.aliased(model.Fact)
    query = sa.select(fact.subject_id).where(holds(fact, kind, at))
    return query if keys is None else query.where(fact.key.in_([str(key) for key in keys]))


def values(
    ids: Collection[UUID], kinds: Iterable[FactKind], at: AsOf
) -> dict[UUID, dict[FactKind, list[str]]]:
    """What holds of some subjects on the day: by subject and kind, in the order of items."""
    if not ids:
        return {}
    fact = model.Fact
    rows = read().execute(
        sa.select(fact.subject_id, fact.kind, fact.value)
        .where(
            fact.subject_id.in_(ids),
            fact.kind.in_(list(kinds)),
            fact.valid_from <= at.on,
            fact.valid_to > at.on,
            known(fact, at.known),
        )
        .order_by(fact.item)
    )
    found: dict[UUID, dict[FactKind, list[str]]] = {}
    for subject_id, kind, value in rows:
        found.setdefault(subject_id, {}).setdefault(kind, []).append(value)
    return found
