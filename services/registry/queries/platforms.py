"""Platforms: the register on a day, the card by scope, what the list says as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload

from services.registry import access, model
from services.registry.queries.asof import as_of, end_of, holds, timeline, values
from services.registry.queries.platform_reports import ReportRow, may_read, report_rows
from services.registry.queries.search import contains
from services.registry.queries.territory import municipality_names
from services.registry.rules import platforms as rules
from services.registry.rules.facts import FOREVER, AsOf
from services.registry.rules.kinds import (
    FactKind,
    PartyRole,
    PlatformKind,
    PlatformState,
    StatusStep,
)
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


@dataclass(frozen=True)
class PlatformRow:
    """A platform and its state on the date asked."""

    platform: model.Platform
    state: PlatformState


def platforms(
    *,
    text: str | None = None,
    kind: PlatformKind | None = None,
    state: PlatformState | None = None,
    on: date | None = None,
    known: date | None = None,
    municipality_oktmo: str | None = None,
    organisation_id: UUID | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[PlatformRow]:
    """The register of platforms as it was on a day, as known on a day; open fields, open to everybody (F7)."""
    query = _register(text, kind, state, as_of(on, known), municipality_oktmo, organisation_id)
    found = paged(query, page, size, scalars=False)
    rows = [PlatformRow(platform, PlatformState(then)) for platform, then in found.items]
    return Page(rows, found.total, found.page, found.pages)


@dataclass(frozen=True)
class PlatformLine:
    """A platform as a line of the list that people take away as a file."""

    kind: PlatformKind
    topic: str
    holders: str
    members: str
    municipality: str
    state: PlatformState
    since: date
    until: date | None
    act: str
    clause: str


def platform_list(
    *,
    text: str | None = None,
    kind: PlatformKind | None = None,
    state: PlatformState | None = None,
    on: date | None = None,
    known: date | None = None,
    municipality_oktmo: str | None = None,
    organisation_id: UUID | None = None,
) -> list[PlatformLine]:
    """The whole register of a day with the act of every state, under the names of that day (F7)."""
    at = as_of(on, known)
    query = _register(text, kind, state, at, municipality_oktmo, organisation_id)
    rows = [platform for platform, _ in read().execute(query)]
    fact = model.Fact
    said: dict[UUID, list[tuple[model.Fact, model.Act | None]]] = {row.id: [] for row in rows}
    wanted = sa.or_(holds(fact, FactKind.PARTY, at), holds(fact, FactKind.STATUS, at))
    for one, act in read().execute(
        sa.select(fact, model.Act).outerjoin(model.Act, model.Act.id == fact.act_id).where(wanted)
    ):
        if one.subject_id in said:
            said[one.subject_id].append((one, act))
    refs = {one.ref_id for own in said.values() for one, _ in own if one.ref_id}
    names = values(refs, [FactKind.NAME], at)
    places = municipality_names(at)
    return [_line(row, said[row.id], names, places) for row in rows]


def _line(
    row: model.Platform,
    said: Sequence[tuple[model.Fact, model.Act | None]],
    names: Mapping[UUID, Mapping[FactKind, Sequence[str]]],
    places: Mapping[str, str],
) -> PlatformLine:
    status, act = next(one for one in said if one[0].kind is FactKind.STATUS)

    def named(*roles: PartyRole) -> str:
        own = [one.ref_id for one, _ in said if one.kind is FactKind.PARTY and one.key in roles]
        return "; ".join(sorted(names.get(key, {}).get(FactKind.NAME, ["—"])[0] for key in own if key))

    return PlatformLine(
        row.kind,
        row.topic,
        named(PartyRole.HUB, PartyRole.HOLDER),
        named(PartyRole.MEMBER),
        places.get(row.municipality_oktmo or "", ""),
        PlatformState(status.key),
        status.valid_from,
        None if status.valid_to == FOREVER else status.valid_to - timedelta(days=1),
        f"{act.date:%d.%m.%Y} № {act.number or 'б/н'}" if act else "",
        status.clause or "",
    )


def _register(
    text: str | None,
    kind: PlatformKind | None,
    state: PlatformState | None,
    at: AsOf,
    municipality_oktmo: str | None,
    organisation_id: UUID | None,
) -> sa.Select[tuple[model.Platform, str]]:
    """Platforms of a day and their state on it."""
    table, status = model.Platform, sa.orm.aliased(model.Fact)
    holders = selectinload(table.parties).joinedload(model.PlatformParty.organisation)
    query = (
        sa.select(table, status.key)
        .join(status, sa.and_(status.subject_id == table.id, holds(status, FactKind.STATUS, at)))
        .options(lazyload(table.history), holders.lazyload(model.Organisation.role_rows))
        .where(*contains(table.topic_key, text))
        .order_by(table.kind, table.topic_key, table.id)
    )
    if kind:
        query = query.where(table.kind == kind)
    if state:
        query = query.where(status.key == str(state))
    if municipality_oktmo:
        query = query.where(table.municipality_oktmo == municipality_oktmo)
    if organisation_id:
        party = sa.orm.aliased(model.Fact)
        taking_part = sa.select(party.subject_id).where(
            holds(party, FactKind.PARTY, at), party.ref_id == organisation_id
        )
        query = query.where(table.id.in_(taking_part))
    return query


@dataclass(frozen=True)
class PartyRow:
    """An organisation of a platform on the day asked."""

    organisation_id: UUID
    name: str
    #: HOLDER, HUB or MEMBER.
    role: PartyRole


@dataclass(frozen=True)
class CompositionRow:
    """An organisation that joined, changed its part or left by an act."""

    record: model.CompositionRecord
    name: str


@dataclass(frozen=True)
class PlatformCard:
    """A platform; grounds and history only for those who may read them (model 3.5)."""

    platform: model.Platform
    on: date
    #: The state on the day, as known then; none where the platform was not there yet.
    state: PlatformState | None
    parties: list[PartyRow]
    term_end: date | None
    inner: bool
    municipality: str | None
    history: Sequence[model.StatusRecord]
    #: How an act changed the composition, up to the day.
    compositions: Sequence[CompositionRow]
    reports: Sequence[ReportRow]
    #: The supervisor and the scientific supervisor, where this person may open their cards (BR-71).
    leaders: Sequence[UUID | None]
    may_operate: bool
    #: Hands in reports and keeps the words of the card.
    may_speak: bool
    #: Actions that the present state allows.
    actions: list[StatusStep]


def platform(
    who: Person, platform_id: UUID, on: date | None = None, known: date | None = None
) -> PlatformCard:
    """The card of a platform on a day: open fields for everybody, the history by scope (model 3.5, F7)."""
    table, at = model.Platform, as_of(on, known)
    row = read().get(
        table, platform_id, options=[selectinload(table.history).joinedload(model.StatusRecord.act)]
    )
    if row is None:
        raise NotFound(N_("площадка"))
    status = next(
        (one for one in timeline(row.id, FactKind.STATUS, known) if one.statement.holds(at.on)), None
    )
    inner = may_read(who, row)
    operates = access.may_operate(who)
    return PlatformCard(
        platform=row,
        on=at.on,
        state=PlatformState(status.key) if status else None,
        parties=_parties(row.id, at),
        term_end=rules.term_end(row.steps),
        inner=inner,
        municipality=municipality_names(at).get(row.municipality_oktmo) if row.municipality_oktmo else None,
        history=_records(row, at) if inner else (),
        compositions=_compositions(row.id, at) if inner else (),
        reports=report_rows(row, clock.today()) if inner else (),
        leaders=[_leader(who, key) for key in (row.supervisor_id, row.scientific_supervisor_id)],
        may_speak=access.may_speak_for_platform(who, row.holder_ids),
        may_operate=operates,
        actions=rules.possible(row.state, row.steps, clock.today()) if operates else [],
    )


def status_record(who: Person, platform_id: UUID, record_id: UUID) -> model.StatusRecord:
    """A standing record of the history, for the operator who corrects it (F7)."""
    access.require(access.may_operate(who))
    record = read().get(model.StatusRecord, record_id)
    if record is None or record.platform_id != platform_id or record.withdrawn_at is not None:
        raise NotFound(N_("запись о статусе"))
    return record


def supervisor_choices(who: Person) -> list[tuple[str, str]]:
    """People whom this person may name as supervisors: everybody, or those of the own organisations."""
    table = model.Person
    query = sa.select(table).order_by(table.search_key)
    if not access.reads_all_people(who):
        query = query.where(table.organisation_id.in_(access.people_scope(who)))
    return [(str(row.id), row.full_name) for row in read().scalars(query)]


def agreement_choices(who: Person) -> list[tuple[str, str]]:
    """Agreements that a partner platform may rest on, for the operator's forms (BR-19)."""
    access.require(access.may_operate(who))
    table = model.Agreement
    rows = read().execute(sa.select(table.id, table.number, table.date).order_by(table.date.desc(), table.id))
    return [(str(key), f"{day:%d.%m.%Y} № {number}") for key, number, day in rows]


def _leader(who: Person, key: UUID | None) -> UUID | None:
    """Who leads a platform is told by a link to the person's card, whose reading is written down (BR-71)."""
    found = read().get(model.Person, key) if key else None
    return found.id if found and access.may_read_person(who, found.id, found.organisation_id) else None


def _compositions(platform_id: UUID, at: AsOf) -> list[CompositionRow]:
    """Changes of the composition by acts, as known on the day asked."""
    record = model.CompositionRecord
    query = sa.select(record).where(record.platform_id == platform_id, record.on <= at.on)
    if at.known is not None:
        query = query.where(record.recorded_at < end_of(at.known))
    rows = list(read().scalars(query.options(joinedload(record.act)).order_by(record.on, record.id)))
    names = values({row.organisation_id for row in rows}, [FactKind.NAME], at)
    return [
        CompositionRow(row, names.get(row.organisation_id, {}).get(FactKind.NAME, ["—"])[0]) for row in rows
    ]


def _parties(platform_id: UUID, at: AsOf) -> list[PartyRow]:
    """Organisations of a platform on a day, holders first, under their names of that day."""
    said = [one for one in timeline(platform_id, FactKind.PARTY, at.known) if one.statement.holds(at.on)]
    names = values([one.ref_id for one in said], [FactKind.NAME], at)
    order = list(PartyRole)
    rows = [
        PartyRow(one.ref_id, names.get(one.ref_id, {}).get(FactKind.NAME, ["—"])[0], PartyRole(one.value))
        for one in said
    ]
    return sorted(rows, key=lambda row: (order.index(row.role), row.name))


def _records(row: model.Platform, at: AsOf) -> Sequence[model.StatusRecord]:
    """Actions on the status that were known, the corrected ones too where the day of knowledge is past."""
    if at.known is None:
        return row.history
    record, moment = model.StatusRecord, end_of(at.known)
    return list(
        read().scalars(
            sa.select(record)
            .options(joinedload(record.act))
            .where(
                record.platform_id == row.id,
                record.recorded_at < moment,
                sa.or_(record.withdrawn_at.is_(None), record.withdrawn_at >= moment),
            )
            .order_by(record.ordinal)
        )
    )
