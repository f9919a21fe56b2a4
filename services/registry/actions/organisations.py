"""Organisations: registering, publishing, raw spellings, import that merges, the end of an organisation."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions import facts, territory
from services.registry.actions.organisation_facts import (
    change_organisation,
    first_facts,
    name_key,
    need,
    project,
    refuse_double,
)
from services.registry.actions.territory import FIRST_SOURCE
from services.registry.rules import codes, organisations
from services.registry.rules.facts import Basis, Statement
from services.registry.rules.kinds import EduOrgKind, FactKind, OrgRole, OrgState
from services.registry.rules.names import clean, search_key
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
    phone: str | None = None,
    address: str | None = None,
    source_text: str | None = None,
    source: str | None = None,
    former_names: Sequence[tuple[str, date]] = (),
    draft: bool = False,
) -> UUID:
    """Register an organisation under its normalised name, once per municipality (BR-07…BR-10).

    ``source`` names the document its first known facts rest on (F7); ``former_names`` are names that were
    already past then, each with the first day without it. A draft is published later.
    """
    access.require(access.may_manage(who))
    named = clean(full_name)
    chosen = sorted({OrgRole(role) for role in roles})
    kind = EduOrgKind(edu_kind) if edu_kind else None
    organisations.check_roles(chosen, municipality_oktmo, kind)
    with work(who) as u:
        if municipality_oktmo is not None:
            territory.need(u, municipality_oktmo)
        refuse_double(u, search_key(named), municipality_oktmo)
        organisation = u.add(
            model.Organisation(
                full_name=named,
                short_name=clean(short_name) if short_name else named[:200],
                search_key=name_key(named),
                role_rows=[model.OrganisationRole(role=role) for role in chosen],
                aliases=[],
                edu_kind=kind,
                legal_form=legal_form or None,
                municipality_oktmo=municipality_oktmo,
                scope_key=municipality_oktmo or "",
                inn=codes.inn(inn),
                ogrn=codes.ogrn(ogrn),
                site=site or None,
                email=email or None,
                phone=phone or None,
                address=clean(address) if address else None,
                state=OrgState.DRAFT if draft else OrgState.ACTIVE,
            )
        )
        basis = Basis.source(clean(source or FIRST_SOURCE))
        facts.record_all(u, first_facts(organisation, basis, former_names))
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
    who: Person,
    *,
    organisation_id: UUID,
    full_name: str,
    valid_from: date,
    act_id: UUID | None = None,
    clause: str | None = None,
) -> None:
    """A new name from a date by an act; the old one stays for documents of its time and the search (BR-06)."""
    change_organisation(
        who,
        organisation_id=organisation_id,
        kind=FactKind.NAME,
        value=full_name,
        valid_from=valid_from,
        act_id=act_id,
        clause=clause,
    )


def end_organisation(
    who: Person,
    *,
    organisation_id: UUID,
    outcome: OrgState | str,
    on: date,
    successor_id: UUID | None = None,
    act_id: UUID | None = None,
    clause: str | None = None,
) -> None:
    """An organisation is liquidated, merged or reorganised into a successor, by an act (model 3.3, F7)."""
    access.require(access.may_manage(who))
    ending = OrgState(outcome)
    if ending not in organisations.ENDINGS:
        raise Refused("ORGANISATION_STATE", N_("Так организация не прекращается"), field="outcome")
    with work(who) as u:
        organisation = u.get(model.Organisation, organisation_id)
        state = organisations.move(organisation.state, organisations.ENDINGS[ending])
        basis = facts.basis_of(u, act_id=act_id, on=on, clause=clause)
        if state in organisations.SUCCEEDED:
            if successor_id is None or successor_id == organisation_id:
                raise Refused("ORGANISATION_STATE", N_("Укажите правопреемника"), field="successor_id")
            need(u, successor_id, "successor_id")
            organisation.successor_id = successor_id
        facts.record_change(u, organisation.id, FactKind.ORG_STATE, Statement(state.value, on, basis=basis))
        organisation.ended_on = on
        project(u, organisation)
        u.journal("organisation.ended", organisation, {"outcome": state.value, "on": on.isoformat()})


def publish_organisation(who: Person, *, organisation_id: UUID) -> None:
    """A draft becomes an active organisation of the register (model 3.3)."""
    _restate(who, organisation_id, "publish", N_("опубликована"))


def withdraw_organisation(who: Person, *, organisation_id: UUID, reason: str) -> None:
    """An organisation entered by mistake leaves the register by a correction; the history still tells it (F7)."""
    _restate(who, organisation_id, "withdraw", reason)


def _restate(who: Person, organisation_id: UUID, action: str, reason: str) -> None:
    """What was said of the state since ever is corrected: it has always been the new one."""
    access.require(access.may_manage(who))
    with work(who) as u:
        organisation = u.get(model.Organisation, organisation_id)
        state = organisations.move(organisation.state, action)
        correction = facts.correct(
            u, subject_id=organisation.id, what=organisation.state.value, reason=reason, act_id=None
        )
        said = Statement(state.value, basis=Basis.correction(correction.id, correction.reason))
        facts.record(u, organisation.id, FactKind.ORG_STATE, [said], correction_id=correction.id)
        project(u, organisation)
        u.journal(f"organisation.{action}", organisation, {"reason": reason})


def _spell(organisation: model.Organisation, text: str, source: str) -> None:
    """Keep a raw spelling once; the present name itself needs no keeping."""
    raw = text[:700]
    if raw != organisation.full_name and all(alias.text != raw for alias in organisation.aliases):
        organisation.aliases.append(
            model.OrganisationAlias(text=raw, search_key=search_key(raw)[:700], source=source)
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
