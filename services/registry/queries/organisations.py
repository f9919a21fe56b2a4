"""Municipalities and organisations: registers, cards, choices for forms."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload, selectinload

from services.registry import access, model
from services.registry.queries.counts import active, in_force, innovation_organisations
from services.registry.queries.search import contains, words
from services.registry.rules.kinds import EduOrgKind, OrgRole, OrgState
from services.registry.rules.names import search_key
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


def municipality_names(on: date | None = None) -> dict[str, str]:
    """Short names of all municipalities on a date, by code (BR-11)."""
    day = on or clock.today()
    rows = read().scalars(sa.select(model.Municipality))
    named = {row.oktmo: row.named_on(day).short_name for row in rows}
    return dict(sorted(named.items(), key=lambda item: search_key(item[1])))


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality as it is named on a date."""

    oktmo: str
    named: model.MunicipalityVersion
    in_krai: bool
    has_agreement: bool


def municipalities(text: str | None = None, on: date | None = None) -> list[MunicipalityRow]:
    """All municipalities under the names of a date; open to everybody."""
    day = on or clock.today()
    covered = set(
        read().scalars(sa.select(model.Agreement.municipality_oktmo).where(in_force(day)).distinct())
    )
    rows = [
        MunicipalityRow(row.oktmo, row.named_on(day), row.in_krai, row.oktmo in covered)
        for row in read().scalars(sa.select(model.Municipality))
    ]
    wanted = words(text)
    found = [
        row
        for row in rows
        if all(
            word in f"{search_key(row.named.short_name)} {search_key(row.named.official_name)} {row.oktmo}"
            for word in wanted
        )
    ]
    return sorted(found, key=lambda row: search_key(row.named.short_name))


@dataclass(frozen=True)
class MunicipalityCard:
    """A municipality with its numbers on a date."""

    municipality: model.Municipality
    named: model.MunicipalityVersion
    on: date
    counts: list[model.OrgCount]
    innovation_organisations: int
    platforms: int
    tms: list[model.Organisation]


def municipality(oktmo: str, on: date | None = None) -> MunicipalityCard:
    """The card of a municipality on a date; open to everybody."""
    day = on or clock.today()
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
        .where(
            model.Platform.municipality_oktmo == oktmo,
            model.Platform.id.in_(sa.select(model.StatusPeriod.platform_id).where(active(day))),
        )
    )
    return MunicipalityCard(
        municipality=row,
        named=row.named_on(day),
        on=day,
        counts=list(counts),
        innovation_organisations=innovation_organisations(day, oktmo),
        platforms=platforms or 0,
        tms=list(
            read().scalars(_with_role(OrgRole.TMS).where(model.Organisation.municipality_oktmo == oktmo))
        ),
    )


def organisations(
    who: Person,
    *,
    text: str | None = None,
    municipality_oktmo: str | None = None,
    role: OrgRole | None = None,
    edu_kind: EduOrgKind | None = None,
    state: OrgState | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[model.Organisation]:
    """The register of organisations, open to everybody; raw spellings and former names are found (BR-07)."""
    table = model.Organisation
    query = sa.select(table).order_by(table.search_key, table.id)
    named = contains(table.search_key, text)
    if named:
        spelled = sa.select(model.OrganisationAlias.organisation_id).where(
            *contains(model.OrganisationAlias.search_key, text)
        )
        query = query.where(sa.or_(sa.and_(*named), table.id.in_(spelled)))
    if municipality_oktmo:
        query = query.where(table.municipality_oktmo == municipality_oktmo)
    if role:
        query = query.where(
            table.id.in_(
                sa.select(model.OrganisationRole.organisation_id).where(model.OrganisationRole.role == role)
            )
        )
    if edu_kind:
        query = query.where(table.edu_kind == edu_kind)
    if state:
        query = query.where(table.state == state)
    return paged(query, page, size)


@dataclass(frozen=True)
class OrganisationCard:
    """An organisation; the inner fields only for those who may read them (model 3.5)."""

    organisation: model.Organisation
    inner: bool
    municipality: str | None
    names: list[model.OrganisationName]
    aliases: list[model.OrganisationAlias]
    may_edit: bool


def organisation(who: Person, organisation_id: UUID) -> OrganisationCard:
    """The card of an organisation: open fields for everybody, inner ones by scope (model 3.5)."""
    row = read().get(
        model.Organisation,
        organisation_id,
        options=[selectinload(model.Organisation.names), selectinload(model.Organisation.aliases)],
    )
    if row is None:
        raise NotFound(N_("организация"))
    inner = access.may_read_organisation(who, row.id, row.municipality_oktmo)
    return OrganisationCard(
        organisation=row,
        inner=inner,
        municipality=municipality_names().get(row.municipality_oktmo) if row.municipality_oktmo else None,
        names=list(row.names),
        aliases=list(row.aliases) if inner else [],
        may_edit=access.may_manage(who),
    )


def organisation_choices(role: OrgRole | None = None) -> list[tuple[str, str]]:
    """Active organisations for a form's list: value and text."""
    query = (
        _with_role(role) if role else sa.select(model.Organisation).order_by(model.Organisation.search_key)
    )
    rows = read().execute(
        query.where(model.Organisation.state == OrgState.ACTIVE).with_only_columns(
            model.Organisation.id, model.Organisation.short_name
        )
    )
    return [(str(key), name) for key, name in rows]


def organisation_names(ids: set[UUID]) -> dict[UUID, str]:
    """Short names of some organisations."""
    rows = read().execute(
        sa.select(model.Organisation.id, model.Organisation.short_name).where(model.Organisation.id.in_(ids))
    )
    return dict(rows.all())


def _with_role(role: OrgRole) -> sa.Select[tuple[model.Organisation]]:
    return (
        sa.select(model.Organisation)
        .options(lazyload(model.Organisation.role_rows))
        .where(
            model.Organisation.id.in_(
                sa.select(model.OrganisationRole.organisation_id).where(model.OrganisationRole.role == role)
            )
        )
        .order_by(model.Organisation.search_key)
    )
