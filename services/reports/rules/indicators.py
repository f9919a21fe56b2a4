"""The formulas by code, and the value of a report: computed, or imported where we kept no records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.reports.rules import contests, gatherings, network
from services.reports.rules.catalogue import Indicator
from services.reports.rules.counted import Computed, Detail
from services.reports.rules.display import deviation, printed
from services.reports.rules.facts import Facts
from services.reports.rules.lineage import lines_hash
from services.reports.rules.terms import Comparator, Source, Span, Unit

FORMULAS: Mapping[str, Callable[[Facts], Computed]] = {
    "I-01": network.innovation_share,
    "I-02": network.platforms_on,
    "I-03": network.agreements_on,
    "I-04": network.involved_municipalities,
    "I-05": network.coverage,
    "I-06": network.transformed_municipalities,
    "I-08": gatherings.held_events,
    "I-09": gatherings.participations,
    "I-10": gatherings.attendance_rate,
    "I-11": gatherings.average_minutes,
    "I-12": contests.experts_from_tms,
    "I-13": contests.expert_agreement,
    "I-14": contests.contest_success,
}


@dataclass(frozen=True)
class Imported:
    """A value from a document of a time before our records, with its comparator and reference."""

    value: Decimal
    comparator: Comparator
    source: str


@dataclass(frozen=True, kw_only=True)
class Value:
    """One number of a report, ready to be shown, explained and checked."""

    code: str
    title: str
    unit: Unit
    formula: str
    value: Decimal | None
    comparator: Comparator
    source: Source
    source_note: str
    plan: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    details: tuple[Detail, ...]
    more_is_better: bool
    records: tuple[UUID, ...]
    inputs_hash: str

    @property
    def records_count(self) -> int:
        """How many records stand behind the number (BR-63)."""
        return len(self.records)

    @property
    def shown(self) -> str:
        """The value as it is printed."""
        return printed(self.value, self.unit, self.comparator)

    @property
    def plan_shown(self) -> str:
        """The plan as it is printed; empty without a plan."""
        return "" if self.plan is None else printed(self.plan, self.unit)

    @property
    def plan_met(self) -> bool | None:
        """Whether the plan is reached; None without a plan or a value."""
        if self.plan is None or self.value is None:
            return None
        return self.value >= self.plan if self.more_is_better else self.value <= self.plan

    @property
    def deviation_shown(self) -> str:
        """Fact minus plan; an inequality such as «> 37» has no deviation."""
        exact = self.comparator is Comparator.EQUAL
        return deviation(self.value, self.plan, self.unit) if exact else ""


def value_of(
    indicator: Indicator, facts: Facts, *, imported: Imported | None = None, plan: Decimal | None = None
) -> Value:
    """The value of an indicator on the facts.

    An imported value is used only where no record stands behind the number: what we can count ourselves
    is always counted.
    """
    computed = FORMULAS[indicator.code](facts)
    use_import = imported is not None and not computed.records
    lines = [*computed.lines]
    if use_import and imported is not None:
        lines.append(f"imported {imported.comparator.value} {imported.value.normalize():f}")
    return Value(
        code=indicator.code,
        title=indicator.title,
        unit=indicator.unit,
        formula=indicator.formula,
        value=imported.value if use_import and imported else computed.value,
        comparator=imported.comparator if use_import and imported else Comparator.EQUAL,
        source=Source.IMPORTED if use_import else Source.COMPUTED,
        source_note=imported.source if use_import and imported else "",
        plan=plan,
        numerator=None if use_import else computed.numerator,
        denominator=None if use_import else computed.denominator,
        details=() if use_import else computed.details,
        more_is_better=indicator.more_is_better,
        records=computed.records,
        inputs_hash=lines_hash(indicator.code, _scope(indicator, facts), lines),
    )


def _scope(indicator: Indicator, facts: Facts) -> list[str]:
    """What was asked, as far as the number depends on it."""
    if indicator.span is Span.DATE:
        asked = [f"as_of {facts.as_of}"]
    else:
        asked = [f"period {facts.period.first} {facts.period.last}"]
    return [*asked, f"municipality {facts.municipality or 'all'}"]
