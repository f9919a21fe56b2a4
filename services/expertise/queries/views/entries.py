"""Entries and score sheets as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.vocabulary import (
    AssignmentKind,
    CheckOutcome,
    EntryKind,
    EntryState,
    Outcome,
    Recommendation,
    ResultTitle,
    SheetState,
    StageKind,
)


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """An entry in a list."""

    entry_id: UUID
    edition_id: UUID
    edition_title: str
    reg_no: str | None
    topic: str
    nomination_id: UUID
    nomination_code: str
    kind: EntryKind
    applicant_id: UUID
    applicant_name: str
    municipality_oktmo: str | None
    state: EntryState
    submitted_at: datetime | None
    fix_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """A technical check."""

    outcome: CheckOutcome
    items: Sequence[Mapping[str, Any]]
    at: datetime
    fix_until: datetime | None
    fixed_at: datetime | None
    fix_note: str | None


@dataclass(frozen=True, kw_only=True)
class RevisionView:
    """A return for revision."""

    remarks: str
    returned_at: datetime
    old_topic: str
    new_topic: str | None
    resubmitted_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class SheetView:
    """A score sheet; the expert is named to the secretariat and coded for everybody else (BR-61)."""

    sheet_id: UUID
    stage_kind: StageKind
    kind: AssignmentKind
    expert_code: str
    expert_name: str | None
    state: SheetState
    scores: Mapping[str, Decimal]
    comments: Mapping[str, str]
    conclusion: str
    remarks: str
    recommendation: Recommendation | None
    total: Decimal
    percent: Decimal
    signed_at: datetime | None
    cancel_reason: str | None


@dataclass(frozen=True, kw_only=True)
class ResultView:
    """What the council decided about an entry."""

    outcome: Outcome
    title: ResultTitle | None
    final_score: Decimal | None
    rank: int | None
    protocol_number: str
    protocol_date: date


@dataclass(frozen=True, kw_only=True)
class EntryCard(EntryLine):
    """An entry as the one who asks may see it."""

    summary: str
    platform_id: UUID | None
    co_applicant_ids: Sequence[UUID]
    co_applicants: Sequence[str]
    contact_name: str | None
    checks: Sequence[CheckView]
    revisions: Sequence[RevisionView]
    rubric: Rubric
    sheets: Sequence[SheetView]
    result: ResultView | None
    is_own: bool
    is_secretary: bool
