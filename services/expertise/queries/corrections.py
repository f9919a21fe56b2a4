"""What appeals have corrected: the commission's values stand in for the experts' marks (BR-59, BR-60)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import Appeal, AppealCorrection, Entry, Nomination, Rubric, Stage
from services.expertise.rules.appeals import Corrections, corrected, recount
from services.expertise.rules.rubrics import Rubric as Criteria
from services.expertise.rules.states import APPEAL_IS_DECIDED
from services.expertise.rules.vocabulary import StageKind


@dataclass(frozen=True)
class Correction:
    """What one appeal set, by stage and criterion; ``appeal_id`` is None while it is only considered."""

    appeal_id: UUID | None
    rubric: Criteria
    values: Corrections

    def sheet(self, stage: StageKind, scores: Mapping[str, str]) -> tuple[Decimal, dict[str, str]]:
        """The percent and the scores of a sheet as they count now; the sheet itself stays as signed (BR-46)."""
        exact = {code: Decimal(value) for code, value in scores.items()}
        (percent,) = recount([(stage, exact)], self.rubric, self.values)
        now = corrected(exact, self.values.get(stage, {}))
        return percent, {code: plain(value) for code, value in now.items()}


#: By entry.
Corrected = Mapping[UUID, Correction]


def corrections_of(
    session: Session,
    edition_id: UUID,
    *,
    nominations: Collection[UUID] | None = None,
    appeals: Collection[UUID] | None = None,
) -> dict[UUID, Correction]:
    """Corrections of an edition by entry: of all decided appeals, or of these only."""
    found: dict[UUID, dict[StageKind, dict[str, Decimal]]] = {}
    about: dict[UUID, tuple[UUID, Criteria]] = {}
    rubrics: dict[UUID, Criteria] = {}
    statement = (
        sa.select(
            Appeal.id, Appeal.entry_id, Stage.kind, AppealCorrection.criterion, AppealCorrection.value, Rubric
        )
        .join(AppealCorrection, AppealCorrection.appeal_id == Appeal.id)
        .join(Stage, Stage.id == AppealCorrection.stage_id)
        .join(Entry, Entry.id == Appeal.entry_id)
        .join(Nomination, Nomination.id == Entry.nomination_id)
        .join(Rubric, Rubric.id == Nomination.rubric_id)
        .where(Entry.edition_id == edition_id, Appeal.state.in_(APPEAL_IS_DECIDED))
    )
    if nominations is not None:
        statement = statement.where(Entry.nomination_id.in_(nominations))
    if appeals is not None:
        statement = statement.where(Appeal.id.in_(appeals))
    for appeal_id, entry_id, stage, criterion, value, rubric in session.execute(statement):
        if rubric.id not in rubrics:
            rubrics[rubric.id] = rubric.rules
        about[entry_id] = (appeal_id, rubrics[rubric.id])
        found.setdefault(entry_id, {}).setdefault(stage, {})[criterion] = value
    return {key: Correction(*about[key], values) for key, values in found.items()}


def plain(value: Decimal) -> str:
    """A mark as a scale writes it: 2 and not 2.0000, whichever database kept it."""
    return f"{value.normalize():f}"
