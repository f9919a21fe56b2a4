"""D-10 as data: everything the report of the network says, computed once and frozen (BR-63, F13)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.reports import readmodel as rm
from services.reports.queries import facts, rows, values
from services.reports.queries.summaries import contests
from services.reports.rules import network
from services.reports.rules.facts import Facts
from services.reports.rules.gatherings import EXPECTED, HELD, PRESENT
from services.reports.rules.indicators import Value
from services.reports.rules.lineage import report_hash
from services.reports.rules.periods import Period, years_back
from shared.person import PUBLIC
from shared.unit import read

#: How many earlier years stand beside the numbers of the report.
PREVIOUS_YEARS = 2


@dataclass(frozen=True)
class Snapshot:
    """Frozen content of a report and the hash of the records behind its numbers."""

    content: dict[str, Any]
    inputs_hash: str


def snapshot(as_of: date, period: Period, issued_on: date) -> Snapshot:
    """The report of the network as of the date, ready to be stored as JSON.

    The network is called as on that date; the one who issues the paper, as on the day of the issue (BR-06).
    """
    known = facts.load(as_of, period)
    found = values.values_of(known)
    previous = [_earlier(as_of, period, years) for years in range(1, PREVIOUS_YEARS + 1)]
    content = {
        "issuer": _operator(issued_on),
        "operator": _operator(as_of),
        "passport": _passport(known),
        "indicators": [_value(one) for one in found],
        "previous": previous,
        "platform_kinds": _platform_kinds(known),
        "transformed": _transformed(known),
        "agreements": _agreements(known),
        "events": _events(period),
        "contests": _contests(period),
    }
    return Snapshot(content, report_hash({one.code: one.inputs_hash for one in found}))


def hashes_now(as_of: date, period: Period) -> dict[str, str]:
    """The hashes that the same numbers would have today, by code (BR-64)."""
    return {one.code: one.inputs_hash for one in values.values_of(facts.load(as_of, period))}


def _earlier(as_of: date, period: Period, years: int) -> dict[str, Any]:
    """The same day and period of an earlier year."""
    day = years_back(as_of, years)
    shifted = Period(years_back(period.first, years), years_back(period.last, years))
    found = values.values_of(facts.load(day, shifted))
    return {"as_of": day.isoformat(), "values": {one.code: one.shown for one in found}}


def _value(one: Value) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "unit": one.unit.value,
        "formula": one.formula,
        "value": _text(one.value),
        "comparator": one.comparator.value,
        "shown": one.shown,
        "plan": _text(one.plan),
        "plan_shown": one.plan_shown,
        "plan_met": one.plan_met,
        "deviation": one.deviation_shown,
        "source": one.source.value,
        "source_note": one.source_note,
        "numerator": _text(one.numerator),
        "denominator": _text(one.denominator),
        "details": [
            {"key": detail.key, "value": _text(detail.value), "unit": detail.unit.value}
            for detail in one.details
        ],
        "records_count": one.records_count,
        "inputs_hash": one.inputs_hash,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _operator(on: date) -> str:
    """The full name of the operator of the network on a day; empty while registry has told none."""
    found = read().scalars(sa.select(rm.Organisation).order_by(rm.Organisation.full_name))
    return next((one.full_name_on(on) for one in found if "NETWORK_OPERATOR" in one.roles), "")


def _passport(known: Facts) -> dict[str, int]:
    active = network.active_platforms(known)
    return {
        "krai_municipalities": sum(m.in_krai for m in known.municipalities),
        "involved_municipalities": len({a.municipality for a in network.outside_operator_city(known)}),
        "tms": sum(o.is_tms for o in known.organisations.values()),
        "agreements": len(network.agreements_in_force(known)),
        "platforms_supervised": sum(p.counts_in_i02 for p in active),
        "platforms_all": len(active),
        "organisations_on_platforms": len({worker for p in active for worker in p.workers}),
    }


def _platform_kinds(known: Facts) -> list[dict[str, Any]]:
    active = network.active_platforms(known)
    everywhere = Counter(p.kind for p in active)
    supervised = Counter(p.kind for p in active if p.counts_in_i02)
    return [
        {"kind": kind, "supervised": supervised[kind], "all": everywhere[kind]}
        for kind in sorted(everywhere, key=lambda kind: (-everywhere[kind], kind))
    ]


def _transformed(known: Facts) -> list[str]:
    ids = network.transformed_municipalities(known).records
    return [str(row.cells[0]) for row in rows.transformation_rows(ids, known.as_of)]


def _agreements(known: Facts) -> list[dict[str, Any]]:
    ids = [a.id for a in network.agreements_in_force(known)]
    keys = ("number", "date", "tms", "municipality", "in_force_from", "valid_to")
    return [
        dict(zip(keys, (_plain(cell) for cell in row.cells), strict=True))
        for row in rows.agreement_rows(ids, known.as_of)
    ]


def _events(period: Period) -> list[dict[str, Any]]:
    e, p, c = rm.Event, rm.Participation, rm.Certificate
    held = (
        read()
        .scalars(
            sa.select(e)
            .where(e.starts_on.between(period.first, period.last), e.state.in_(sorted(HELD)))
            .order_by(e.starts_on, e.title, e.id)
        )
        .all()
    )
    ids = [event.id for event in held]
    people: Counter[tuple[Any, str]] = Counter()
    states = sa.select(p.event_id, p.state, sa.func.count()).where(p.event_id.in_(ids))
    for event_id, state, number in read().execute(states.group_by(p.event_id, p.state)):
        people[event_id, state] = number
    issued = sa.select(c.event_id).where(c.event_id.in_(ids))
    certificates = Counter(read().scalars(issued))
    return [
        {
            "title": event.title,
            "kind": event.kind,
            "mode": event.mode,
            "day": _plain(rows.event_day(event)),
            "expected": sum(people[event.id, state] for state in EXPECTED),
            "present": sum(people[event.id, state] for state in PRESENT),
            "certificates": certificates[event.id],
        }
        for event in held
    ]


def _contests(period: Period) -> list[dict[str, Any]]:
    return [
        {
            "title": contest.title,
            "closes_on": contest.closes_on.isoformat(),
            "nominations": [
                {
                    "title": nomination.title,
                    "entries": nomination.entries,
                    "admitted": nomination.admitted,
                    "awarded": nomination.awarded,
                }
                for nomination in contest.nominations
            ],
        }
        for contest in contests(PUBLIC, period.first, period.last)
    ]


def _plain(cell: rows.Cell) -> Any:
    """A cell as JSON holds it; dates as they are printed."""
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell
