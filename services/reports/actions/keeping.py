"""Plans, and values from documents of a time before our records."""

from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from services.reports import access
from services.reports.model import NETWORK, ImportedValue, Plan
from services.reports.queries import municipality_names
from services.reports.rules.catalogue import checked_value, known_indicator
from services.reports.rules.terms import Comparator
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work


def import_indicator(
    who: Person,
    *,
    code: str,
    year: int,
    comparator: Comparator | str,
    value: Decimal | int | str,
    source: str,
    municipality_oktmo: str | None = None,
) -> UUID:
    """Enter a value from a document, with its comparator and reference; entering it again corrects it.

    The «more than 37 %» of Krasnodar in 2016 is entered as «>» and 37 (S-005). It is shown only where no
    record of ours stands behind the number.
    """
    with work(who) as u:
        access.must_keep(who)
        indicator = known_indicator(code)
        amount = checked_value(indicator.unit, Decimal(value))
        if year > clock.today().year:
            raise Refused("INDICATOR", N_("Значение за будущий год внести нельзя"), field="year")
        if not source.strip():
            raise Refused("BR-63", N_("Укажите документ, из которого взято значение"), field="source")
        _check_scope(code, indicator.territorial, municipality_oktmo)
        scope = municipality_oktmo or NETWORK
        found = u.session.scalar(
            sa.select(ImportedValue).where(
                ImportedValue.code == code,
                ImportedValue.municipality_oktmo == scope,
                ImportedValue.year == year,
            )
        )
        before = f"{found.comparator.value} {found.value:f}" if found else None
        entered = found or u.add(ImportedValue(code=code, municipality_oktmo=scope, year=year))
        entered.comparator, entered.value, entered.source = Comparator(comparator), amount, source.strip()
        after = f"{entered.comparator.value} {amount:f}"
        note = {"code": code, "year": year, "before": before, "after": after}
        u.journal("indicator.imported", entered, note=note)
        return entered.id


def _check_scope(code: str, territorial: bool, oktmo: str | None) -> None:
    if oktmo is None:
        return
    if not territorial:
        raise Refused(
            "INDICATOR",
            N_("Показатель %(code)s считается только по сети в целом"),
            field="municipality_oktmo",
            code=code,
        )
    if oktmo not in municipality_names(clock.today()):
        raise Refused(
            "INDICATOR",
            N_("Муниципалитета с кодом %(oktmo)s нет в реестре"),
            field="municipality_oktmo",
            oktmo=oktmo,
        )


def set_plan(who: Person, *, code: str, year: int, value: Decimal | int | str) -> UUID:
    """Set what the network means to reach by the end of a year; setting it again changes the plan.

    Reports that are already issued keep the plan of their day (BR-63).
    """
    with work(who) as u:
        access.must_keep(who)
        amount = checked_value(known_indicator(code).unit, Decimal(value))
        plan = u.session.scalar(sa.select(Plan).where(Plan.code == code, Plan.year == year))
        before = f"{plan.value:f}" if plan else None
        if plan is None:
            plan = u.add(Plan(code=code, year=year))
        plan.value = amount
        note = {"code": code, "year": year, "before": before, "after": f"{amount:f}"}
        u.journal("plan.set", plan, note=note)
        return plan.id
