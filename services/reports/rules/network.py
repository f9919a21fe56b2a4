"""The network on a date: platforms, agreements, municipalities (I-01…I-06)."""

from collections import Counter
from decimal import Decimal

from services.reports.rules.counted import Computed, Detail, count, ratio
from services.reports.rules.facts import Agreement, Facts, Platform, Stage
from services.reports.rules.periods import active_on, in_force_on

TRANSFORMED = "TRANSFORMED"


def active_platforms(facts: Facts) -> list[Platform]:
    """Platforms of any kind whose status is valid on the date (BR-26)."""
    return [platform for platform in facts.platforms if active_on(platform.terms, facts.as_of)]


def innovation_share(facts: Facts) -> Computed:
    """I-01: organisations that hold, lead or join at least one active platform, each counted once (BR-22).

    For the whole network it is the ratio of sums over the municipalities whose number of organisations in
    that year is known; the others would have a numerator without a denominator.
    """
    totals = {
        found.municipality: found
        for found in facts.org_counts
        if found.year == facts.as_of.year and facts.covers(found.municipality)
    }
    workers = {worker for platform in active_platforms(facts) for worker in platform.workers}
    innovative = sorted(
        worker
        for worker in workers
        if worker in facts.organisations and facts.organisations[worker].municipality in totals
    )
    lines = [f"organisation {worker} {facts.organisations[worker].municipality}" for worker in innovative]
    lines += [f"org_count {found.municipality} {found.year} {found.total}" for found in totals.values()]
    return ratio(len(innovative), sum(found.total for found in totals.values()), innovative, lines, times=100)


def platforms_on(facts: Facts) -> Computed:
    """I-02: active platforms supervised by the operator of the network, with the number of each kind."""
    found = [p for p in active_platforms(facts) if p.counts_in_i02 and facts.covers(p.municipality)]
    kinds = Counter(platform.kind for platform in found)
    return count(
        [platform.id for platform in found],
        [f"platform {platform.id} {platform.kind}" for platform in found],
        details=[Detail(kind, Decimal(kinds[kind])) for kind in sorted(kinds)],
    )


def agreements_in_force(facts: Facts) -> list[Agreement]:
    """Agreements in force on the date by their own dates, whatever their state is today (BR-64)."""
    return [
        a
        for a in facts.agreements
        if facts.covers(a.municipality) and in_force_on(facts.as_of, a.in_force_from, a.valid_to, a.ended_on)
    ]


def agreements_on(facts: Facts) -> Computed:
    """I-03: agreements in force on the date."""
    found = agreements_in_force(facts)
    return count([a.id for a in found], [f"agreement {a.id}" for a in found])


def outside_operator_city(facts: Facts) -> list[Agreement]:
    """Agreements in force with municipalities other than the operator's, which takes part by territory."""
    found = agreements_in_force(facts)
    home = {
        a.operator_id: facts.organisations[a.operator_id].municipality
        for a in found
        if a.operator_id in facts.organisations
    }
    return [a for a in found if a.municipality != home.get(a.operator_id)]


def involved_municipalities(facts: Facts) -> Computed:
    """I-04: distinct municipalities of the participants by agreement, without the operator's city (BR-13)."""
    found = outside_operator_city(facts)
    involved = {a.municipality for a in found}
    return count(
        [a.id for a in found], [f"agreement {a.id} {a.municipality}" for a in found], of=len(involved)
    )


def coverage(facts: Facts) -> Computed:
    """I-05: the share of the krai's municipalities that are involved."""
    found = outside_operator_city(facts)
    krai = {m.oktmo for m in facts.municipalities if m.in_krai}
    involved = {a.municipality for a in found} & krai
    lines = [f"agreement {a.id} {a.municipality}" for a in found] + [f"municipality {m}" for m in krai]
    return ratio(len(involved), len(krai), [a.id for a in found], lines, times=100)


def transformed_municipalities(facts: Facts) -> Computed:
    """I-06: municipalities whose last stage entered by the date is TRANSFORMED (S-089)."""
    last: dict[str, Stage] = {}
    for stage in sorted(facts.stages, key=lambda s: (s.since, s.stage == TRANSFORMED)):
        if stage.since <= facts.as_of and facts.covers(stage.municipality):
            last[stage.municipality] = stage
    done = [stage for stage in last.values() if stage.stage == TRANSFORMED]
    return count([s.id for s in done], [f"transformation {s.municipality}" for s in done])
