"""Municipalities and their yearly numbers of education organisations."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions import facts
from services.registry.rules import codes
from services.registry.rules import facts as rules
from services.registry.rules.facts import ALWAYS, Basis, Statement
from services.registry.rules.kinds import FactKind, MunicipalityKind
from services.registry.rules.names import clean
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work

#: What the first known state rests on where nobody names a source.
FIRST_SOURCE = N_("первичный ввод")


def add_municipality(
    who: Person,
    *,
    oktmo: str,
    short_name: str,
    official_name: str | None = None,
    kind: MunicipalityKind | str = MunicipalityKind.DISTRICT,
    centre: str | None = None,
    valid_from: date | None = None,
    in_krai: bool = True,
    source: str | None = None,
) -> UUID:
    """Enter a municipality under its ОКТМО code with the names valid from a date (BR-09, BR-11).

    Without a date the names are the first known ones. ``source`` says where they were taken from.
    """
    access.require(access.may_manage(who))
    code = codes.oktmo(oktmo)
    with work(who) as u:
        if find(u, code) is not None:
            raise Refused("BR-09", N_("Код ОКТМО %(code)s уже есть в реестре"), field="oktmo", code=code)
        municipality = u.add(model.Municipality(oktmo=code, in_krai=in_krai))
        basis = Basis.source(clean(source or FIRST_SOURCE))
        said = _naming(MunicipalityKind(kind), short_name, official_name or short_name, centre)
        facts.record_all(
            u,
            [
                (municipality.id, fact, Statement(value, valid_from or ALWAYS, basis=basis))
                for fact, value in said.items()
            ],
        )
        u.journal("municipality.added", municipality, {"oktmo": code})
        u.announce(municipality)
        return municipality.id


def add_municipality_version(
    who: Person,
    *,
    oktmo: str,
    kind: MunicipalityKind | str,
    valid_from: date,
    act_id: UUID,
    clause: str | None = None,
    short_name: str | None = None,
    official_name: str | None = None,
    centre: str | None = None,
) -> UUID:
    """A municipality changes its kind or name from a date by an act; earlier documents keep the old one (BR-11)."""
    access.require(access.may_manage(who))
    with work(who) as u:
        municipality = need(u, oktmo)
        basis = facts.basis_of(u, act_id=act_id, on=valid_from, clause=clause)
        if any(version.valid_from == valid_from for version in municipality.versions()):
            raise Refused("BR-11", N_("С этой даты версия уже есть"), field="valid_from")
        before = municipality.named_on(valid_from)
        said = _naming(
            MunicipalityKind(kind),
            short_name or before.short_name,
            official_name or before.official_name,
            centre or before.centre,
        )
        for fact, value in said.items():
            held = rules.on_day(facts.held(u, municipality.id, fact), valid_from)
            if held is None or held.value != value:
                facts.record_change(u, municipality.id, fact, Statement(value, valid_from, basis=basis))
        u.session.expire(municipality, ["facts"])
        u.journal("municipality.renamed", municipality, {"valid_from": valid_from.isoformat()})
        u.announce(municipality)
        return municipality.id


def set_org_count(
    who: Person, *, municipality_oktmo: str, year: int, as_of: date, total: int, source: str
) -> UUID:
    """Say how many education organisations a municipality has in a year: the denominator of I-01 (S-005)."""
    access.require(access.may_manage(who))
    if total < 0:
        raise Refused("S-005", N_("Число организаций не может быть отрицательным"), field="total")
    with work(who) as u:
        need(u, municipality_oktmo)
        count = u.session.scalar(
            sa.select(model.OrgCount).where(
                model.OrgCount.municipality_oktmo == municipality_oktmo, model.OrgCount.year == year
            )
        )
        if count is None:
            count = u.add(model.OrgCount(municipality_oktmo=municipality_oktmo, year=year))
        count.as_of, count.total, count.source = as_of, total, clean(source)
        u.journal("org_count.set", count, {"year": year, "total": total})
        u.announce(count)
        return count.id


def _naming(kind: MunicipalityKind, short: str, official: str, centre: str | None) -> dict[FactKind, str]:
    """What the facts of a municipality say."""
    said = {
        FactKind.MO_NAME: clean(short),
        FactKind.MO_OFFICIAL_NAME: clean(official),
        FactKind.MO_KIND: kind.value,
    }
    return {**said, FactKind.MO_CENTRE: clean(centre)} if centre else said


def find(u: Unit, oktmo: str) -> model.Municipality | None:
    """The municipality with this code, if there is one."""
    found: model.Municipality | None = u.session.scalar(
        sa.select(model.Municipality).where(model.Municipality.oktmo == oktmo)
    )
    return found


def need(u: Unit, oktmo: str, field: str = "municipality_oktmo") -> model.Municipality:
    """The municipality with this code, or a refusal that names the input."""
    found = find(u, oktmo)
    if found is None:
        raise Refused("BR-08", N_("Муниципального образования с кодом %(code)s нет"), field=field, code=oktmo)
    return found
