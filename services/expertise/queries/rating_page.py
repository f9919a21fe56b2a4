"""One page of a long rating: the database counts, ties are separated only where they are shown (BR-47…BR-53).

Every number is the one of :func:`standings`; nothing is kept between two askings, so nothing can be stale.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import Assignment, ContestEdition, Decision, Entry, Nomination, ScoreSheet, Stage
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
    window,
)
from services.expertise.rules.vocabulary import AssignmentKind, EntryState, SheetState, StageKind, TieBreaker

#: Columns of one stage in the counted rows: sheets, sum, lowest, highest, extra sheets.
_WIDTH = 5


class TooManySheets(Exception):
    """The sums do not tell a median, or old sheets do not keep their priority percent: count the long way."""


class Counted:
    """An entry with what the database counted about it; ``scores`` by stage, in hundredths."""

    __slots__ = ("entry_id", "final", "passed", "row", "scores")

    def __init__(self, row: Any, scores: Sequence[int | None], final: int | None, passed: int) -> None:
        self.row = row
        self.entry_id: UUID = row[0]
        self.scores = scores
        self.final = final
        self.passed = passed


def counted_rows(
    session: Session, edition: ContestEdition, nomination: Nomination, first: int, size: int
) -> tuple[list[RatingRow], int]:
    """The rows of a window with their places, and how many entries the nomination has."""
    stages = edition.expert_stages
    policy = edition.policy
    counted = _counted(session, stages, nomination.id, policy)
    placed = sorted((one for one in counted if one.final is not None), key=_order)
    rows: list[tuple[UUID, Place | None]] = []
    for place, group in window(placed, _order, first, size):
        rows += _split(session, group, place, stages, nomination, policy)[
            max(0, first + 1 - place) : first + size + 1 - place
        ]
    unplaced = sorted((one for one in counted if one.final is None), key=lambda one: one.row[2] or "")
    start = max(0, first - len(placed))
    rows += [(one.entry_id, None) for one in unplaced[start : start + size - len(rows)]]
    return _shown(session, edition, nomination, rows), len(counted)


def _order(one: Counted) -> tuple[int, int]:
    assert one.final is not None
    return -one.passed, -one.final


def _cents(column: Any) -> Any:
    """A percent with two decimals as a whole number of hundredths, on every database."""
    return sa.cast(sa.func.round(sa.cast(column, sa.Numeric()) * 100), sa.BigInteger())


def _counted(
    session: Session, stages: Sequence[Stage], nomination_id: UUID, policy: Policy
) -> list[Counted]:
    percent = _cents(sa.type_coerce(ScoreSheet.percent, sa.Numeric()))
    columns: list[Any] = []
    for stage in stages:
        here = ScoreSheet.stage_id == stage.id
        extra = sa.and_(here, Assignment.kind == AssignmentKind.EXTRA)
        columns += [
            sa.func.count(ScoreSheet.id).filter(here),
            sa.func.sum(percent).filter(here),
            sa.func.min(percent).filter(here),
            sa.func.max(percent).filter(here),
            sa.func.count(ScoreSheet.id).filter(extra),
        ]
    rows = session.execute(
        sa.select(Entry.id, sa.type_coerce(Entry.state, sa.String()), Entry.reg_no, *columns)
        .outerjoin(
            ScoreSheet,
            sa.and_(
                ScoreSheet.entry_id == Entry.id,
                ScoreSheet.stage_id.in_([stage.id for stage in stages]),
                ScoreSheet.state == SheetState.SIGNED,
            ),
        )
        .outerjoin(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(Entry.nomination_id == nomination_id, Entry.state.in_(RANKED))
        .group_by(Entry.id)
    ).all()
    final = final_by([stage.weight for stage in stages])
    finalist = EntryState.FINALIST.value
    counted = []
    for row in rows:
        scores = []
        for at in range(3, 3 + _WIDTH * len(stages), _WIDTH):
            sheets, total, lowest, highest, extras = row[at : at + _WIDTH]
            if sheets > MEDIAN_KNOWN:
                raise TooManySheets
            scores.append(
                stage_points(Tally(sheets, int(total), lowest, highest, extras > 0), policy) if sheets else None
            )
        passed = len(scores) if row[1] == finalist else sum(score is not None for score in scores)
        counted.append(Counted(row, scores, final(scores), passed))
    return counted


def _split(
    session: Session,
    group: list[Counted],
    place: int,
    stages: Sequence[Stage],
    nomination: Nomination,
    policy: Policy,
) -> list[tuple[UUID, Place | None]]:
    """The places of a group of equals, separated by the tie-breakers of the edition (BR-53)."""
    if len(group) == 1:
        return [(group[0].entry_id, Place(group[0].entry_id, place))]
    facts = _tie_facts(session, [one.entry_id for one in group], nomination)
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
) -> dict[UUID, tuple[Any, Any, int | None]]:
    """Moment of submission, mean priority percent, votes of the tied entries."""
    marked = any(criterion.priority for criterion in nomination.rubric.rules.criteria)
    priority = _cents(sa.type_coerce(ScoreSheet.priority, sa.Numeric()))
    rows = session.execute(
        sa.select(
            Entry.id,
            Entry.submitted_at,
            sa.func.count(ScoreSheet.id),
            sa.func.count(ScoreSheet.priority),
            sa.func.sum(priority),
            sa.func.max(Decision.votes_for),
        )
        .outerjoin(
            ScoreSheet,
            sa.and_(ScoreSheet.entry_id == Entry.id, ScoreSheet.state == SheetState.SIGNED),
        )
        .outerjoin(Decision, Decision.entry_id == Entry.id)
        .where(Entry.id.in_(entry_ids))
        .group_by(Entry.id, Entry.submitted_at)
    )
    facts = {}
    for key, submitted_at, sheets, kept, total, votes in rows:
        if marked and kept < sheets:
            raise TooManySheets
        mean = decimal_of(half_up_of(int(total), kept)) if marked and kept else None
        facts[key] = (submitted_at, mean, votes)
    return facts


def _shown(
    session: Session,
    edition: ContestEdition,
    nomination: Nomination,
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
            edition.policy,
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
