"""Counts on a date: they follow from dates alone, so any past day can be counted again (BR-26)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.rules.kinds import OrgRole, OrgState, PlatformKind, Stage
from shared.unit import read


def in_force(on: date) -> sa.ColumnElement[bool]:
    """Agreements in force on a day, both ends of the term included."""
    table = model.Agreement
    return sa.and_(
        table.in_force_from <= on,
        table.valid_to >= on,
        sa.or_(table.ended_on.is_(None), table.ended_on > on),
    )


def active(on: date) -> sa.ColumnElement[bool]:
    """Status periods that cover a day."""
    table = model.StatusPeriod
    return sa.and_(table.valid_from <= on, sa.or_(table.valid_to.is_(None), table.valid_to >= on))


def agreements_in_force(on: date) -> int:
    """I-03: agreements in force on a day."""
    return _count(sa.select(sa.func.count()).select_from(model.Agreement).where(in_force(on)))


def municipalities_involved(on: date) -> int:
    """I-04: distinct municipalities of participants by agreement, without the operator's city (BR-13)."""
    return _count(
        sa.select(sa.func.count(sa.distinct(model.Agreement.municipality_oktmo))).where(
            in_force(on), model.Agreement.municipality_oktmo.not_in(_operators_territory())
        )
    )


def municipalities_of_krai() -> int:
    """How many municipalities of the krai there are: the denominator of I-05."""
    return _count(
        sa.select(sa.func.count()).select_from(model.Municipality).where(model.Municipality.in_krai)
    )


def platforms_active(on: date, *, only_i02: bool = False) -> int:
    """Platforms whose status is ACTIVE on a day; with ``only_i02`` those under the operator's care (I-02)."""
    return sum(platforms_by_kind(on, only_i02=only_i02).values())


def platforms_by_kind(on: date, *, only_i02: bool = False) -> dict[PlatformKind, int]:
    """The same count by kind of platform (Q-03)."""
    ids = sa.select(model.StatusPeriod.platform_id).where(active(on))
    query = (
        sa.select(model.Platform.kind, sa.func.count())
        .where(model.Platform.id.in_(ids), model.Platform.counts_in_i02 if only_i02 else sa.true())
        .group_by(model.Platform.kind)
        .order_by(model.Platform.kind)
    )
    return dict(read().execute(query).all())


def innovation_organisations(on: date, municipality_oktmo: str | None = None) -> int:
    """Organisations that hold or take part in at least one ACTIVE platform on a day, each once (BR-22)."""
    party, organisation = model.PlatformParty, model.Organisation
    query = (
        sa.select(sa.func.count(sa.distinct(party.organisation_id)))
        .join(organisation, organisation.id == party.organisation_id)
        .where(party.platform_id.in_(sa.select(model.StatusPeriod.platform_id).where(active(on))))
    )
    if municipality_oktmo is not None:
        query = query.where(organisation.municipality_oktmo == municipality_oktmo)
    return _count(query)


def participants_by_agreement(on: date) -> list[UUID]:
    """ТМС that are participants of the network on a day (BR-12)."""
    table = model.Membership
    return list(
        read().scalars(
            sa.select(table.organisation_id)
            .where(table.valid_from <= on, table.valid_to >= on)
            .distinct()
            .order_by(table.organisation_id)
        )
    )


def participants_by_territory() -> int:
    """Education organisations of the operator's city, participants by territory (BR-12, S-079)."""
    organisation, role = model.Organisation, model.OrganisationRole
    return _count(
        sa.select(sa.func.count())
        .select_from(organisation)
        .join(role, role.organisation_id == organisation.id)
        .where(
            role.role == OrgRole.EDU_ORG,
            organisation.state == OrgState.ACTIVE,
            organisation.municipality_oktmo.in_(_operators_territory()),
        )
    )


def municipalities_transformed(on: date) -> int:
    """I-06: municipalities whose network is transformed on a day."""
    step = model.TransformationStep
    return _count(
        sa.select(sa.func.count(sa.distinct(step.transformation_id))).where(
            step.stage == Stage.TRANSFORMED, step.since <= on
        )
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


def numbers(on: date) -> Numbers:
    """Everything the landing page says in numbers; open to the public (model 3.5: counts)."""
    by_kind = platforms_by_kind(on)
    return Numbers(
        on=on,
        agreements=agreements_in_force(on),
        municipalities=municipalities_involved(on),
        of_krai=municipalities_of_krai(),
        transformed=municipalities_transformed(on),
        platforms=sum(by_kind.values()),
        platforms_of_operator=platforms_active(on, only_i02=True),
        by_kind=by_kind,
        innovation_organisations=innovation_organisations(on),
        by_territory=participants_by_territory(),
    )


def _operators_territory() -> sa.Select[Any]:
    return (
        sa.select(model.Organisation.municipality_oktmo)
        .join(model.OrganisationRole, model.OrganisationRole.organisation_id == model.Organisation.id)
        .where(
            model.OrganisationRole.role == OrgRole.NETWORK_OPERATOR,
            model.Organisation.municipality_oktmo.is_not(None),
        )
    )


def _count(query: sa.Select[Any]) -> int:
    return read().scalar(query) or 0
