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
    AttachmentKind,
    AuthorRole,
    CheckOutcome,
    EntryKind,
    EntryState,
    Outcome,
    Recommendation,
    ResultTitle,
    SectionKind,
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
    #: Nothing for the expert of a blind edition (F18).
    applicant_id: UUID | None
    applicant_name: str | None
    municipality_oktmo: str | None
    state: EntryState
    submitted_at: datetime | None
    fix_until: datetime | None = None
    #: When the reception closes, for a draft.
    closes_at: datetime | None = None


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
    answer: str | None = None
    #: Sections that the revision changed: code, text before, text after.
    changed: Sequence["SectionChange"] = ()


@dataclass(frozen=True)
class SectionChange:
    """A section before and after a revision."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class FileView:
    """An enclosed file, without its content; ``is_new`` came with the latest revision or fix."""

    file_id: UUID
    kind: AttachmentKind
    filename: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime
    is_new: bool
    may_be_shown: bool


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """A section of the form with what is written in it."""

    code: str
    title: str
    part: str
    kind: SectionKind
    required: bool
    max_length: int
    help: str
    columns: Sequence[str]
    text: str
    rows: Sequence[Sequence[str]]
    edited: bool
    data_on: date | None
    is_new: bool


@dataclass(frozen=True)
class ProposalView:
    """A text proposed from the data of the network: what it rests on and as of which day."""

    text: str
    origins: Sequence[tuple[str, int]]
    on: date


@dataclass(frozen=True, kw_only=True)
class AuthorView:
    """An author or supervisor."""

    person_id: UUID | None
    name: str
    role: AuthorRole


@dataclass(frozen=True, kw_only=True)
class TemplateView:
    """A version of the form of an entry."""

    template_id: UUID
    code: str
    number: int
    title: str
    sections: Sequence[Mapping[str, Any]]
    attachments: Sequence[Mapping[str, Any]]
    checks: Sequence[str]
    #: Chosen by this many nominations.
    used: int = 0
    #: The newest version of its code.
    is_latest: bool = True


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
    contact_person_id: UUID | None
    contact_name: str | None
    authors: Sequence[AuthorView]
    template_title: str | None
    sections: Sequence[SectionView]
    files: Sequence[FileView]
    #: Kinds that the form asks for and that are not enclosed yet.
    missing_files: Sequence[AttachmentKind]
    checks: Sequence[CheckView]
    revisions: Sequence[RevisionView]
    rubric: Rubric
    sheets: Sequence[SheetView]
    result: ResultView | None
    is_own: bool
    is_secretary: bool
    #: Sections and files may be changed now.
    is_open: bool

    @property
    def unfilled(self) -> Sequence[str]:
        """Codes of the required sections that are empty."""
        return [one.code for one in self.sections if one.required and not one.text]
