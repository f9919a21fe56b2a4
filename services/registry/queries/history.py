"""What was ever recorded of a thing, and how knowledge differs between two days (F7)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.queries.asof import end_of, known
from services.registry.queries.platform_reports import may_read
from services.registry.rules.facts import CHANGEABLE, AsOf
from services.registry.rules.kinds import (
    ActState,
    AgreementState,
    BasisKind,
    EduOrgKind,
    FactKind,
    MembershipBasis,
    MunicipalityKind,
    OrgRole,
    OrgState,
    PartyRole,
    PlatformState,
    Stage,
)
from services.registry.rules.labels import label
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import read
from shared.web.paging import Page, paged

#: Kinds whose values are codes of a dictionary.
CODES: dict[FactKind, type[StrEnum]] = {
    FactKind.ROLE: OrgRole,
    FactKind.EDU_KIND: EduOrgKind,
    FactKind.ORG_STATE: OrgState,
    FactKind.MO_KIND: MunicipalityKind,
    FactKind.STAGE: Stage,
    FactKind.STATUS: PlatformState,
    FactKind.PARTY: PartyRole,
    FactKind.AGREEMENT: AgreementState,
    FactKind.MEMBERSHIP: MembershipBasis,
    FactKind.ACT_FORCE: ActState,
}


@dataclass(frozen=True)
class Subject:
    """What a fact speaks of: its table's name, key and how it is called."""

    kind: str
    key: Any
    name: str
    #: Whether this person reads everything recorded of it.
    inner: bool


@dataclass(frozen=True)
class HistoryLine:
    """One fact in words."""

    fact: model.Fact
    text: str
    basis: str
    closed_by: model.Correction | None

    @property
    def correctable(self) -> bool:
        """Whether people correct it one by one; the others follow from actions."""
        return self.fact.kind in CHANGEABLE and self.fact.known_now()


@dataclass(frozen=True)
class History:
    """Everything recorded of a thing."""

    subject: Subject
    lines: list[HistoryLine]
    may_correct: bool


def history(who: Person, subject_id: UUID) -> History:
    """Every fact ever recorded of a thing with its basis, what is known now first (F7)."""
    subject = _subject(who, subject_id)
    fact = model.Fact
    query = sa.select(fact).where(fact.subject_id == subject_id)
    if not subject.inner:
        query = query.where(fact.kind.in_(access.readable_facts(who)))
    rows = list(
        read().scalars(query.order_by(fact.kind, fact.recorded_to.desc(), fact.item, fact.valid_from))
    )
    return History(subject, _lines(rows), access.may_manage(who))


def fact_line(who: Person, fact_id: UUID) -> tuple[Subject, HistoryLine]:
    """One fact in words, for its correction."""
    row = read().get(model.Fact, fact_id)
    if row is None:
        raise NotFound(N_("запись"))
    return _subject(who, row.subject_id), _lines([row])[0]


@dataclass(frozen=True)
class Difference:
    """What was known of one thing on the first day of knowledge and on the second."""

    subject_id: UUID
    subject: str
    kind: FactKind
    before: str | None
    after: str | None
    basis: str | None


@dataclass(frozen=True)
class Compared:
    """The registry of a day, and the two days of knowledge that are compared."""

    on: date
    earlier: date
    later: date


def compared(on: date | None, earlier: date | None, later: date | None) -> Compared:
    """What to compare: the registry of today as known yesterday and today, unless days are named."""
    last = later or clock.today()
    return Compared(on or clock.today(), earlier or last - timedelta(days=1), last)


def changes(who: Person, asked: Compared, *, page: int = 1, size: int = 50) -> Page[Difference]:
    """How the registry of one day differs as known on two days (F7); open kinds for everybody."""
    on, earlier, later = asked.on, asked.earlier, asked.later
    if earlier >= later:
        raise Refused("F7", N_("Сравните более ранний день сведений с более поздним"), field="later")
    fact = model.Fact
    then, now = known(fact, earlier), known(fact, later)
    before, after = sa.func.max(sa.case((then, fact.value))), sa.func.max(sa.case((now, fact.value)))
    moved = [end_of(earlier), end_of(later)]
    query = (
        sa.select(fact.subject_id, fact.kind, before, after)
        .where(
            fact.kind.in_(access.readable_facts(who)),
            fact.valid_from <= on,
            fact.valid_to > on,
            sa.or_(
                sa.and_(fact.recorded_from >= moved[0], fact.recorded_from < moved[1]),
                sa.and_(fact.recorded_to >= moved[0], fact.recorded_to < moved[1]),
            ),
        )
        .group_by(fact.subject_id, fact.kind, fact.item)
        .having(before.is_distinct_from(after))
        .order_by(fact.kind, fact.subject_id, fact.item)
    )
    found = paged(query, page, size, scalars=False)
    names = {key: _name(key) for key in {row[0] for row in found.items}}
    grounds = _grounds({row[0] for row in found.items}, AsOf(on, later))
    rows = [
        Difference(
            key,
            names[key],
            kind,
            fact_text(kind, said) if said else None,
            fact_text(kind, says) if says else None,
            grounds.get((key, kind)),
        )
        for key, kind, said, says in found.items
    ]
    return Page(rows, found.total, found.page, found.pages)


def _grounds(ids: Collection[UUID], at: AsOf) -> dict[tuple[UUID, FactKind], str]:
    fact = model.Fact
    rows = read().scalars(
        sa.select(fact).where(
            fact.subject_id.in_(ids), fact.valid_from <= at.on, fact.valid_to > at.on, known(fact, at.known)
        )
    )
    return {(line.fact.subject_id, line.fact.kind): line.basis for line in _lines(list(rows))}


def _lines(rows: list[model.Fact]) -> list[HistoryLine]:
    acts = _by_id(model.Act, (row.act_id for row in rows))
    agreements = _by_id(model.Agreement, (row.agreement_id for row in rows))
    corrections = _by_id(model.Correction, (row.closed_by_id for row in rows))
    return [
        HistoryLine(
            row,
            fact_text(row.kind, row.value),
            _basis(row, acts.get(row.act_id), agreements.get(row.agreement_id)),
            corrections.get(row.closed_by_id),
        )
        for row in rows
    ]


def _by_id(kind: Any, ids: Iterable[UUID | None]) -> dict[UUID | None, Any]:
    wanted = {key for key in ids if key}
    return (
        {row.id: row for row in read().scalars(sa.select(kind).where(kind.id.in_(wanted)))} if wanted else {}
    )


def _basis(row: model.Fact, act: model.Act | None, agreement: model.Agreement | None) -> str:
    """The basis in words: «приказ № 25 от 31.01.2019, п. 2», «договор № 7», a correction, a source."""
    parts = []
    if row.basis_kind is BasisKind.CORRECTION:
        parts.append(f"{label(BasisKind.CORRECTION)}: {row.note}")
    if act is not None:
        number = f" № {act.number}" if act.number else ""
        clause = f", {row.clause}" if row.clause else ""
        parts.append(f"{label(act.kind)}{number} от {act.date:%d.%m.%Y}{clause}")
    if agreement is not None:
        parts.append(f"договор № {agreement.number} от {agreement.date:%d.%m.%Y}")
    if row.note and row.basis_kind is not BasisKind.CORRECTION:
        parts.append(row.note)
    return "; ".join(parts)


def fact_text(kind: FactKind, value: str) -> str:
    """A value in words: codes by their names, references by what they refer to."""
    if kind in CODES:
        return label(CODES[kind](value))
    if kind in (FactKind.PARENT, FactKind.HEAD):
        row = read().get(model.Organisation if kind is FactKind.PARENT else model.Person, UUID(value))
        return row.full_name if row else "—"
    if kind is FactKind.TERRITORY:
        found = read().scalar(sa.select(model.Municipality).where(model.Municipality.oktmo == value))
        return found.versions()[-1].short_name if found else value
    return value


def _subject(who: Person, subject_id: UUID) -> Subject:
    """What the identifier means, when this person may know that it is there."""
    session = read()
    if (row := session.get(model.Organisation, subject_id)) is not None:
        if row.state in (OrgState.DRAFT, OrgState.WITHDRAWN) and not access.may_manage(who):
            raise NotFound(N_("запись"))
        inner = access.may_read_organisation(who, row.id, row.municipality_oktmo)
        return Subject("organisation", row.id, row.full_name, inner)
    if (row := session.get(model.Platform, subject_id)) is not None:
        return Subject("platform", row.id, row.topic, may_read(who, row))
    if (row := session.get(model.Agreement, subject_id)) is not None:
        parties = [party.organisation_id for party in row.parties]
        if not access.may_read_agreement(who, parties, row.municipality_oktmo):
            raise NotFound(N_("запись"))
        return Subject("agreement", row.id, f"Договор № {row.number}", True)
    if (row := session.get(model.Municipality, subject_id)) is not None:
        return Subject("municipality", row.oktmo, row.versions()[-1].short_name, True)
    if (row := session.get(model.Act, subject_id)) is not None:
        return Subject("act", row.id, row.title, True)
    if (row := session.get(model.Transformation, subject_id)) is not None:
        return Subject("municipality", row.municipality_oktmo, row.tms.short_name, True)
    raise NotFound(N_("запись"))


def _name(subject_id: UUID) -> str:
    """How a subject of an open fact is called."""
    return _subject(Person.system("registry"), subject_id).name
