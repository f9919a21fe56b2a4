"""What the operator keeps: plans, imported values, and what is left to do today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from services.reports import access, model
from services.reports.queries import facts
from services.reports.queries.values import municipality_names, plans_of, values_of
from services.reports.rules.catalogue import INDICATORS, indicator
from services.reports.rules.display import printed
from services.reports.rules.indicators import Value
from services.reports.rules.network import active_platforms
from services.reports.rules.periods import last_closed_year, year_of
from services.reports.rules.terms import Comparator, ReportState
from shared import clock
from shared.person import Person
from shared.unit import read


@dataclass(frozen=True)
class PlanRow:
    """A plan as shown in a list."""

    id: UUID
    code: str
    title: str
    year: int
    value: Decimal
    shown: str


def plans(who: Person, year: int | None = None) -> list[PlanRow]:
    """Plans of the network, the latest year first; open, as the deviations in a report are."""
    c = model.Plan
    statement = sa.select(c).order_by(c.year.desc(), c.code)
    if year is not None:
        statement = statement.where(c.year == year)
    return [
        PlanRow(
            p.id, p.code, indicator(p.code).title, p.year, p.value, printed(p.value, indicator(p.code).unit)
        )
        for p in read().scalars(statement)
        for found in [indicator(p.code)]
    ]


@dataclass(frozen=True)
class ImportRow:
    """An imported value as shown in a list."""

    id: UUID
    code: str
    title: str
    municipality_oktmo: str | None
    municipality: str | None
    year: int
    comparator: Comparator
    value: Decimal
    shown: str
    source: str


def imports(who: Person, code: str | None = None) -> list[ImportRow]:
    """Imported values that this person may see, the latest year first; places as called at the end of the year."""
    c = model.ImportedValue
    statement = sa.select(c).order_by(c.year.desc(), c.code, c.municipality_oktmo)
    if code is not None:
        statement = statement.where(c.code == code)
    found = read().scalars(statement).all()
    places = {year: municipality_names(date(year, 12, 31)) for year in {one.year for one in found}}
    return [
        ImportRow(
            one.id,
            one.code,
            indicator(one.code).title,
            one.municipality_oktmo or None,
            places[one.year].get(one.municipality_oktmo, one.municipality_oktmo) or None,
            one.year,
            one.comparator,
            one.value,
            printed(one.value, indicator(one.code).unit, one.comparator),
            one.source,
        )
        for one in found
        if access.sees_imports(who, one.municipality_oktmo or None)
    ]


@dataclass(frozen=True)
class HomeValues:
    """Numbers of a person's own municipality."""

    oktmo: str
    name: str
    values: Sequence[Value]


@dataclass(frozen=True, kw_only=True)
class Today:
    """What a signed-in person must do, or wants to see, today (model 3.6)."""

    keeper: bool
    year_without_report: int | None
    codes_without_plan: Sequence[str]
    municipalities_without_count: Sequence[str]
    latest: model.NetworkReport | None
    homes: Sequence[HomeValues]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        nothing_to_do = not (
            self.year_without_report or self.codes_without_plan or self.municipalities_without_count
        )
        return nothing_to_do and self.latest is None and not self.homes


def today(who: Person) -> Today:
    """The reports part of the person's cabinet."""
    day = clock.today()
    keeper = access.may_keep(who)
    return Today(
        keeper=keeper,
        year_without_report=_year_without_report(day) if keeper else None,
        codes_without_plan=_codes_without_plan(day.year) if keeper else (),
        municipalities_without_count=_without_count(day) if keeper else (),
        latest=_latest() if access.sees_everywhere(who) or access.home(who) else None,
        homes=_homes(who, day),
    )


def _year_without_report(day: date) -> int | None:
    """The last closed year, while no valid report covers its end."""
    year = last_closed_year(day)
    c = model.NetworkReport
    statement = sa.select(c.id).where(
        c.year == year, c.as_of == date(year, 12, 31), c.state == ReportState.ISSUED
    )
    return None if read().scalar(statement.limit(1)) else year


def _codes_without_plan(year: int) -> list[str]:
    planned = plans_of(year)
    return [one.code for one in INDICATORS if one.code not in planned]


def _without_count(day: date) -> list[str]:
    """Municipalities with platforms whose number of organisations is unknown: I-01 has no denominator."""
    known = facts.load(day, year_of(day))
    counted = {one.municipality for one in known.org_counts}
    active = {platform.municipality for platform in active_platforms(known) if platform.municipality}
    places = municipality_names(day)
    return sorted(places.get(oktmo, oktmo) for oktmo in active - counted)


def _latest() -> model.NetworkReport | None:
    c = model.NetworkReport
    valid = sa.select(c).where(c.state == ReportState.ISSUED)
    return read().scalar(valid.order_by(c.as_of.desc(), c.number.desc()).limit(1))


def _homes(who: Person, day: date) -> list[HomeValues]:
    places = municipality_names(day)
    return [
        HomeValues(oktmo, places.get(oktmo, oktmo), values_of(facts.load(day, year_of(day), oktmo)))
        for oktmo in sorted(access.home(who))
    ]
