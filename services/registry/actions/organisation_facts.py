"""What is said of an organisation: changed by an act from a day on, corrected, projected onto its row (F7)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions import facts, territory
from services.registry.actions.territory import FIRST_SOURCE
from services.registry.rules import facts as rules
from services.registry.rules import organisations
from services.registry.rules.facts import FOREVER, Basis, Statement
from services.registry.rules.kinds import EduOrgKind, FactKind, OrgRole, OrgState
from services.registry.rules.names import clean, search_key
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work

S = TypeVar("S", bound=StrEnum)

#: What of an organisation stands on its row as it holds today.
_PROJECTED = (
    FactKind.SHORT_NAME,
    FactKind.ROLE,
    FactKind.EDU_KIND,
    FactKind.TERRITORY,
    FactKind.ORG_STATE,
)


def change_organisation(
    who: Person,
    *,
    organisation_id: UUID,
    kind: FactKind | str,
    value: str,
    valid_from: date,
    valid_to: date | None = None,
    act_id: UUID | None = None,
    clause: str | None = None,
) -> None:
    """A name, role, kind, territory, parent or head changes from a date on, by an act and its clause (F7).

    ``valid_to`` is the first day on which it no longer holds, where that is known.
    """
    access.require(access.may_manage(who))
    fact = FactKind(kind)
    if fact not in rules.CHANGEABLE:
        raise Refused("F7", N_("Эти сведения меняют своим действием"), field="kind")
    if fact is FactKind.NAME and valid_from > clock.today():
        raise Refused("BR-06", N_("Наименование меняют с наступившей даты"), field="valid_from")
    with work(who) as u:
        organisation = u.get(model.Organisation, organisation_id)
        organisations.move(organisation.state, "rename")
        basis = facts.basis_of(u, act_id=act_id, on=valid_from, clause=clause)
        said = _said(u, fact, value, valid_from, valid_to, basis)
        facts.record_change(u, organisation.id, fact, said)
        project(u, organisation)
        u.journal("organisation.changed", organisation, {"fact": fact.value, "from": valid_from.isoformat()})


def correct_fact(
    who: Person,
    *,
    fact_id: UUID,
    reason: str,
    value: str | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    act_id: UUID | None = None,
) -> None:
    """Correct what was recorded by mistake: the old fact is closed, the right one says what it corrects (F7).

    What is not given stays as it was recorded. Facts that follow from actions (statuses, agreements, acts)
    are corrected where those actions are.
    """
    access.require(access.may_manage(who))
    with work(who) as u:
        wrong = u.get(model.Fact, fact_id)
        if wrong.kind not in rules.CHANGEABLE:
            raise Refused("F7", N_("Эти сведения исправляют своим действием"), field="kind")
        if not wrong.known_now():
            raise Refused("F7", N_("Эта запись уже исправлена"))
        organisation = u.get(model.Organisation, wrong.subject_id)
        before = wrong.statement
        correction = facts.correct(
            u, subject_id=organisation.id, what=f"{wrong.kind}: {wrong.value}", reason=reason, act_id=act_id
        )
        right = _said(
            u,
            wrong.kind,
            before.value if value is None else value,
            valid_from or before.valid_from,
            valid_to or before.valid_to,
            Basis.correction(correction.id, correction.reason, act_id),
        )
        rules.check_span(right.valid_from, right.valid_to)
        item = before.item if wrong.kind in rules.MANY else None
        held = facts.held(u, organisation.id, wrong.kind, item)
        facts.record(
            u,
            organisation.id,
            wrong.kind,
            rules.corrected(held, before, right),
            item=item,
            correction_id=correction.id,
        )
        project(u, organisation)
        u.journal("organisation.corrected", organisation, {"fact": wrong.kind.value})


def first_facts(
    organisation: model.Organisation, basis: Basis, former_names: Sequence[tuple[str, date]] = ()
) -> list[tuple[UUID, FactKind, Statement]]:
    """What a newly registered organisation is said to be; since when, only its former names can tell."""
    said = []
    since = rules.ALWAYS
    for name, until in sorted(former_names, key=lambda former: former[1]):
        rules.check_span(since, until)
        named = clean(name)
        said.append((FactKind.NAME, Statement(named, since, until, key=name_key(named), basis=basis)))
        since = until
    name = organisation.full_name
    said += [
        (FactKind.NAME, Statement(name, since, key=name_key(name), basis=basis)),
        (FactKind.SHORT_NAME, Statement(organisation.short_name, basis=basis)),
        (FactKind.ORG_STATE, Statement(organisation.state.value, basis=basis)),
        *(
            (FactKind.ROLE, Statement(role.value, item=role.value, basis=basis))
            for role in organisation.roles
        ),
    ]
    if organisation.edu_kind:
        said.append((FactKind.EDU_KIND, Statement(organisation.edu_kind.value, basis=basis)))
    if organisation.municipality_oktmo:
        said.append((FactKind.TERRITORY, Statement(organisation.municipality_oktmo, basis=basis)))
    return [(organisation.id, kind, one) for kind, one in said]


def project(u: Unit, organisation: model.Organisation, *, if_changed: bool = False) -> None:
    """Make the row say what holds today, as known now, and tell the others (or only when it has changed)."""
    today = clock.today()
    held = facts.known_kinds(u, organisation.id, _PROJECTED)
    now = {kind: [one.value for one in held[kind] if one.holds(today)] for kind in held}
    u.session.expire(organisation, ["names"])
    before = organisation.full_name
    organisation.full_name = organisation.named_on(today)
    organisation.short_name = (now[FactKind.SHORT_NAME] or [organisation.full_name[:200]])[0]
    organisation.search_key = name_key(organisation.full_name)
    organisation.state = OrgState(now[FactKind.ORG_STATE][0])
    organisation.edu_kind = EduOrgKind(now[FactKind.EDU_KIND][0]) if now[FactKind.EDU_KIND] else None
    organisation.municipality_oktmo = (now[FactKind.TERRITORY] or [None])[0]
    organisation.scope_key = organisation.municipality_oktmo or ""
    roles = [OrgRole(value) for value in now[FactKind.ROLE]]
    kept = [row for row in organisation.role_rows if row.role in roles]
    fresh = [role for role in roles if role not in organisation.roles]
    organisation.role_rows = [*kept, *(model.OrganisationRole(role=role) for role in fresh)]
    organisations.check_roles(organisation.roles, organisation.municipality_oktmo, organisation.edu_kind)
    if if_changed and not u.session.is_modified(organisation):
        return
    if organisation.state is OrgState.ACTIVE:
        refuse_double(u, organisation.search_key, organisation.municipality_oktmo, besides=organisation.id)
    u.announce(organisation)
    if organisation.full_name != before or len(organisation.names) > 1:
        for act in u.session.scalars(sa.select(model.Act).where(model.Act.issuer_id == organisation.id)):
            u.announce(act)


def need(u: Unit, organisation_id: UUID, field: str) -> model.Organisation:
    """An active organisation, or a refusal that names the input."""
    organisation = u.session.get(model.Organisation, organisation_id)
    if organisation is None or organisation.state is not OrgState.ACTIVE:
        raise Refused("ORGANISATION", N_("Такой действующей организации нет в реестре"), field=field)
    return organisation


def refuse_double(u: Unit, key: str, oktmo: str | None, besides: UUID | None = None) -> None:
    """One active organisation per name and municipality (BR-07)."""
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


def name_key(name: str) -> str:
    """The form in which full names of organisations are compared (BR-07)."""
    return search_key(name)[:500]


def _said(
    u: Unit, kind: FactKind, value: str, valid_from: date, valid_to: date | None, basis: Basis | None
) -> Statement:
    """The value as its kind wants it: names normalised, codes and references known (BR-07, BR-08)."""
    text = clean(value)
    if not text:
        raise Refused("F7", N_("Укажите новое значение"), field="value")
    item, key, ref = "", text, None
    match kind:
        case FactKind.NAME:
            if len(text) > 500:
                raise Refused("BR-07", N_("Наименование длиннее %(limit)s знаков"), field="value", limit=500)
            key = name_key(text)
        case FactKind.SHORT_NAME:
            text = text[:200]
        case FactKind.ROLE:
            text = item = key = _code(OrgRole, text).value
        case FactKind.EDU_KIND:
            text = key = _code(EduOrgKind, text).value
        case FactKind.TERRITORY:
            territory.need(u, text, "value")
        case FactKind.PARENT:
            ref = need(u, _uuid(text), "value").id
            text = key = str(ref)
        case FactKind.HEAD:
            ref = u.get(model.Person, _uuid(text)).id
            text = key = str(ref)
    return Statement(
        text, valid_from, valid_to or FOREVER, item, key, ref, basis or Basis.source(FIRST_SOURCE)
    )


def _code(kind: type[S], text: str) -> S:
    if text not in {member.value for member in kind}:
        raise Refused("F7", N_("Такого значения нет в справочнике"), field="value")
    return kind(text)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused("F7", N_("Выберите из списка"), field="value") from None
