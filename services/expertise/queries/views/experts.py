"""Experts, assignments and the matrix as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.expertise.queries.views.entries import SheetView
from services.expertise.rules.policy import Policy
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.scoring import StageScore
from services.expertise.rules.vocabulary import (
    AssignmentKind,
    AssignmentState,
    ConflictKind,
    ExpertLevel,
    StageKind,
)


@dataclass(frozen=True, kw_only=True)
class ExpertLine:
    """An expert with place of work and the load of the current stages."""

    expert_id: UUID
    person_id: UUID
    name: str
    organisation_name: str | None
    municipality_name: str | None
    level: ExpertLevel
    max_load: int
    specialities: Sequence[str]
    load: int = 0


@dataclass(frozen=True, kw_only=True)
class AssignmentLine:
    """An assignment in the expert's queue: what is needed to see a conflict before acceptance (BR-42)."""

    assignment_id: UUID
    entry_id: UUID
    reg_no: str
    topic: str
    applicant_name: str
    edition_title: str
    nomination_title: str
    stage_kind: StageKind
    kind: AssignmentKind
    state: AssignmentState
    due_at: datetime
    is_overdue: bool
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class AssignmentCard(AssignmentLine):
    """An assignment with its entry, rubric and sheet; the entry opens after acceptance (BR-42)."""

    may_read: bool
    summary: str
    rubric: Rubric
    policy: Policy
    sheet: SheetView | None


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    """How an expert stands to an entry: assigned, in conflict, or free."""

    assignment_id: UUID | None = None
    state: AssignmentState | None = None
    kind: AssignmentKind | None = None
    conflict: ConflictKind | None = None


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """An entry with its experts."""

    entry_id: UUID
    reg_no: str
    applicant_name: str
    nomination_code: str
    cells: Mapping[UUID, MatrixCell]
    assigned: int
    result: StageScore

    @property
    def lacks(self) -> bool:
        """Whether the entry waits for an extra expert (BR-49)."""
        return self.result.lacks_extra


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Entries × experts of one stage."""

    stage_kind: StageKind
    min_experts: int
    experts: Sequence[ExpertLine]
    rows: Sequence[MatrixRow]
