"""Contests of a period: experts, their agreement and the results (I-12…I-14)."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from services.reports.rules.counted import Computed, Detail, count, ratio, share
from services.reports.rules.facts import Entry, Facts, Sheet
from services.reports.rules.terms import Unit

EXTRA = "EXTRA"
REGULAR = "REGULAR"
#: Everything behind the technical check.
ADMITTED = frozenset(
    {
        "ADMITTED",
        "ADMITTED_WITH_REMARKS",
        "IN_EXPERTISE",
        "REVISION",
        "SCORED",
        "FINALIST",
        "SCORED_FINAL",
        "AWARDED",
        "LAUREATE",
        "DIPLOMA",
        "PARTICIPANT",
        "DECLINED",
    }
)
#: Outcomes the applicant came for (BR-55).
POSITIVE = frozenset({"AWARD_STATUS", "EXTEND", "COMPLETE", "RECOMMEND", "DIPLOMA"})


def valid_sheets(facts: Facts) -> list[Sheet]:
    """Sheets signed in the period; an expert's later sheet for an entry and stage replaces it (BR-46)."""
    last: dict[tuple[UUID, str, UUID], Sheet] = {}
    for sheet in sorted(facts.sheets, key=lambda s: (s.signed_on, s.id)):
        if sheet.signed_on in facts.period:
            last[sheet.entry_id, sheet.stage, sheet.expert_id] = sheet
    return list(last.values())


def experts_from_tms(facts: Facts) -> Computed:
    """I-12: distinct experts of ТМС with a signed sheet; beside it their share of the sheets."""
    sheets = [
        (s, _is_tms(facts, s.expert_organisation_id))
        for s in valid_sheets(facts)
        if facts.covers(s.expert_municipality)
    ]
    theirs = [s for s, of_tms in sheets if of_tms]
    return count(
        [s.id for s in theirs],
        [f"sheet {s.id} {s.expert_id} {of_tms}" for s, of_tms in sheets],
        of=len({s.expert_id for s in theirs}),
        details=[Detail("SHARE_OF_SHEETS", share(len(theirs), len(sheets)), Unit.PERCENT)],
    )


def _is_tms(facts: Facts, organisation_id: UUID | None) -> bool:
    found = facts.organisations.get(organisation_id) if organisation_id else None
    return found is not None and found.is_tms


def expert_agreement(facts: Facts) -> Computed:
    """I-13: the mean spread (max − min percent) of regular experts, and the share of entries with EXTRA.

    The spread is taken per entry and stage; a single opinion has no spread. Only sheets of closed stages
    count: the marks of the others are not told yet.
    """
    sheets = [(sheet, sheet.percent) for sheet in valid_sheets(facts) if sheet.percent is not None]
    opinions: dict[tuple[UUID, str], list[Decimal]] = defaultdict(list)
    for sheet, percent in sheets:
        if sheet.kind == REGULAR:
            opinions[sheet.entry_id, sheet.stage].append(percent)
    spreads = [max(percents) - min(percents) for percents in opinions.values() if len(percents) > 1]
    entries = {sheet.entry_id for sheet, _ in sheets}
    with_extra = {sheet.entry_id for sheet, _ in sheets if sheet.kind == EXTRA}
    return ratio(
        sum(spreads, Decimal(0)),
        len(spreads),
        [sheet.id for sheet, _ in sheets],
        [f"sheet {s.id} {s.entry_id} {s.stage} {s.kind} {mark.normalize():f}" for s, mark in sheets],
        details=[Detail("SHARE_WITH_EXTRA", share(len(with_extra), len(entries)), Unit.PERCENT)],
    )


def is_awarded(entry: Entry, facts: Facts) -> bool:
    """Whether the council decided in the applicant's favour by the last day of the period."""
    return (
        entry.outcome in POSITIVE and entry.decided_on is not None and entry.decided_on <= facts.period.last
    )


def contest_success(facts: Facts) -> Computed:
    """I-14: awarded / admitted entries of the contests that closed in the period, also by kind of entry."""
    editions = {edition.id for edition in facts.editions if edition.closes_on in facts.period}
    admitted = [
        e
        for e in facts.entries
        if e.edition_id in editions and e.state in ADMITTED and facts.covers(e.municipality)
    ]
    kinds = sorted({entry.kind for entry in admitted})
    return ratio(
        sum(is_awarded(entry, facts) for entry in admitted),
        len(admitted),
        [entry.id for entry in admitted],
        [f"entry {e.id} {e.kind} {is_awarded(e, facts)}" for e in admitted],
        times=100,
        details=[
            Detail(kind, _success([e for e in admitted if e.kind == kind], facts), Unit.PERCENT)
            for kind in kinds
        ],
    )


def _success(entries: list[Entry], facts: Facts) -> Decimal | None:
    return share(sum(is_awarded(entry, facts) for entry in entries), len(entries))
