"""How the entries of an edition stand, computed anew from the signed sheets (BR-47…BR-53).

What an appeal has corrected counts in place of the experts' marks; the sheets stay as signed (BR-59).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import Assignment, ContestEdition, Decision, Entry, Nomination, ScoreSheet
from services.expertise.queries.corrections import Corrected, corrections_of
from services.expertise.queries.views import SheetCell, Standing
from services.expertise.rules.policy import Policy
from services.expertise.rules.ranking import Contender, rank
from services.expertise.rules.scoring import SheetFact, final_score, half_up, priority_percent, stage_score
from services.expertise.rules.states import RANKED
from services.expertise.rules.vocabulary import EntryState, SheetState, StageKind

#: A signed sheet with its percent on the priority criteria, and its scores for sheets that do not keep it.
Sheet = tuple[SheetCell, Decimal | None, dict[str, str]]
Sheets = dict[UUID, list[Sheet]]


def standings(
    session: Session,
    edition: ContestEdition,
    *,
    nominations: Collection[UUID] | None = None,
    votes: Mapping[UUID, int] | None = None,
    corrections: Corrected | None = None,
) -> list[Standing]:
    """Entries with scores, spread, final score and place, by nomination and place.

    ``votes`` are the council's votes for, ``corrections`` what appeals have set; those already recorded are
    taken when they are not given.
    """
    if corrections is None:
        corrections = corrections_of(session, edition.id)
    wanted = [n for n in edition.nominations if nominations is None or n.id in nominations]
    sheets = _signed(session, edition, _of_nominations(wanted), corrections)
    cast = _recorded_votes(session, edition) if votes is None else votes
    policy = edition.policy
    weights = {stage.kind: stage.weight for stage in edition.expert_stages}
    found: list[Standing] = []
    for nomination in wanted:
        rows = _entries(session, Entry.nomination_id == nomination.id)
        unplaced = [_standing(row, sheets.get(row.id, []), weights, policy, cast.get(row.id)) for row in rows]
        found.extend(_placed(unplaced, nomination, sheets, policy))
    return found


def of_entries(
    session: Session, edition: ContestEdition, entry_ids: Collection[UUID]
) -> dict[UUID, Standing]:
    """Some entries with their scores, without places."""
    corrections = corrections_of(session, edition.id)
    sheets = _signed(session, edition, ScoreSheet.entry_id.in_(entry_ids), corrections)
    votes = _recorded_votes(session, edition, Entry.id.in_(entry_ids))
    weights = {stage.kind: stage.weight for stage in edition.expert_stages}
    policy = edition.policy
    return {
        row.id: _standing(row, sheets.get(row.id, []), weights, policy, votes.get(row.id))
        for row in _entries(session, Entry.id.in_(entry_ids))
    }


def scored_percents(session: Session, stage_id: UUID) -> dict[UUID, list[SheetFact]]:
    """Signed sheets of one stage by entry, as the rules of a stage score want them."""
    rows = session.execute(
        sa.select(ScoreSheet.entry_id, ScoreSheet.percent, Assignment.kind)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(ScoreSheet.stage_id == stage_id, ScoreSheet.state == SheetState.SIGNED)
    )
    facts: dict[UUID, list[SheetFact]] = {}
    for entry_id, percent, kind in rows:
        facts.setdefault(entry_id, []).append(SheetFact(percent, kind))
    return facts


def _signed(
    session: Session,
    edition: ContestEdition,
    which: sa.ColumnElement[bool],
    corrections: Corrected,
) -> Sheets:
    kinds = {stage.id: stage.kind for stage in edition.expert_stages}
    rows = session.execute(
        sa.select(
            ScoreSheet.id,
            ScoreSheet.entry_id,
            ScoreSheet.stage_id,
            ScoreSheet.expert_id,
            ScoreSheet.percent,
            ScoreSheet.priority,
            ScoreSheet.scores,
            Assignment.kind,
        )
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(ScoreSheet.stage_id.in_(kinds), ScoreSheet.state == SheetState.SIGNED, which)
        .order_by(ScoreSheet.id)
    )
    sheets: Sheets = {}
    for row in rows:
        percent, priority, scores, appeal_id = row.percent, row.priority, row.scores, None
        if correction := corrections.get(row.entry_id):
            percent, scores = correction.sheet(kinds[row.stage_id], scores)
            priority, appeal_id = None, correction.appeal_id
        cell = SheetCell(
            sheet_id=row.id,
            expert_id=row.expert_id,
            stage_kind=kinds[row.stage_id],
            kind=row.kind,
            percent=percent,
            appeal_id=appeal_id,
        )
        sheets.setdefault(row.entry_id, []).append((cell, priority, scores))
    return sheets


def _of_nominations(nominations: Sequence[Nomination]) -> sa.ColumnElement[bool]:
    """Sheets of entries of these nominations."""
    return ScoreSheet.entry_id.in_(
        sa.select(Entry.id).where(Entry.nomination_id.in_([nomination.id for nomination in nominations]))
    )


def _entries(session: Session, which: sa.ColumnElement[bool]) -> Sequence[Any]:
    return session.execute(
        sa.select(
            Entry.id,
            Entry.reg_no,
            Entry.topic,
            Entry.applicant_id,
            Entry.nomination_id,
            Entry.kind,
            Entry.state,
            Entry.submitted_at,
        )
        .where(which, Entry.state.in_(RANKED))
        .order_by(Entry.reg_no)
    ).all()


def _recorded_votes(
    session: Session, edition: ContestEdition, which: sa.ColumnElement[bool] | None = None
) -> dict[UUID, int]:
    rows = session.execute(
        sa.select(Decision.entry_id, sa.func.coalesce(Decision.tie_votes, Decision.votes_for))
        .join(Entry, Entry.id == Decision.entry_id)
        .where(
            Entry.edition_id == edition.id,
            Decision.in_force,
            sa.true() if which is None else which,
        )
    )
    return {row[0]: row[1] for row in rows}


def _standing(
    row: Any,
    sheets: Iterable[Sheet],
    weights: Mapping[StageKind, Decimal],
    policy: Policy,
    votes: int | None,
) -> Standing:
    cells = [cell for cell, *_ in sheets]
    stages = {
        kind: stage_score([SheetFact(c.percent, c.kind) for c in cells if c.stage_kind is kind], policy)
        for kind in weights
    }
    held = [(weights[kind], stage.score) for kind, stage in stages.items() if stage.score is not None]
    return Standing(
        entry_id=row.id,
        label=row.reg_no,
        topic=row.topic,
        applicant_id=row.applicant_id,
        nomination_id=row.nomination_id,
        kind=row.kind,
        state=row.state,
        submitted_at=row.submitted_at,
        cells=cells,
        stages=stages,
        final=final_score(held),
        votes=votes,
    )


def _placed(
    unplaced: Sequence[Standing],
    nomination: Nomination,
    sheets: Mapping[UUID, list[Sheet]],
    policy: Policy,
) -> list[Standing]:
    """Places within a nomination; entries without a score come last without a place."""
    equal = Counter(one.final for one in unplaced)
    rubric = nomination.rubric.rules
    marked = any(criterion.priority for criterion in rubric.criteria)

    def priority(one: Standing) -> Decimal | None:
        """Only tied entries are asked for it; the printed mean over all valid sheets decides."""
        if equal[one.final] == 1:
            return None
        if not marked:
            return None
        parts = [
            priority_percent(rubric, {code: Decimal(value) for code, value in scores.items()})
            if kept is None
            else kept
            for _, kept, scores in sheets[one.entry_id]
        ]
        known = [Fraction(part) for part in parts if part is not None]
        return half_up(sum(known, Fraction(0)) / len(known)) if known else None

    contenders = [
        Contender(
            entry_id=one.entry_id,
            final=one.final,
            submitted_at=one.submitted_at,
            stages_passed=_stages_passed(one),
            priority=priority(one),
            in_person=one.stages[StageKind.IN_PERSON].score if StageKind.IN_PERSON in one.stages else None,
            votes=one.votes,
        )
        for one in unplaced
        if one.final is not None
    ]
    by_id = {one.entry_id: one for one in unplaced}
    places = rank(contenders, policy.tie)
    placed = [replace(by_id[p.entry_id], place=p.place, tie_breakers=p.tie_breakers) for p in places]
    return placed + [one for one in unplaced if one.final is None]


def _stages_passed(one: Standing) -> int:
    """A finalist stands above the others from the moment of being let in (BR-54)."""
    if one.state is EntryState.FINALIST:
        return len(one.stages)
    return sum(stage.score is not None for stage in one.stages.values())


def snapshot(standing: Sequence[Standing]) -> list[dict[str, Any]]:
    """The rating as data for a protocol (BR-58)."""
    return [
        {
            "entry": str(one.entry_id),
            "reg_no": one.label,
            "sheets": [
                [str(c.sheet_id), str(c.percent)] for c in sorted(one.cells, key=lambda c: c.sheet_id)
            ],
            "stages": {kind.value: str(stage.score) for kind, stage in one.stages.items()},
            "final": str(one.final),
            "place": one.place,
            "tie_breakers": [breaker.value for breaker in one.tie_breakers],
            "votes": one.votes,
            # An entry without an appeal keeps the bytes, and so the hash, of a rating made before appeals.
            **({"appeal": str(one.appeal_id)} if one.appeal_id else {}),
        }
        for one in standing
    ]
