"""Municipalities: the register and the card on a day."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from services.registry import model
from services.registry.queries.asof import as_of, known_by
from services.registry.queries.counts import active_platforms, in_force, innovation_organisations
from services.registry.queries.organisations import OrganisationRow, organisations
from services.registry.queries.search import words
from services.registry.queries.territory import named as named_on
from services.registry.rules.kinds import OrgRole
from services.registry.rules.municipalities import MunicipalityVersion
from services.registry.rules.names import search_key
from shared.refusal import N_, NotFound
from shared.unit import read


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality as it is named on a date."""

    oktmo: str
    named: MunicipalityVersion
    in_krai: bool
    has_agreement: bool


def municipalities(
    text: str | None = None, on: date | None = None, known: date | None = None
) -> list[MunicipalityRow]:
    """All municipalities under the names of a day, as known on a day; open to everybody."""
    at = as_of(on, known)
    covered = set(
        read().scalars(
            sa.select(model.Agreement.municipality_oktmo).where(model.Agreement.id.in_(in_force(at)))
        )
    )
    wanted = words(text)
    found = [
        MunicipalityRow(oktmo, named, row.in_krai, oktmo in covered)
        for oktmo, (row, named) in named_on(at).items()
        if all(
            word in f"{search_key(named.short_name)} {search_key(named.official_name)} {oktmo}"
            for word in wanted
        )
    ]
    return sorted(found, key=lambda row: search_key(row.named.short_name))


@dataclass(frozen=True)
class MunicipalityCard:
    """A municipality with its numbers on a date."""

    municipality: model.Municipality
    named: MunicipalityVersion
    versions: list[MunicipalityVersion]
    on: date
    counts: list[model.OrgCount]
    innovation_organisations: int
    platforms: int
    tms: list[OrganisationRow]


def municipality(oktmo: str, on: date | None = None, known: date | None = None) -> MunicipalityCard:
    """The card of a municipality on a day, as known on a day; open to everybody."""
    at = as_of(on, known)
    row = read().scalar(sa.select(model.Municipality).where(model.Municipality.oktmo == oktmo))
    if row is None:
        raise NotFound(N_("муниципальное образование"))
    counts = read().scalars(
        sa.select(model.OrgCount)
        .where(model.OrgCount.municipality_oktmo == oktmo)
        .order_by(model.OrgCount.year.desc())
    )
    platforms = read().scalar(
        sa.select(sa.func.count())
        .select_from(model.Platform)
        .where(model.Platform.municipality_oktmo == oktmo, model.Platform.id.in_(active_platforms(at)))
    )
    seen = known_by(at)
    return MunicipalityCard(
        municipality=row,
        named=row.named_on(at.on, seen),
        versions=row.versions(seen),
        on=at.on,
        counts=list(counts),
        innovation_organisations=innovation_organisations(at, oktmo),
        platforms=platforms or 0,
        tms=organisations(
            None, municipality_oktmo=oktmo, role=OrgRole.TMS, on=on, known=known, size=20
        ).items,
    )
