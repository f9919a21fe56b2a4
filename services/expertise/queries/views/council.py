"""Standings, results and protocols as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.expertise.rules.scoring import StageScore
from services.expertise.rules.vocabulary import (
    AssignmentKind,
    EntryKind,
    EntryState,
    Outcome,
    ProtocolState,
    ResultTitle,
    StageKind,
    TieBreaker,
)


@dataclass(frozen=True, kw_only=True)
class SheetCell:
    """One signed sheet in the rating."""

    sheet_id: UUID
    expert_id: UUID
    stage_kind: StageKind
    kind: AssignmentKind
    percent: Decimal
    #: The appeal whose corrections count in this percent (BR-59).
    appeal_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an entry stands in its nomination, computed from the signed sheets."""

    entry_id: UUID
    label: str
    topic: str
    applicant_id: UUID
    nomination_id: UUID
    kind: EntryKind
    state: EntryState
    submitted_at: datetime
    cells: Sequence[SheetCell]
    stages: Mapping[StageKind, StageScore]
    final: Decimal | None
    place: int | None = None
    tie_breakers: Sequence[TieBreaker] = ()
    votes: int | None = None

    @property
    def appeal_id(self) -> UUID | None:
        """The appeal that corrected the marks of this entry."""
        return next((cell.appeal_id for cell in self.cells if cell.appeal_id), None)


@dataclass(frozen=True, kw_only=True)
class RatingRow(Standing):
    """A line of the rating table (D-05): experts are coded."""

    applicant_name: str
    municipality_name: str = ""
    coded: Sequence[tuple[str, SheetCell]]
    passing: bool
    #: The title that the council gave, or the one that follows from place and settings.
    title: ResultTitle | None = None
    title_is_decided: bool = False


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """A published result."""

    entry_id: UUID
    reg_no: str
    topic: str
    applicant_name: str
    nomination_code: str
    nomination_title: str
    place: int | None
    final_score: Decimal | None
    outcome: Outcome
    title: ResultTitle | None
    protocol_number: str = ""
    protocol_date: date | None = None
    protocol_id: UUID | None = None
    #: As they stood when the council decided; appeals may have changed them (BR-60).
    decided_place: int | None = None
    decided_score: Decimal | None = None

    @property
    def is_recounted(self) -> bool:
        """Whether appeals have changed the score or the place."""
        return (self.place, self.final_score) != (self.decided_place, self.decided_score)


@dataclass(frozen=True, kw_only=True)
class ProtocolView:
    """A protocol of the council; ``intact`` tells whether the rating still gives the same hash (BR-58)."""

    protocol_id: UUID
    number: str
    date: date
    chair: str
    secretary: str
    members_total: int
    present: int
    decisions: int
    snapshot_hash: str | None
    intact: bool
    state: ProtocolState = ProtocolState.SIGNED
    council_title: str = ""
    superseded_by: str | None = None
    as_signed: bool = True
