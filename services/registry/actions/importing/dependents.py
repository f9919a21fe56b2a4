"""What rests on the things of a batch: whoever undoes it is told by name, and nothing is undone (F7)."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.actions.importing import additions
from services.registry.actions.importing.plan import portions
from services.registry.db import db
from services.registry.rules.facts import UNTIL_CORRECTED
from services.registry.rules.kinds import PlatformState
from shared.refusal import N_, Refused
from shared.unit import Unit

#: Tables that say what an organisation or a platform itself is; the others rest on it.
_OWN = {
    "organisation": {"organisation", "organisation_role", "organisation_alias"},
    "platform": {"platform", "platform_party", "status_record"},
}
#: How many names a person is told.
SHOWN = 5


def refuse_used_organisations(u: Unit, made: Collection[UUID], batch: model.ImportBatch) -> None:
    """An organisation that was changed since, or that something names, is not withdrawn."""
    one, fact = model.Organisation.__table__.c, model.Fact.__table__.c
    used: set[UUID] = set()
    for keys in portions(made):
        used |= set(u.session.scalars(sa.select(one.id).where(one.id.in_(keys), one.version > 1)))
        used |= set(
            u.session.scalars(
                sa.select(fact.ref_id).where(fact.ref_id.in_(keys), fact.recorded_to == UNTIL_CORRECTED)
            )
        )
        used |= set(_named(u, "organisation", keys))
    _refuse(u, sa.select(one.full_name).where(one.id.in_(list(used)[:SHOWN])), used)


def refuse_used_platforms(u: Unit, made: Collection[UUID], batch: model.ImportBatch) -> None:
    """A platform whose status went on, or that something names, is not taken back."""
    one, record = model.Platform.__table__.c, model.StatusRecord.__table__.c
    used: set[UUID] = set()
    for keys in portions(made):
        used |= set(
            u.session.scalars(
                sa.select(record.platform_id)
                .where(record.platform_id.in_(keys), record.withdrawn_at.is_(None))
                .group_by(record.platform_id)
                .having(sa.func.count() > 1)
            )
        )
        used |= set(
            u.session.scalars(sa.select(one.id).where(one.id.in_(keys), one.state != PlatformState.ACTIVE))
        )
        used |= set(_named(u, "platform", keys))
    _refuse(u, sa.select(one.topic).where(one.id.in_(list(used)[:SHOWN])), used)


def refuse_changed_additions(u: Unit, traces: dict[UUID, dict[str, Any]]) -> None:
    """A field that the batch filled and somebody changed since is not emptied."""
    one = model.Organisation.__table__.c
    used: set[UUID] = set()
    for keys in portions(traces):
        for key, known in additions.known(u, keys).items():
            trace = traces[key]
            if any(known[name] != value for name, value in trace["filled"].items()) or not set(
                trace["roles"]
            ) <= set(known["roles"]):
                used.add(key)
    _refuse(u, sa.select(one.full_name).where(one.id.in_(list(used)[:SHOWN])), used)


def _named(u: Unit, table: str, keys: Collection[UUID]) -> Iterator[UUID]:
    """Keys that some other table names by a foreign key; new tables are asked too, whatever they are."""
    for other in db.metadata.sorted_tables:
        for column in _pointing(other, table):
            own = other.name in _OWN[table]
            if own and other.name != table:
                continue
            yield from u.session.scalars(sa.select(column).where(column.in_(keys)))


def _pointing(other: sa.Table, table: str) -> Iterable[sa.Column[Any]]:
    return [
        column
        for column in other.columns
        if any(key.column.table.name == table and key.column.name == "id" for key in column.foreign_keys)
    ]


def _refuse(u: Unit, names: sa.Select[Any], used: Collection[UUID]) -> None:
    if used:
        shown = list(u.session.scalars(names))
        raise Refused(
            "F7",
            N_("На загрузке держатся более поздние сведения (%(count)s): %(names)s. Сначала исправьте их."),
            count=len(used),
            names="; ".join(shown),
        )
