"""Resource centres: capacity and taken places on any day (BR-17, F7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.registry import access, model
from services.registry.queries.asof import as_of, known, timeline, values
from services.registry.queries.counts import in_force
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import AgreementState, FactKind
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


def load_of_centre(organisation_id: UUID, on: date, known: date | None = None) -> tuple[int, int | None]:
    """Agreements of a resource centre in force on a day, and its capacity if it has one (BR-17)."""
    at = as_of(on, known)
    capacity = values([organisation_id], [FactKind.CAPACITY], at).get(organisation_id, {})
    taken = read().scalar(
        sa.select(sa.func.count())
        .select_from(model.Agreement)
        .where(model.Agreement.operator_id == organisation_id, model.Agreement.id.in_(in_force(at)))
    )
    said = capacity.get(FactKind.CAPACITY)
    return taken or 0, int(said[0]) if said else None


def fullest_day(organisation_id: UUID, first: date, last: date) -> tuple[int, int | None]:
    """Taken places and capacity on the day of a term on which the fewest places are left (BR-17).

    Only days on which an agreement begins or the capacity changes can be worse than the day before.
    """
    fact, own = model.Fact, model.Agreement.operator_id == organisation_id
    begins = sa.or_(
        sa.and_(
            fact.kind == FactKind.AGREEMENT,
            fact.key == str(AgreementState.IN_FORCE),
            fact.subject_id.in_(sa.select(model.Agreement.id).where(own)),
        ),
        sa.and_(fact.kind == FactKind.CAPACITY, fact.subject_id == organisation_id),
    )
    days = read().scalars(
        sa.select(fact.valid_from).where(
            begins, fact.valid_from > first, fact.valid_from <= last, known(fact, None)
        )
    )
    loads = [load_of_centre(organisation_id, day) for day in sorted({first, *days})]
    limited = [load for load in loads if load[1] is not None]
    return max(limited, key=lambda load: load[0] - (load[1] or 0)) if limited else loads[0]


@dataclass(frozen=True)
class CentreRow:
    """A resource centre on a day."""

    organisation_id: UUID
    name: str
    capacity: int
    taken: int


def resource_centres(at: AsOf | None = None) -> list[CentreRow]:
    """Organisations that have or had the status of krai resource centre; open to everybody (S-049)."""
    moment, fact = at or as_of(), model.Fact
    ids = read().scalars(
        sa.select(fact.subject_id)
        .distinct()
        .where(fact.kind == FactKind.CAPACITY, fact.valid_from <= moment.on, known(fact, moment.known))
    )
    return sorted((_row(key, moment) for key in ids), key=lambda row: row.name)


@dataclass(frozen=True)
class CentreCard:
    """A resource centre: its acts and capacities, what is taken on the day, by which agreements."""

    row: CentreRow
    on: date
    #: Capacities one after another with the acts they rest on.
    periods: list[model.Fact]
    acts: dict[UUID, model.Act]
    #: Agreements that take places; only for those who read every agreement (model 3.5).
    agreements: Sequence[model.Agreement] | None
    may_operate: bool


def resource_centre(
    who: Person, organisation_id: UUID, on: date | None = None, known: date | None = None
) -> CentreCard:
    """The card of a resource centre on a day: numbers for everybody, agreements for those who read them all."""
    at, table = as_of(on, known), model.Agreement
    periods = timeline(organisation_id, FactKind.CAPACITY, known)
    if not periods:
        raise NotFound(N_("ресурсный центр"))
    acts = read().scalars(
        sa.select(model.Act).where(model.Act.id.in_([one.act_id for one in periods if one.act_id]))
    )
    taking = None
    if access.reads_all_agreements(who):
        taking = read().scalars(
            sa.select(table)
            .options(joinedload(table.tms).lazyload(model.Organisation.role_rows))
            .where(table.operator_id == organisation_id, table.id.in_(in_force(at)))
            .order_by(table.date, table.id)
        )
    return CentreCard(
        row=_row(organisation_id, at),
        on=at.on,
        periods=periods,
        acts={act.id: act for act in acts},
        agreements=taking.all() if taking else None,
        may_operate=access.may_operate(who),
    )


def _row(organisation_id: UUID, at: AsOf) -> CentreRow:
    taken, capacity = load_of_centre(organisation_id, at.on, at.known)
    names = values([organisation_id], [FactKind.NAME], at).get(organisation_id, {})
    return CentreRow(organisation_id, (names.get(FactKind.NAME) or ["—"])[0], capacity or 0, taken)
