"""One page of a long rating: the database counts, ties are separated only where they are shown (BR-47…BR-53).

Every number is the one of :func:`standings`; nothing is kept between two askings, so nothing can be stale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import (
    Assignment,
    ContestEdition,
    Decision,
    Entry,
    Nomination,
    ScoreSheet,
    Stage,
)
from services.expertise.queries import names
from services.expertise.queries.standings import of_entries
from services.expertise.queries.views import RatingRow, Standing
from services.expertise.rules.policy import Policy
from services.expertise.rules.ranking import Contender, Place, rank
from services.expertise.rules.scoring import passes
from services.expertise.rules.states import RANKED
from services.expertise.rules.tally import (
    MEDIAN_KNOWN,
    Tally,
    decimal_of,
    final_by,
    half_up_of,
    stage_points,
    takes_means_only,
    window,
)
from services.expertise.rules.vocabulary import AssignmentKind, EntryState, SheetState, StageKind, TieBreaker

#: More than any final score in hundredths: a stage more is above every score.
_ABOVE = 100_001


class TooManySheets(Exception):
    """The sums do not tell a median, a kept priority percent or what an appeal corrected: count the long way."""


@dataclass(slots=True)
class Counted:
    """An entry with what the database counted about it; ``scores`` by stage, in hundredths."""

    entry_id: UUID
    scores: Sequence[int | None]
    final: int | None
    passed: int
    order: int


def counted_rows(
    session: Session, edition: ContestEdition, nomination: Nomination, first: int, size: int
) -> tuple[list[RatingRow], int]:
    """The rows of a window with their places, and how many entries the nomination has."""
    stages = edition.expert_stages
    policy = edition.policy
    counted = _counted(session, stages, nomination.id, policy)
    placed = sorted((one for one in counted if one.final is not None), key=_order)
    groups = list(window(placed, _order, first, size))
    tied = [one.entry_id for _, group in groups if len(group) > 1 for one in group]
    facts = _tie_facts(session, tied, nomination) if tied else {}
    rows: list[tuple[UUID, Place | None]] = []
    for place, group in groups:
        shown = slice(max(0, first + 1 - place), first + size + 1 - place)
        rows += _split(group, place, stages, facts, policy)[shown]
    if len(rows) < size and len(placed) < len(counted):
        start = max(0, first - len(placed))
        without = [one.entry_id for one in counted if one.final is None]
        rows += [(key, None) for key in _by_number(session, without)[start : start + size - len(rows)]]
    return _shown(session, edition, nomination, policy, rows), len(counted)


def _order(one: Counted) -> int:
    return one.order


def _cents(percent: Any) -> Any:
    """A sum, least or greatest of percents with two decimals as a whole number, on every database."""
    return sa.cast(sa.func.round(percent * 100), sa.BigInteger())


def _counted(
    session: Session, stages: Sequence[Stage], nomination_id: UUID, policy: Policy
) -> list[Counted]:
    percent = sa.cast(sa.type_coerce(ScoreSheet.percent, sa.Numeric(12, 4)), sa.Numeric(12, 4))
    means = takes_means_only(policy)
    columns: list[Any] = []
    for stage in stages:

        def of(found: Any, here: Any = ScoreSheet.stage_id == stage.id) -> Any:
            return found.filter(here) if len(stages) > 1 else found

        columns += [of(sa.func.count(ScoreSheet.id)), _cents(of(sa.func.sum(percent)))]
        if not means:
            extra = sa.case((Assignment.kind == AssignmentKind.EXTRA, 1))
            columns += [_cents(of(fn(percent))) for fn in (sa.func.min, sa.func.max)]
            columns.append(of(sa.func.count(extra)))
    statement = (
        sa.select(Entry.id, Entry.state == EntryState.FINALIST, *columns)
        .outerjoin(
            ScoreSheet,
            sa.and_(
                ScoreSheet.entry_id == Entry.id,
                ScoreSheet.stage_id.in_([stage.id for stage in stages]),
                ScoreSheet.state == SheetState.SIGNED,
            ),
        )
        .where(Entry.nomination_id == nomination_id, Entry.state.in_(RANKED))
        .group_by(Entry.id)
    )
    if not means:
        statement = statement.outerjoin(Assignment, Assignment.id == ScoreSheet.assignment_id)
    final = final_by([stage.weight for stage in stages])
    width = 2 if means else 5
    counted = []
    for row in session.execute(statement).all():
        scores: list[int | None] = []
        for at in range(2, 2 + width * len(stages), width):
            sheets = row[at]
            if not sheets:
                scores.append(None)
            elif means:
                scores.append(half_up_of(row[at + 1], sheets))
            elif sheets > MEDIAN_KNOWN:
                raise TooManySheets
            else:
                lowest, highest, extras = row[at + 2 : at + 5]
                scores.append(stage_points(Tally(sheets, row[at + 1], lowest, highest, extras > 0), policy))
        passed = len(scores) if row[1] else len(scores) - scores.count(None)
        points = final(scores)
        counted.append(Counted(row[0], scores, points, passed, -passed * _ABOVE - (points or 0)))
    return counted


def _split(
    group: list[Counted],
    place: int,
    stages: Sequence[Stage],
    facts: Mapping[UUID, tuple[Any, Decimal | None, int | None]],
    policy: Policy,
) -> list[tuple[UUID, Place | None]]:
    """The places of a group of equals, separated by the tie-breakers of the edition (BR-53)."""
    if len(group) == 1:
        return [(group[0].entry_id, Place(group[0].entry_id, place))]
    at = next((n for n, stage in enumerate(stages) if stage.kind is StageKind.IN_PERSON), None)
    contenders = [
        Contender(
            entry_id=one.entry_id,
            final=decimal_of(one.final),  # type: ignore[arg-type]  # ranked entries have a final score
            submitted_at=facts[one.entry_id][0],
            stages_passed=one.passed,
            priority=facts[one.entry_id][1],
            in_person=decimal_of(one.scores[at]) if at is not None else None,
            votes=facts[one.entry_id][2],
        )
        for one in group
    ]
    return [
        (one.entry_id, Place(one.entry_id, one.place + place - 1, one.tie_breakers))
        for one in rank(contenders, policy.tie)
    ]


def _tie_facts(
    session: Session, entry_ids: Sequence[UUID], nomination: Nomination
) -> dict[UUID, tuple[Any, Decimal | None, int | None]]:
    """Moment of submission, mean priority percent, votes of the tied entries."""
    marked = any(criterion.priority for criterion in nomination.rubric.rules.criteria)
    priority = sa.cast(sa.type_coerce(ScoreSheet.priority, sa.Numeric(12, 4)), sa.Numeric(12, 4))
    rows = session.execute(
        sa.select(
            Entry.id,
            Entry.submitted_at,
            sa.func.count(ScoreSheet.id),
            sa.func.count(ScoreSheet.priority),
            _cents(sa.func.sum(priority)),
            sa.func.max(sa.func.coalesce(Decision.tie_votes, Decision.votes_for)),
        )
        .outerjoin(
            ScoreSheet,
            sa.and_(ScoreSheet.entry_id == Entry.id, ScoreSheet.state == SheetState.SIGNED),
        )
        .outerjoin(Decision, sa.and_(Decision.entry_id == Entry.id, Decision.in_force))
        .where(Entry.id.in_(entry_ids))
        .group_by(Entry.id, Entry.submitted_at)
    )
    facts = {}
    for key, submitted_at, sheets, kept, total, votes in rows:
        if marked and kept < sheets:
            raise TooManySheets
        mean = decimal_of(half_up_of(total, kept)) if marked and kept else None
        facts[key] = (submitted_at, mean, votes)
    return facts


def _by_number(session: Session, entry_ids: Sequence[UUID]) -> Sequence[UUID]:
    """Entries without a score come last, by their registration numbers."""
    return session.scalars(sa.select(Entry.id).where(Entry.id.in_(entry_ids)).order_by(Entry.reg_no)).all()


def _shown(
    session: Session,
    edition: ContestEdition,
    nomination: Nomination,
    policy: Policy,
    rows: Sequence[tuple[UUID, Place | None]],
) -> list[RatingRow]:
    standing = of_entries(session, edition, [key for key, _ in rows])
    codes = names.expert_codes(session, edition.id)
    organisations = names.organisations_called(session, {one.applicant_id for one in standing.values()})
    return [
        rating_row(
            standing[key],
            place.place if place else None,
            place.tie_breakers if place else (),
            codes,
            organisations(standing[key].applicant_id, standing[key].submitted_at),
            policy,
            nomination.quota,
        )
        for key, place in rows
    ]


def rating_row(
    one: Standing,
    place: int | None,
    tie_breakers: Sequence[TieBreaker],
    codes: Mapping[UUID, str],
    applicant_name: str,
    policy: Policy,
    quota: int | None,
) -> RatingRow:
    """A line of the rating: experts are coded (BR-61)."""
    return RatingRow(
        **{**vars(one), "place": place, "tie_breakers": tie_breakers},
        applicant_name=applicant_name,
        coded=[(codes[cell.expert_id], cell) for cell in one.cells],
        passing=passes(one.final, place, policy, quota),
    )
