"""Counts on a day, as known on a day: any past one can be counted again (BR-26, F7)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.queries.asof import holds, subjects
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import (
    AgreementState,
    FactKind,
    OrgRole,
    OrgState,
    PlatformKind,
    PlatformState,
    Stage,
)
from shared.unit import read


def agreements_in_force(at: AsOf) -> int:
    """I-03: agreements in force on a day."""
    return _count(_agreements(at, sa.func.count()))


def municipalities_involved(at: AsOf) -> int:
    """I-04: distinct municipalities of participants by agreement, without the operator's city (BR-13)."""
    oktmo = model.Agreement.municipality_oktmo
    return _count(
        _agreements(at, sa.func.count(sa.distinct(oktmo))).where(oktmo.not_in(_operators_territory(at)))
    )


def in_force(at: AsOf) -> sa.Select[tuple[UUID]]:
    """Agreements in force on a day."""
    return subjects(FactKind.AGREEMENT, at, [AgreementState.IN_FORCE])


def _agreements(at: AsOf, what: Any) -> sa.Select[Any]:
    return sa.select(what).select_from(model.Agreement).where(model.Agreement.id.in_(in_force(at)))


def municipalities_of_krai() -> int:
    """How many municipalities of the krai there are: the denominator of I-05."""
    return _count(
        sa.select(sa.func.count()).select_from(model.Municipality).where(model.Municipality.in_krai)
    )


def active_platforms(at: AsOf) -> sa.Select[tuple[UUID]]:
    """Platforms whose status is ACTIVE on a day."""
    return subjects(FactKind.STATUS, at, [PlatformState.ACTIVE])


def platforms_active(at: AsOf, *, only_i02: bool = False) -> int:
    """Platforms whose status is ACTIVE on a day; with ``only_i02`` those under the operator's care (I-02)."""
    return sum(platforms_by_kind(at, only_i02=only_i02).values())


def platforms_by_kind(at: AsOf, *, only_i02: bool = False) -> dict[PlatformKind, int]:
    """The same count by kind of platform (Q-03)."""
    query = (
        sa.select(model.Platform.kind, sa.func.count())
        .where(
            model.Platform.id.in_(active_platforms(at)),
            model.Platform.counts_in_i02 if only_i02 else sa.true(),
        )
        .group_by(model.Platform.kind)
        .order_by(model.Platform.kind)
    )
    return dict(read().execute(query).all())


def innovation_organisations(at: AsOf, municipality_oktmo: str | None = None) -> int:
    """Organisations that hold or take part in at least one ACTIVE platform on a day, each once (BR-22)."""
    party = sa.orm.aliased(model.Fact)
    query = sa.select(sa.func.count(sa.distinct(party.ref_id))).where(
        holds(party, FactKind.PARTY, at), party.subject_id.in_(active_platforms(at))
    )
    if municipality_oktmo is not None:
        query = query.where(party.ref_id.in_(subjects(FactKind.TERRITORY, at, [municipality_oktmo])))
    return _count(query)


def participants_by_agreement(at: AsOf) -> list[UUID]:
    """ТМС that are participants of the network on a day (BR-12)."""
    found = subjects(FactKind.MEMBERSHIP, at)
    return sorted(set(read().scalars(found)))


def participants_by_territory(at: AsOf) -> int:
    """Education organisations of the operator's city, participants by territory (BR-12, S-079)."""
    place = sa.orm.aliased(model.Fact)
    return _count(
        sa.select(sa.func.count())
        .select_from(place)
        .where(
            holds(place, FactKind.TERRITORY, at),
            place.key.in_(_operators_territory(at)),
            place.subject_id.in_(subjects(FactKind.ROLE, at, [OrgRole.EDU_ORG])),
            place.subject_id.in_(subjects(FactKind.ORG_STATE, at, [OrgState.ACTIVE])),
        )
    )


def municipalities_transformed(at: AsOf) -> int:
    """I-06: municipalities whose network is transformed on a day."""
    return _count(
        sa.select(sa.func.count()).select_from(subjects(FactKind.STAGE, at, [Stage.TRANSFORMED]).subquery())
    )


@dataclass(frozen=True)
class Numbers:
    """The network in numbers on a day."""

    on: date
    agreements: int
    municipalities: int
    of_krai: int
    transformed: int
    platforms: int
    platforms_of_operator: int
    by_kind: dict[PlatformKind, int]
    innovation_organisations: int
    by_territory: int


def numbers(at: AsOf) -> Numbers:
    """Everything the landing page says in numbers; open to the public (model 3.5: counts)."""
    by_kind = platforms_by_kind(at)
    return Numbers(
        on=at.on,
        agreements=agreements_in_force(at),
        municipalities=municipalities_involved(at),
        of_krai=municipalities_of_krai(),
        transformed=municipalities_transformed(at),
        platforms=sum(by_kind.values()),
        platforms_of_operator=platforms_active(at, only_i02=True),
        by_kind=by_kind,
        innovation_organisations=innovation_organisations(at),
        by_territory=participants_by_territory(at),
    )


def _operators_territory(at: AsOf) -> sa.Select[Any]:
    """Codes of the municipalities that the network's operators stand in."""
    place = sa.orm.aliased(model.Fact)
    return sa.select(place.key).where(
        holds(place, FactKind.TERRITORY, at),
        place.subject_id.in_(subjects(FactKind.ROLE, at, [OrgRole.NETWORK_OPERATOR])),
    )


def _count(query: sa.Select[Any]) -> int:
    return read().scalar(query) or 0
