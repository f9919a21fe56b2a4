"""What the registry knows, loaded once for a whole file: organisations, municipalities, acts, platforms."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.registry import model
from services.registry.queries.importing.index import Index, closest_names
from services.registry.rules import codes
from services.registry.rules.facts import FOREVER, UNTIL_CORRECTED
from services.registry.rules.importing.likeness import Known
from services.registry.rules.importing.territories import Territories
from services.registry.rules.kinds import (
    ActKind,
    FactKind,
    OrgState,
    PartyRole,
    PlatformKind,
    PlatformState,
)
from services.registry.rules.names import search_key
from shared.refusal import N_, Refused


def organisations(session: Session) -> Index:
    """Every organisation with its codes, roles, spellings and the names it had."""
    one = model.Organisation.__table__.c
    roles: dict[UUID, list[str]] = defaultdict(list)
    role = model.OrganisationRole.__table__.c
    for key, name in session.execute(sa.select(role.organisation_id, role.role)):
        roles[key].append(name.value)
    index = Index()
    for row in session.execute(
        sa.select(
            one.id, one.full_name, one.short_name, one.municipality_oktmo, one.inn, one.ogrn, one.legal_form,
            one.edu_kind, one.site, one.email, one.state,
        ).order_by(one.id)
    ):  # fmt: skip
        index.add(
            Known(
                id=str(row.id),
                name=row.full_name,
                oktmo=row.municipality_oktmo,
                inn=row.inn,
                ogrn=row.ogrn,
                active=row.state is OrgState.ACTIVE,
                spellings={row.full_name},
                facts={
                    "short_name": row.short_name,
                    "roles": sorted(roles[row.id]),
                    "edu_kind": row.edu_kind.value if row.edu_kind else None,
                    "legal_form": row.legal_form,
                    "inn": row.inn,
                    "ogrn": row.ogrn,
                    "site": row.site,
                    "email": row.email,
                },
            )
        )
    alias = model.OrganisationAlias.__table__.c
    for key, text, spelled in session.execute(sa.select(alias.organisation_id, alias.text, alias.search_key)):
        index.spell(str(key), text, spelled)
    fact = model.Fact.__table__.c
    for key, text, spelled in session.execute(
        sa.select(fact.subject_id, fact.value, fact.key).where(
            fact.kind == FactKind.NAME, fact.valid_to < FOREVER, fact.recorded_to == UNTIL_CORRECTED
        )
    ):
        index.spell(str(key), text, spelled)
    return index


def territories(session: Session) -> Territories:
    """Municipalities under every name that was ever valid (BR-11)."""
    one, fact = model.Municipality.__table__.c, model.Fact.__table__
    named = session.execute(
        sa.select(one.oktmo, fact.c.value)
        .select_from(fact)
        .join(model.Municipality.__table__, one.id == fact.c.subject_id)
        .where(
            fact.c.kind.in_([FactKind.MO_NAME, FactKind.MO_OFFICIAL_NAME]),
            fact.c.recorded_to == UNTIL_CORRECTED,
        )
        .order_by(fact.c.kind, fact.c.valid_from)
    ).all()
    return Territories([(oktmo, name) for oktmo, name in named], closest_names)


def find_organisation(index: Index) -> Callable[[str, str], tuple[UUID, str]]:
    """How a cell of a table of platforms names an organisation: by ИНН, or by a name that only one has."""

    def find(text: str, field: str) -> tuple[UUID, str]:
        bare = text.replace(" ", "")
        found = index.by_inn(codes.inn(bare) or "") if bare.isdigit() else index.by_name(text)
        if len(found) == 1:
            return UUID(found[0].id), found[0].name
        if found:
            raise Refused(
                "IMPORT",
                N_("Организаций «%(value)s» несколько. Укажите ИНН."),
                field=field,
                value=text[:200],
            )
        near = index.near_names(text)
        if near:
            raise Refused(
                "IMPORT",
                N_("Организации «%(value)s» нет в реестре. Похоже на: %(near)s"),
                field=field,
                value=text[:200],
                near="; ".join(near),
            )
        raise Refused("IMPORT", N_("Организации «%(value)s» нет в реестре"), field=field, value=text[:200])

    return find


def find_act(session: Session) -> Callable[[str, date], tuple[UUID, ActKind]]:
    """The act with a number and a date; there may be several of different issuers (BR-01)."""
    one = model.Act.__table__.c
    acts: dict[tuple[str, date], list[tuple[UUID, ActKind]]] = defaultdict(list)
    for key, kind, number, dated in session.execute(sa.select(one.id, one.kind, one.number, one.date)):
        acts[search_key(number or ""), dated].append((key, kind))

    def find(number: str, dated: date) -> tuple[UUID, ActKind]:
        found = acts.get((search_key(number), dated), [])
        if len(found) == 1:
            return found[0]
        text = (
            N_("Актов № %(number)s от %(dated)s несколько")
            if found
            else N_("Акта № %(number)s от %(dated)s нет в реестре. Сначала внесите его.")
        )
        raise Refused("BR-19", text, field="act", number=number, dated=dated)

    return find


def platforms(session: Session) -> dict[tuple[PlatformKind, str], list[tuple[UUID, date, date | None, str]]]:
    """Days of ACTIVE platforms by kind and holder: (platform, from, to, topic key) (BR-20)."""
    fact, one, party = model.Fact.__table__, model.Platform.__table__, model.PlatformParty.__table__
    found = defaultdict(list)
    for kind, holder, key, begun, end, topic in session.execute(
        sa.select(
            one.c.kind, party.c.organisation_id, one.c.id, fact.c.valid_from, fact.c.valid_to, one.c.topic_key
        )
        .select_from(fact)
        .join(one, one.c.id == fact.c.subject_id)
        .join(party, party.c.platform_id == one.c.id)
        .where(
            fact.c.kind == FactKind.STATUS,
            fact.c.key == PlatformState.ACTIVE.value,
            fact.c.recorded_to == UNTIL_CORRECTED,
            party.c.role == PartyRole.HOLDER,
        )
    ):
        until = None if end == FOREVER else end - timedelta(days=1)
        found[kind, str(holder)].append((key, begun, until, topic))
    return found
