"""Contests in numbers: entries by nomination, how many were admitted and what was decided."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.reports import readmodel as rm
from services.reports.rules.contests import ADMITTED, POSITIVE
from shared.person import Person
from shared.unit import read

#: An entry counts once it is submitted; what was withdrawn is not a part of the contest.
NOT_COUNTED = frozenset({"DRAFT", "WITHDRAWN"})


@dataclass(frozen=True)
class NominationSummary:
    """A nomination in numbers; `outcomes` are (outcome, number)."""

    code: str
    title: str
    entry_kind: str
    entries: int
    admitted: int
    awarded: int
    outcomes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ContestSummary:
    """An edition in numbers."""

    id: UUID
    title: str
    series_name: str
    year: int
    state: str
    opens_on: date
    closes_on: date
    nominations: tuple[NominationSummary, ...]

    @property
    def entries(self) -> int:
        """All entries of the edition."""
        return sum(nomination.entries for nomination in self.nominations)

    @property
    def admitted(self) -> int:
        """Entries that passed the technical check."""
        return sum(nomination.admitted for nomination in self.nominations)

    @property
    def awarded(self) -> int:
        """Entries decided in the applicant's favour (BR-55)."""
        return sum(nomination.awarded for nomination in self.nominations)


def contests(
    who: Person, closed_from: date | None = None, closed_to: date | None = None
) -> list[ContestSummary]:
    """Editions, the newest first, open to everybody (counts only); a draft is nobody's business yet."""
    c = rm.Edition
    statement = sa.select(c).where(c.state != "DRAFT").order_by(c.closes_on.desc(), c.title)
    if closed_from is not None:
        statement = statement.where(c.closes_on >= closed_from)
    if closed_to is not None:
        statement = statement.where(c.closes_on <= closed_to)
    editions = read().scalars(statement).all()
    entries = _entries([edition.id for edition in editions])
    return [_summary(edition, entries) for edition in editions]


@dataclass(frozen=True)
class _Counted:
    state: str
    outcome: str | None


def _entries(editions: Sequence[UUID]) -> dict[tuple[UUID, UUID], list[_Counted]]:
    c, d = rm.Entry, rm.Decision
    rows = read().execute(
        sa.select(c.edition_id, c.nomination_id, c.state, d.outcome)
        .outerjoin(d, d.id == c.id)
        .where(c.edition_id.in_(editions), c.state.not_in(sorted(NOT_COUNTED)))
    )
    found: dict[tuple[UUID, UUID], list[_Counted]] = defaultdict(list)
    for edition_id, nomination_id, state, outcome in rows:
        found[edition_id, nomination_id].append(_Counted(state, outcome))
    return found


def _summary(edition: rm.Edition, entries: dict[tuple[UUID, UUID], list[_Counted]]) -> ContestSummary:
    nominations = []
    for nomination in edition.nominations:
        counted = entries.get((edition.id, UUID(nomination["nomination_id"])), [])
        outcomes = Counter(entry.outcome for entry in counted if entry.outcome)
        nominations.append(
            NominationSummary(
                code=nomination["code"],
                title=nomination["title"],
                entry_kind=nomination["entry_kind"],
                entries=len(counted),
                admitted=sum(entry.state in ADMITTED for entry in counted),
                awarded=sum(entry.outcome in POSITIVE for entry in counted),
                outcomes=tuple(sorted(outcomes.items())),
            )
        )
    return ContestSummary(
        edition.id,
        edition.title,
        edition.series_name,
        edition.year,
        edition.state,
        edition.opens_on,
        edition.closes_on,
        tuple(nominations),
    )
