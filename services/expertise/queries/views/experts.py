"""Experts, assignments and the matrix as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from services.expertise.queries.views.entries import FileView, SheetView
from services.expertise.rules.policy import Policy
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.scoring import CommentReason, StageScore
from services.expertise.rules.vocabulary import (
    AssignmentKind,
    AssignmentState,
    ConflictKind,
    ConflictLevel,
    ExpertLevel,
    Recommendation,
    StageKind,
)
from shared.refusal import Refused


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
    waiting: int = 0
    overdue: int = 0

    @property
    def is_full(self) -> bool:
        """Whether the expert holds as many entries as the profile allows, or more (BR-43)."""
        return self.load >= self.max_load


@dataclass(frozen=True)
class ExpertLoad:
    """What an expert holds at one stage of an edition."""

    edition_id: UUID
    edition_title: str
    stage_kind: StageKind
    assigned: int
    done: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class ExpertCard(ExpertLine):
    """The profile of an expert."""

    loads: Sequence[ExpertLoad]


@dataclass(frozen=True, kw_only=True)
class AssignmentLine:
    """An assignment in the expert's queue: what is needed to see a conflict before acceptance (BR-42)."""

    assignment_id: UUID
    entry_id: UUID
    reg_no: str
    topic: str
    #: Nothing in a blind edition (F18).
    applicant_name: str | None
    edition_title: str
    nomination_title: str
    stage_kind: StageKind
    kind: AssignmentKind
    state: AssignmentState
    due_at: datetime
    is_overdue: bool
    is_open: bool
    is_blind: bool = False


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """A draft as typed: version, what it comes to, what it lacks for a signature (BR-45, BR-47)."""

    version: int
    scores: Mapping[str, str]
    comments: Mapping[str, str]
    conclusion: str
    remarks: str
    recommendation: Recommendation | None
    total: Decimal
    percent: Decimal
    maximum: Decimal
    reasons: Mapping[str, CommentReason]
    faults: Mapping[str, Refused]


@dataclass(frozen=True, kw_only=True)
class AssignmentCard(AssignmentLine):
    """An assignment with its entry, rubric and sheet; the entry opens after acceptance (BR-42)."""

    may_read: bool
    summary: str
    rubric: Rubric
    policy: Policy
    sheet: SheetView | None
    cancelled: Sequence[SheetView]
    draft: DraftView
    files: Sequence[FileView]
    hints: Sequence[ConflictKind]


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    """How an expert stands to an entry: assigned, in conflict, or free."""

    assignment_id: UUID | None = None
    state: AssignmentState | None = None
    kind: AssignmentKind | None = None
    conflict: ConflictKind | None = None
    level: ConflictLevel | None = None

    @property
    def barred(self) -> bool:
        """Whether the conflict forbids the pair; a soft one the secretary may override (BR-41)."""
        return self.level is ConflictLevel.HARD


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
