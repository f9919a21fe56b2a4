"""Organisations: the register and the card on a day, choices for forms."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload, selectinload

from services.registry import access, model
from services.registry.queries.asof import as_of, holds, subjects, timeline, values
from services.registry.queries.search import contains, words
from services.registry.queries.territory import municipality_names
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import EduOrgKind, FactKind, OrgRole, OrgState
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation as it is on the day asked, as known then."""

    id: UUID
    full_name: str
    short_name: str
    roles: list[OrgRole]
    edu_kind: EduOrgKind | None
    municipality_oktmo: str | None
    state: OrgState


_ROW = (FactKind.SHORT_NAME, FactKind.ROLE, FactKind.EDU_KIND, FactKind.TERRITORY, FactKind.ORG_STATE)


def organisations(
    who: Person | None,
    *,
    text: str | None = None,
    municipality_oktmo: str | None = None,
    role: OrgRole | None = None,
    edu_kind: EduOrgKind | None = None,
    state: OrgState | None = None,
    on: date | None = None,
    known: date | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[OrganisationRow]:
    """The register of organisations as it was on a day, as known on a day; open to everybody (F7).

    Raw spellings and names of other days are found too (BR-07). Drafts and what a correction took out are
    for the managers alone.
    """
    at, name = as_of(on, known), sa.orm.aliased(model.Fact)
    query = sa.select(name.subject_id, name.value).where(holds(name, FactKind.NAME, at))
    if words(text):
        query = query.where(_spelled(name.subject_id, text))
    for kind, key in (
        (FactKind.TERRITORY, municipality_oktmo),
        (FactKind.ROLE, role),
        (FactKind.EDU_KIND, edu_kind),
        (FactKind.ORG_STATE, state),
    ):
        if key:
            query = query.where(name.subject_id.in_(subjects(kind, at, [key])))
    if who is None or not access.may_manage(who):
        hidden = subjects(FactKind.ORG_STATE, at, [OrgState.DRAFT, OrgState.WITHDRAWN])
        query = query.where(name.subject_id.not_in(hidden))
    found = paged(query.order_by(name.key, name.subject_id), page, size, scalars=False)
    said = values([key for key, _ in found.items], _ROW, at)
    rows = [_row(key, full_name, said.get(key, {})) for key, full_name in found.items]
    return Page(rows, found.total, found.page, found.pages)


def _spelled(subject: Any, text: str | None) -> sa.ColumnElement[bool]:
    """Organisations of which a name of any day, or a spelling in a source, has every word."""
    fact, alias = sa.orm.aliased(model.Fact), model.OrganisationAlias
    named = sa.select(fact.subject_id).where(fact.kind == FactKind.NAME, *contains(fact.key, text))
    spelled = sa.select(alias.organisation_id).where(*contains(alias.search_key, text))
    return sa.or_(subject.in_(named), subject.in_(spelled))


def _row(key: UUID, full_name: str, said: dict[FactKind, list[str]]) -> OrganisationRow:
    def one(kind: FactKind) -> str | None:
        return next(iter(said.get(kind, ())), None)

    edu_kind = one(FactKind.EDU_KIND)
    return OrganisationRow(
        id=key,
        full_name=full_name,
        short_name=one(FactKind.SHORT_NAME) or full_name,
        roles=[OrgRole(role) for role in said.get(FactKind.ROLE, ())],
        edu_kind=EduOrgKind(edu_kind) if edu_kind else None,
        municipality_oktmo=one(FactKind.TERRITORY),
        state=OrgState(one(FactKind.ORG_STATE) or OrgState.ACTIVE),
    )


@dataclass(frozen=True)
class OrganisationCard:
    """An organisation on a day; the inner fields only for those who may read them (model 3.5)."""

    organisation: model.Organisation
    then: OrganisationRow
    at: AsOf
    inner: bool
    municipality: str | None
    parent: str | None
    head: str | None
    names: list[model.Fact]
    aliases: list[model.OrganisationAlias]
    may_edit: bool


def organisation(
    who: Person, organisation_id: UUID, on: date | None = None, known: date | None = None
) -> OrganisationCard:
    """The card of an organisation on a day: open fields for everybody, inner ones by scope (model 3.5, F7)."""
    at = as_of(on, known)
    row = read().get(model.Organisation, organisation_id, options=[selectinload(model.Organisation.aliases)])
    said = values([organisation_id], [FactKind.NAME, FactKind.PARENT, FactKind.HEAD, *_ROW], at)
    facts = said.get(organisation_id, {})
    manages = access.may_manage(who)
    if row is None or FactKind.NAME not in facts:
        raise NotFound(N_("организация на эту дату"))
    then = _row(row.id, facts[FactKind.NAME][0], facts)
    if then.state in (OrgState.DRAFT, OrgState.WITHDRAWN) and not manages:
        raise NotFound(N_("организация"))
    inner = access.may_read_organisation(who, row.id, row.municipality_oktmo)
    return OrganisationCard(
        organisation=row,
        then=then,
        at=at,
        inner=inner,
        municipality=municipality_names(at).get(then.municipality_oktmo) if then.municipality_oktmo else None,
        parent=_named_ref(model.Organisation, facts.get(FactKind.PARENT)),
        head=_named_ref(model.Person, facts.get(FactKind.HEAD)) if inner else None,
        names=timeline(row.id, FactKind.NAME, at.known),
        aliases=list(row.aliases) if inner else [],
        may_edit=manages,
    )


def _named_ref(kind: Any, ids: list[str] | None) -> str | None:
    """The name of what a fact refers to."""
    row = read().get(kind, UUID(ids[0])) if ids else None
    return row.full_name if row else None


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
