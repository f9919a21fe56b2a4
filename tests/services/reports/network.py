"""What the small network consists of, and how it is told.

Three municipalities of the krai and one outside; the operator in Krasnodar; two ТМС with agreements; five
platforms, three of them counted in I-02; two events held in 2020; one contest with three entries.
"""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Flask

from shared.testing.suite import deliver

KRASNODAR, ABINSK, SEVERSKAYA, ADYGEA = "03701000", "03601000", "03643000", "79701000"
AS_OF = date(2020, 12, 31)
YEAR = {"as_of": AS_OF, "period_from": date(2020, 1, 1), "period_to": AS_OF}
HOSTILE = '=HYPERLINK("http://evil.example","Школа")'


def key(number: int) -> UUID:
    """A readable identifier."""
    return UUID(int=number)


OPERATOR, TMS_A, TMS_S, SCHOOL, NURSERY, IRO = (key(n) for n in range(1, 7))
WEBINAR, FESTIVAL, PLANNED = (key(n) for n in range(301, 304))
EDITION, PROJECTS, REPORTS = (key(n) for n in range(501, 504))


def organisation(number: UUID, name: str, roles: list[str], oktmo: str | None) -> dict[str, Any]:
    """An organisation as registry tells it, with fields that reports does not know."""
    return {
        "organisation_id": number,
        "full_name": name,
        "short_name": name,
        "roles": roles,
        "edu_kind": None,
        "municipality_oktmo": oktmo,
        "state": "ACTIVE",
    }


def agreement(number: int, tms: UUID, oktmo: str, **changes: Any) -> dict[str, Any]:
    """An agreement in force since 12.03.2019."""
    return {
        "agreement_id": key(100 + number),
        "number": f"КРЦ-2019/0{number}",
        "date": date(2019, 3, 12),
        "operator_id": OPERATOR,
        "tms_id": tms,
        "municipality_oktmo": oktmo,
        "subject_text": "Сетевое взаимодействие",
        "valid_from": date(2019, 3, 12),
        "valid_to": date(2021, 12, 31),
        "state": "IN_FORCE",
        "in_force_from": date(2019, 3, 12),
        "ended_on": None,
        **changes,
    }


def platform(number: int, kind: str, holders: list[UUID], **changes: Any) -> dict[str, Any]:
    """A platform with one term, the years 2019 to 2021."""
    period = {"valid_from": date(2019, 1, 1), "valid_to": date(2021, 12, 31), "act_id": key(201)}
    return {
        "platform_id": key(200 + number),
        "kind": kind,
        "topic": f"Тема {number}",
        "holder_ids": [str(one) for one in holders],
        "hub_id": None,
        "member_ids": [],
        "curator_id": OPERATOR,
        "municipality_oktmo": KRASNODAR,
        "state": "ACTIVE",
        "counts_in_i02": True,
        "periods": [{name: str(value) for name, value in period.items()}],
        **changes,
    }


def event(number: UUID, kind: str, mode: str, state: str, day: date, **changes: Any) -> dict[str, Any]:
    """An event."""
    return {
        "event_id": number,
        "kind": kind,
        "title": f"Событие {number.int}",
        "mode": mode,
        "state": state,
        "date_precision": "DAY",
        "starts_on": day,
        "ends_on": None,
        "organiser_ids": [],
        "series_name": None,
        "ordinal": None,
        **changes,
    }


def participation(
    number: int, of: UUID, state: str, minutes: int | None = None, oktmo: str = ABINSK
) -> dict[str, Any]:
    """One registration."""
    return {
        "registration_id": key(400 + number),
        "event_id": of,
        "person_id": key(450 + number),
        "organisation_id": TMS_A,
        "municipality_oktmo": oktmo,
        "role": "ATTENDEE",
        "state": state,
        "minutes": minutes,
    }


def entry(number: int, nomination: UUID, kind: str, state: str) -> dict[str, Any]:
    """A contest entry of the school."""
    return {
        "entry_id": key(600 + number),
        "edition_id": EDITION,
        "nomination_id": nomination,
        "kind": kind,
        "applicant_id": SCHOOL,
        "municipality_oktmo": KRASNODAR,
        "platform_id": None,
        "topic": f"Работа {number}",
        "reg_no": f"CITY-XIX-N1-00{number}",
        "state": state,
        "final_score": None,
        "rank": None,
        "title": None,
    }


def decision(number: int, outcome: str) -> dict[str, Any]:
    """What the council decided about an entry."""
    return {
        "entry_id": key(600 + number),
        "edition_id": EDITION,
        "outcome": outcome,
        "protocol_number": "7",
        "protocol_date": date(2020, 10, 30),
    }


def sheet(
    number: int, entry_number: int, expert: int, organisation_id: UUID = TMS_A
) -> dict[str, Any]:
    """A signed score sheet."""
    return {
        "sheet_id": key(700 + number),
        "entry_id": key(600 + entry_number),
        "edition_id": EDITION,
        "expert_id": key(750 + expert),
        "expert_organisation_id": organisation_id,
        "expert_municipality_oktmo": ABINSK,
        "stage_kind": "CORRESPONDENCE",
        "signed_on": date(2020, 10, 1),
        "kind": "REGULAR",
    }


def mark(number: int, percent: str) -> dict[str, Any]:
    """The mark of a sheet, told when its stage is closed."""
    return {"sheet_id": key(700 + number), "percent": percent}


def tell_network(app: Flask) -> None:
    """Tell all of it."""
    for number, (oktmo, name, in_krai) in enumerate(
        [
            (KRASNODAR, "город Краснодар", True),
            (ABINSK, "Абинский район", True),
            (SEVERSKAYA, "Северский район", True),
            (ADYGEA, "город Майкоп", False),
        ]
    ):
        told = {"municipality_id": key(10 + number), "oktmo": oktmo, "short_name": name, "in_krai": in_krai}
        deliver(app, "registry.municipality.changed.v1", {**told, "official_name": name, "kind": "DISTRICT"})
    deliver(
        app,
        "registry.org_count.changed.v1",
        {
            "org_count_id": key(20),
            "municipality_oktmo": KRASNODAR,
            "year": 2020,
            "as_of": AS_OF,
            "total": 8,
            "source": "демо",
        },
    )
    for number, name, roles, oktmo in (
        (OPERATOR, "МКУ «Краснодарский научно-методический центр»", ["NETWORK_OPERATOR"], KRASNODAR),
        (TMS_A, "ИМЦ Абинского района", ["TMS"], ABINSK),
        (TMS_S, "ИМЦ Северского района", ["TMS"], SEVERSKAYA),
        (SCHOOL, HOSTILE, ["EDU_ORG"], KRASNODAR),
        (NURSERY, "Детский сад № 94", ["EDU_ORG"], KRASNODAR),
        (IRO, "ГБОУ ИРО Краснодарского края", ["IRO"], None),
    ):
        deliver(app, "registry.organisation.changed.v1", organisation(number, name, roles, oktmo))
    deliver(
        app,
        "registry.act.changed.v1",
        {
            "act_id": key(201),
            "kind": "ORDER",
            "number": "153",
            "date": date(2018, 12, 20),
            "title": "О статусе",
        },
    )
    deliver(app, "registry.agreement.changed.v1", agreement(1, TMS_A, ABINSK))
    deliver(app, "registry.agreement.changed.v1", agreement(2, TMS_S, SEVERSKAYA))
    for told in (
        platform(1, "MUNICIPAL", [SCHOOL]),
        platform(2, "MUNICIPAL", [NURSERY]),
        platform(3, "MUNICIPAL_NETWORK", [SCHOOL], hub_id=SCHOOL, member_ids=[str(NURSERY), str(TMS_A)]),
        platform(4, "KRAI", [SCHOOL], counts_in_i02=False),
        platform(5, "MUNICIPAL", [NURSERY], periods=[]),
    ):
        deliver(app, "registry.platform.changed.v1", told)
    deliver(app, "registry.transformation.changed.v1", transformation("TRANSFORMED", date(2019, 9, 1)))
    tell_events(app)
    tell_contest(app)


def transformation(stage: str, since: date) -> dict[str, Any]:
    """A stage of the transformation of Северский район."""
    return {
        "transformation_id": key(30),
        "municipality_oktmo": SEVERSKAYA,
        "tms_id": TMS_S,
        "stage": stage,
        "since": since,
    }


def tell_events(app: Flask) -> None:
    """Two events held in 2020 with three people present of four, and one planned."""
    for told in (
        event(WEBINAR, "WEBINAR", "ONLINE", "HELD", date(2020, 4, 16)),
        event(FESTIVAL, "FESTIVAL", "OFFLINE", "ARCHIVED", date(2020, 2, 1), date_precision="MONTH"),
        event(PLANNED, "WEBINAR", "ONLINE", "PLANNED", date(2020, 12, 1)),
    ):
        deliver(app, "events.event.changed.v1", told)
    for told in (
        participation(1, WEBINAR, "CERTIFIED", 65),
        participation(2, WEBINAR, "NO_SHOW", 5),
        participation(3, WEBINAR, "CANCELLED"),
        participation(4, FESTIVAL, "ATTENDED", oktmo=SEVERSKAYA),
        participation(5, FESTIVAL, "ATTENDED"),
    ):
        deliver(app, "events.participation.changed.v1", told)
    deliver(
        app,
        "events.certificate.issued.v1",
        {
            "certificate_id": key(480),
            "number": "С-2020/1",
            "event_id": WEBINAR,
            "registration_id": key(401),
            "organisation_id": None,
            "role": "ATTENDEE",
            "issued_on": date(2020, 4, 17),
        },
    )


def tell_contest(app: Flask) -> None:
    """A contest: a project awarded, a project declined, a report extended; three sheets."""
    deliver(
        app,
        "expertise.edition.changed.v1",
        {
            "edition_id": EDITION,
            "series_name": "Городской конкурс",
            "ordinal": 19,
            "year": 2020,
            "title": "XIX конкурс",
            "state": "COMPLETED",
            "opens_on": date(2020, 9, 7),
            "closes_on": date(2020, 10, 30),
            "nominations": [
                {"nomination_id": str(PROJECTS), "code": "N1", "title": "Проекты", "entry_kind": "PROJECT"},
                {"nomination_id": str(REPORTS), "code": "N2", "title": "Отчёты", "entry_kind": "REPORT"},
            ],
        },
    )
    for told in (
        entry(1, PROJECTS, "PROJECT", "AWARDED"),
        entry(2, PROJECTS, "PROJECT", "DECLINED"),
        entry(3, REPORTS, "REPORT", "AWARDED"),
        entry(4, REPORTS, "REPORT", "DRAFT"),
    ):
        deliver(app, "expertise.entry.changed.v1", told)
    for told in (decision(1, "AWARD_STATUS"), decision(2, "DECLINE"), decision(3, "EXTEND")):
        deliver(app, "expertise.entry.decided.v1", told)
    for told in (sheet(1, 1, 1), sheet(2, 1, 2), sheet(3, 3, 3, SCHOOL)):
        deliver(app, "expertise.sheet.signed.v1", told)
    for told in (mark(1, "100.00"), mark(2, "50.00"), mark(3, "89.00")):
        deliver(app, "expertise.sheet.opened.v1", told)
