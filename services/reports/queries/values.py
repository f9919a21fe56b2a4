"""Values of indicators on a date and for a period, for the network or one municipality."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from services.reports import access, model
from services.reports import readmodel as rm
from services.reports.queries import facts
from services.reports.rules.catalogue import INDICATORS, Indicator, indicator
from services.reports.rules.facts import Facts
from services.reports.rules.indicators import Imported, Value, value_of
from services.reports.rules.periods import Period
from services.reports.rules.terms import ReportState
from shared.person import Person
from shared.unit import read


def indicators(
    who: Person, as_of: date, period_from: date, period_to: date, municipality: str | None = None
) -> list[Value]:
    """All indicators as of the date and for the period; for a municipality only those it can have."""
    access.must_see_municipality(who, municipality)
    return values_of(facts.load(as_of, Period(period_from, period_to), municipality))


def value(who: Person, code: str, as_of: date, period: Period, municipality: str | None = None) -> Value:
    """One indicator."""
    access.must_see_municipality(who, municipality)
    [found] = values_of(facts.load(as_of, period, municipality), [indicator(code)])
    return found


def values_of(known: Facts, wanted: Iterable[Indicator] = INDICATORS) -> list[Value]:
    """Values on facts that are already loaded."""
    plans = plans_of(known.as_of.year) if known.municipality is None else {}
    imported = imports_of(known.as_of.year, known.municipality)
    return [
        value_of(one, known, imported=imported.get(one.code), plan=plans.get(one.code))
        for one in wanted
        if known.municipality is None or one.territorial
    ]


def plans_of(year: int) -> dict[str, Decimal]:
    """Plans of a year by code; they belong to the network as a whole."""
    statement = sa.select(model.Plan.code, model.Plan.value).where(model.Plan.year == year)
    return {row.code: row.value for row in read().execute(statement)}


def imports_of(year: int, municipality: str | None) -> dict[str, Imported]:
    """Imported values of a year and territory by code."""
    c = model.ImportedValue
    rows = read().execute(
        sa.select(c.code, c.value, c.comparator, c.source).where(
            c.year == year, c.municipality_oktmo == (municipality or model.NETWORK)
        )
    )
    return {row.code: Imported(row.value, row.comparator, row.source) for row in rows}


@dataclass(frozen=True)
class Territory:
    """I-01 of one municipality."""

    oktmo: str
    name: str
    value: Value


def territories(who: Person, code: str, as_of: date, period: Period) -> list[Territory]:
    """An indicator by municipality, as far as the person may see; without data a municipality is left out."""
    whole = facts.load(as_of, period)
    found = []
    for oktmo, name in municipality_names(as_of).items():
        if not access.sees_municipality(who, oktmo):
            continue
        [one] = values_of(_narrowed(whole, oktmo), [indicator(code)])
        if one.value is not None:
            found.append(Territory(oktmo, name, one))
    return found


def _narrowed(whole: Facts, oktmo: str) -> Facts:
    return Facts(**{**vars(whole), "municipality": oktmo})


def municipality_names(on: date) -> dict[str, str]:
    """Names of municipalities valid on a day by OKTMO code, in the order of the alphabet (BR-11)."""
    known = read().scalars(sa.select(rm.Municipality).order_by(rm.Municipality.short_name))
    return {one.oktmo: one.called_on(on) for one in known}


def municipality_choices(who: Person, on: date) -> dict[str, str]:
    """Municipalities whose numbers this person may ask for, under the names of a day."""
    return {
        oktmo: name for oktmo, name in municipality_names(on).items() if access.sees_municipality(who, oktmo)
    }


@dataclass(frozen=True)
class UsualDate:
    """The date that is shown when nobody asks for another; `of_report` when it is not today."""

    day: date
    of_report: bool


def usual_date(today: date) -> UsualDate:
    """Today while the network works by agreements; otherwise the date of its last valid report."""
    c, r = rm.Agreement, model.NetworkReport
    working = read().scalar(
        sa.select(c.id)
        .where(c.in_force_from <= today, c.valid_to >= today)
        .where(sa.or_(c.ended_on.is_(None), c.ended_on > today))
        .limit(1)
    )
    if working is None:
        last = read().scalar(sa.select(sa.func.max(r.as_of)).where(r.state == ReportState.ISSUED))
        if last is not None and last != today:
            return UsualDate(last, of_report=True)
    return UsualDate(today, of_report=False)
