"""Organisations: registering, renaming, raw spellings, import that merges, the end of an organisation."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions import territory
from services.registry.rules import codes, organisations
from services.registry.rules.kinds import EduOrgKind, OrgRole, OrgState
from services.registry.rules.names import clean, search_key
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def register_organisation(
    who: Person,
    *,
    full_name: str,
    roles: Collection[OrgRole | str],
    short_name: str | None = None,
    municipality_oktmo: str | None = None,
    edu_kind: EduOrgKind | str | None = None,
    legal_form: str | None = None,
    inn: str | None = None,
    ogrn: str | None = None,
    site: str | None = None,
    email: str | None = None,
    source_text: str | None = None,
) -> UUID:
    """Register an organisation under its normalised name, once per municipality (BR-07…BR-10)."""
    access.require(access.may_manage(who))
    named = clean(full_name)
    chosen = sorted({OrgRole(role) for role in roles})
    kind = EduOrgKind(edu_kind) if edu_kind else None
    organisations.check_roles(chosen, municipality_oktmo, kind)
    with work(who) as u:
        if municipality_oktmo is not None:
            territory.need(u, municipality_oktmo)
        _refuse_double(u, search_key(named), municipality_oktmo)
        organisation = u.add(
            model.Organisation(
                full_name=named,
                short_name=clean(short_name) if short_name else named[:200],
                search_key=_key(named),
                role_rows=[model.OrganisationRole(role=role) for role in chosen],
                names=[],
                aliases=[],
                edu_kind=kind,
                legal_form=legal_form or None,
                municipality_oktmo=municipality_oktmo,
                scope_key=municipality_oktmo or "",
                inn=codes.inn(inn),
                ogrn=codes.ogrn(ogrn),
                site=site or None,
                email=email or None,
            )
        )
        if source_text:
            _spell(organisation, source_text, "source_text")
        u.journal("organisation.registered", organisation)
        u.announce(organisation)
        return organisation.id


def add_alias(who: Person, *, organisation_id: UUID, text: str, source: str) -> None:
    """Keep a spelling as it stands in a source; its normalised form is found by the search (BR-07)."""
    access.require(access.may_manage(who))
    with work(who) as u:
        organisation = u.get(model.Organisation, organisation_id)
        _spell(organisation, text, source)
        u.journal("organisation.alias_added", organisation, {"source": source})


def merge_import(
    who: Person,
    *,
    full_name: str,
    municipality_oktmo: str | None,
    source_text: str,
    roles: Collection[OrgRole | str] = (OrgRole.OTHER,),
) -> UUID:
    """Find the organisation that a row of an import means and keep the spelling, or register it (SC-13)."""
    access.require(access.may_manage(who))
    with work(who) as u:
        known = _known_by(u, {search_key(full_name), search_key(source_text)}, municipality_oktmo)
        if known is None:
            return register_organisation(
                who,
                full_name=full_name,
                roles=roles,
                municipality_oktmo=municipality_oktmo,
                source_text=source_text,
            )
        _spell(known, source_text, "import")
        u.journal("organisation.merged_import", known)
        return known.id


def rename_organisation(
    who: Person, *, organisation_id: UUID, full_name: str, valid_from: date, act_id: UUID | None = None
) -> None:
    """A new name from a date; the old one stays for documents of its time and for the search (BR-06)."""
    access.require(access.may_manage(who))
    named = clean(full_name)
    if valid_from > clock.today():
        raise Refused("BR-06", N_("Наименование меняют с наступившей даты"), field="valid_from")
    with work(who) as u:
        organisation = u.get(model.Organisation, organisation_id)
        if any(name.valid_from == valid_from for name in organisation.names):
            raise Refused("BR-06", N_("С этой даты наименование уже есть"), field="valid_from")
        if act_id is not None:
            u.get(model.Act, act_id)
        if not organisation.names:
            organisation.names.append(
                model.OrganisationName(full_name=organisation.full_name, valid_from=None)
            )
        before = organisation.full_name
        organisation.names.append(
            model.OrganisationName(full_name=named, valid_from=valid_from, act_id=act_id)
        )
        organisation.full_name = organisation.named_on(clock.today())
        _spell(organisation, before, "former name")
        organisation.search_key = _key(organisation.full_name)
        _refuse_double(u, organisation.search_key, organisation.municipality_oktmo, besides=organisation.id)
        u.journal("organisation.renamed", organisation, {"valid_from": valid_from.isoformat()})
        u.announce(organisation)
        acts = sa.select(model.Act).where(
            model.Act.issuer_id == organisation.id, model.Act.date >= valid_from
        )
        for act in u.session.scalars(acts):
            u.announce(act)


def end_organisation(
    who: Person, *, organisation_id: UUID, outcome: OrgState | str, on: date, successor_id: UUID | None = None
) -> None:
    """An organisation is liquidated, or reorganised into a successor (model 3.3)."""
    access.require(access.may_manage(who))
    action = "reorganise" if OrgState(outcome) is OrgState.REORGANISED else "liquidate"
    with work(who) as u:
        organisation = u.get(model.Organisation, organisation_id)
        state = organisations.move(organisation.state, action)
        if state is OrgState.REORGANISED:
            if successor_id is None or successor_id == organisation_id:
                raise Refused("ORGANISATION_STATE", N_("Укажите правопреемника"), field="successor_id")
            u.get(model.Organisation, successor_id)
            organisation.successor_id = successor_id
        organisation.state, organisation.ended_on = state, on
        u.journal("organisation.ended", organisation, {"outcome": state.value, "on": on.isoformat()})
        u.announce(organisation)


def need(u: Unit, organisation_id: UUID, field: str) -> model.Organisation:
    """An active organisation, or a refusal that names the input."""
    organisation = u.session.get(model.Organisation, organisation_id)
    if organisation is None or organisation.state is not OrgState.ACTIVE:
        raise Refused("ORGANISATION", N_("Такой действующей организации нет в реестре"), field=field)
    return organisation


def _key(name: str) -> str:
    return search_key(name)[:500]


def _spell(organisation: model.Organisation, text: str, source: str) -> None:
    """Keep a raw spelling once; the present name itself needs no keeping."""
    raw = text[:700]
    if raw != organisation.full_name and all(alias.text != raw for alias in organisation.aliases):
        organisation.aliases.append(
            model.OrganisationAlias(text=raw, search_key=search_key(raw)[:700], source=source)
        )


def _refuse_double(u: Unit, key: str, oktmo: str | None, besides: UUID | None = None) -> None:
    with u.session.no_autoflush:
        known = u.session.scalar(
            sa.select(model.Organisation.id).where(
                model.Organisation.search_key == key[:500],
                model.Organisation.scope_key == (oktmo or ""),
                model.Organisation.state == OrgState.ACTIVE,
                model.Organisation.id != besides if besides else sa.true(),
            )
        )
    if known is not None:
        raise Refused(
            "BR-07",
            N_("Такая организация уже есть в реестре под номером %(existing)s"),
            field="full_name",
            existing=known,
        )


def _known_by(u: Unit, keys: set[str], oktmo: str | None) -> model.Organisation | None:
    """The active organisation of a municipality with one of these names or spellings."""
    spelled = sa.select(model.OrganisationAlias.organisation_id).where(
        model.OrganisationAlias.search_key.in_(keys)
    )
    found: model.Organisation | None = u.session.scalars(
        sa.select(model.Organisation)
        .where(
            sa.or_(model.Organisation.search_key.in_(keys), model.Organisation.id.in_(spelled)),
            model.Organisation.scope_key == (oktmo or ""),
            model.Organisation.state == OrgState.ACTIVE,
        )
        .order_by(model.Organisation.id)
    ).first()
    return found
