"""Rows of records by kind: what a reader needs to recognise a record and to see why it was counted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reports import readmodel as rm
from services.reports.queries.facts import term
from services.reports.rules import names
from services.reports.rules.names import Word, named
from services.reports.rules.terms import RecordKind
from shared.refusal import N_
from shared.unit import read

Cell = str | date | Decimal | int | None
#: Keys asked for in one statement; databases limit the number of values in it.
_PORTION = 500

_MUNICIPALITY = N_("Муниципалитет")
_DATE = N_("Дата")
_KIND = N_("Вид")
HEADERS: Mapping[RecordKind, Sequence[str]] = {
    RecordKind.ORGANISATION: (N_("Организация"), _MUNICIPALITY, N_("Действующие площадки")),
    RecordKind.PLATFORM: (
        _KIND,
        N_("Тема"),
        N_("Организации-держатели"),
        _MUNICIPALITY,
        N_("Статус с"),
        N_("Статус по"),
        N_("Основание"),
    ),
    RecordKind.AGREEMENT: (
        N_("Номер"),
        _DATE,
        N_("Территориальная методическая служба"),
        _MUNICIPALITY,
        N_("Действует с"),
        N_("Срок до"),
    ),
    RecordKind.TRANSFORMATION: (_MUNICIPALITY, N_("Территориальная методическая служба"), N_("Завершена")),
    RecordKind.EVENT: (N_("Мероприятие"), _KIND, N_("Форма"), _DATE),
    RecordKind.PARTICIPATION: (
        N_("Мероприятие"),
        _DATE,
        N_("Роль"),
        N_("Организация"),
        _MUNICIPALITY,
        N_("Состояние"),
        N_("Минут"),
        N_("Сертификат от"),
    ),
    RecordKind.SHEET: (
        N_("Работа"),
        N_("Тема"),
        N_("Этап"),
        N_("Эксперт"),
        N_("Организация эксперта"),
        N_("Подписан"),
        N_("Процент"),
    ),
    RecordKind.ENTRY: (
        N_("Регистрационный номер"),
        N_("Конкурс"),
        _KIND,
        N_("Заявитель"),
        _MUNICIPALITY,
        N_("Тема"),
        N_("Решение"),
        N_("Протокол"),
    ),
}


@dataclass(frozen=True)
class Record:
    """One counted record; `target` is the object to open, which for a registration is its event."""

    id: UUID
    target: UUID
    cells: tuple[Cell, ...]


def by_ids(kind: Any, ids: Iterable[UUID]) -> Iterator[Any]:
    """Rows of a read model with these keys."""
    keys = list(dict.fromkeys(ids))
    for start in range(0, len(keys), _PORTION):
        yield from read().scalars(sa.select(kind).where(kind.id.in_(keys[start : start + _PORTION])))


def organisations_called(ids: Iterable[UUID]) -> Callable[[UUID | None, date], str | None]:
    """What to call these organisations on a day (BR-06)."""
    known = {one.id: one for one in by_ids(rm.Organisation, ids)}
    return lambda key, on: known[key].called_on(on) if key in known else None


def municipalities_called() -> Callable[[str | None, date], str | None]:
    """What to call a municipality on a day (BR-11)."""
    known = {one.oktmo: one for one in read().scalars(sa.select(rm.Municipality))}
    return lambda oktmo, on: known[oktmo].called_on(on) if oktmo in known else None


def organisation_rows(ids: Sequence[UUID], as_of: date) -> list[Record]:
    """Innovation organisations with the platforms that make them so (BR-22)."""
    places = municipalities_called()
    topics: dict[UUID, list[str]] = defaultdict(list)
    for platform in read().scalars(sa.select(rm.Platform)):
        if any(term(period).covers(as_of) for period in platform.periods):
            for worker in _workers(platform):
                topics[worker].append(platform.topic)
    found = sorted(by_ids(rm.Organisation, ids), key=lambda o: o.short_name)
    return [
        Record(
            one.id,
            one.id,
            (
                one.full_name_on(as_of),
                places(one.municipality_oktmo, as_of),
                "; ".join(sorted(topics[one.id])),
            ),
        )
        for one in found
    ]


def _workers(platform: rm.Platform) -> set[UUID]:
    hub = {platform.hub_id} if platform.hub_id else set()
    return {UUID(one) for one in [*platform.holder_ids, *platform.member_ids]} | hub


def platform_rows(ids: Sequence[UUID], as_of: date) -> list[Record]:
    """Platforms with the term that covers the date and the act it rests on."""
    platforms = sorted(by_ids(rm.Platform, ids), key=lambda p: (p.kind, p.topic, str(p.id)))
    places = municipalities_called()
    holders = organisations_called(UUID(one) for platform in platforms for one in platform.holder_ids)
    terms = {
        platform.id: next(period for period in platform.periods if term(period).covers(as_of))
        for platform in platforms
    }
    acts = {act.id: act for act in by_ids(rm.Act, (UUID(t["act_id"]) for t in terms.values() if t["act_id"]))}
    rows = []
    for platform in platforms:
        covering = term(terms[platform.id])
        act = acts.get(UUID(terms[platform.id]["act_id"])) if terms[platform.id]["act_id"] else None
        cells = (
            named(names.PLATFORM_KINDS, platform.kind),
            platform.topic,
            "; ".join(holders(UUID(one), as_of) or "" for one in platform.holder_ids),
            places(platform.municipality_oktmo, as_of),
            covering.valid_from,
            covering.valid_to,
            f"№ {act.number or 'б/н'} ({act.dated:%d.%m.%Y})" if act else None,
        )
        rows.append(Record(platform.id, platform.id, cells))
    return rows


def agreement_rows(ids: Sequence[UUID], as_of: date) -> list[Record]:
    """Agreements with their ТМС."""
    agreements = sorted(by_ids(rm.Agreement, ids), key=lambda a: (a.dated, a.number))
    places, services = municipalities_called(), organisations_called(a.tms_id for a in agreements)
    return [
        Record(
            a.id,
            a.id,
            (
                a.number,
                a.dated,
                services(a.tms_id, as_of),
                places(a.municipality_oktmo, as_of),
                a.in_force_from,
                a.valid_to,
            ),
        )
        for a in agreements
    ]


def transformation_rows(ids: Sequence[UUID], as_of: date) -> list[Record]:
    """Municipalities whose network is transformed, with the day."""
    stages = list(by_ids(rm.TransformationStage, ids))
    places, services = municipalities_called(), organisations_called(s.tms_id for s in stages)
    rows = [
        Record(
            s.id,
            s.transformation_id,
            (
                places(s.municipality_oktmo, as_of) or s.municipality_oktmo,
                services(s.tms_id, as_of),
                s.since,
            ),
        )
        for s in stages
    ]
    return sorted(rows, key=lambda row: str(row.cells[0]))


def event_rows(ids: Sequence[UUID], as_of: date) -> list[Record]:
    """Events in the order of the calendar."""
    events = sorted(by_ids(rm.Event, ids), key=lambda e: (e.starts_on, e.title))
    return [
        Record(
            e.id,
            e.id,
            (
                e.title,
                named(names.EVENT_KINDS, e.kind),
                named(names.EVENT_MODES, e.mode),
                event_day(e),
            ),
        )
        for e in events
    ]


def event_day(event: rm.Event) -> Cell:
    """The date as exactly as it is known (BR-27): a day, 02.2020 or 2020."""
    if event.date_precision == "MONTH":
        return f"{event.starts_on:%m.%Y}"
    return f"{event.starts_on:%Y}" if event.date_precision == "YEAR" else event.starts_on


def participation_rows(ids: Sequence[UUID], as_of: date) -> list[Record]:
    """Registrations without names of people; the place is called as on the day of the event (BR-11, BR-29)."""
    people = list(by_ids(rm.Participation, ids))
    events = {event.id: event for event in by_ids(rm.Event, (p.event_id for p in people))}
    places = municipalities_called()
    organisations = organisations_called(p.organisation_id for p in people if p.organisation_id)
    issued = {
        certificate.registration_id: certificate.issued_on
        for certificate in read().scalars(
            sa.select(rm.Certificate).where(rm.Certificate.event_id.in_(list(events)))
        )
    }
    people.sort(key=lambda p: (events[p.event_id].starts_on, events[p.event_id].title, str(p.id)))
    return [
        Record(
            p.id,
            p.event_id,
            (
                events[p.event_id].title,
                event_day(events[p.event_id]),
                named(names.PARTICIPATION_ROLES, p.role),
                organisations(p.organisation_id, events[p.event_id].starts_on),
                places(p.municipality_oktmo, events[p.event_id].starts_on),
                named(names.PARTICIPATION_STATES, p.state),
                p.minutes,
                issued.get(p.id),
            ),
        )
        for p in people
    ]


def sheet_rows(ids: Sequence[UUID], as_of: date) -> list[Record]:
    """Signed sheets; the expert is known by the organisation only, as it was called on the day of the signature."""
    sheets = list(by_ids(rm.Sheet, ids))
    marks = {mark.id: mark.percent for mark in by_ids(rm.SheetMark, ids)}
    entries = {entry.id: entry for entry in by_ids(rm.Entry, (s.entry_id for s in sheets))}
    organisations = organisations_called(s.expert_organisation_id for s in sheets if s.expert_organisation_id)
    sheets.sort(key=lambda s: (s.signed_on, str(s.entry_id), str(s.id)))
    return [
        Record(
            s.id,
            s.entry_id,
            (
                entries[s.entry_id].reg_no if s.entry_id in entries else None,
                entries[s.entry_id].topic if s.entry_id in entries else None,
                named(names.STAGE_KINDS, s.stage_kind),
                named(names.SHEET_KINDS, s.kind),
                organisations(s.expert_organisation_id, s.signed_on),
                s.signed_on,
                marks.get(s.id),
            ),
        )
        for s in sheets
    ]


def entry_rows(ids: Sequence[UUID], as_of: date) -> list[Record]:
    """Admitted entries with what the council decided; the applicant as called when the entries closed."""
    entries = sorted(by_ids(rm.Entry, ids), key=lambda e: (e.reg_no or "", str(e.id)))
    decisions = {decision.id: decision for decision in by_ids(rm.Decision, ids)}
    editions = {edition.id: edition for edition in by_ids(rm.Edition, (e.edition_id for e in entries))}
    places, applicants = municipalities_called(), organisations_called(e.applicant_id for e in entries)
    rows = []
    for e in entries:
        decision = decisions.get(e.id)
        outcome: Word | None = named(names.OUTCOMES, decision.outcome) if decision else None
        protocol = f"№ {decision.protocol_number} ({decision.protocol_date:%d.%m.%Y})" if decision else None
        cells = (
            e.reg_no,
            editions[e.edition_id].title,
            named(names.ENTRY_KINDS, e.kind),
            applicants(e.applicant_id, editions[e.edition_id].closes_on),
            places(e.municipality_oktmo, editions[e.edition_id].closes_on),
            e.topic,
            outcome,
            protocol,
        )
        rows.append(Record(e.id, e.id, cells))
    return rows
