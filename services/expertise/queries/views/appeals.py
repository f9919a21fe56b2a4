"""Appeals as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from services.expertise.queries.views.entries import SheetView
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.vocabulary import (
    AppealBar,
    AppealRefusal,
    AppealState,
    CouncilRole,
    Presence,
    StageKind,
    VoteChoice,
)
from shared.refusal import Refused


@dataclass(frozen=True, kw_only=True)
class HearerView:
    """A member of the commission at an appeal; before the decision only who may hear it is known."""

    person_id: UUID
    name: str
    organisation_name: str
    role: CouncilRole
    presence: Presence | None = None
    bar: AppealBar | None = None
    note: str = ""
    choice: VoteChoice | None = None


@dataclass(frozen=True, kw_only=True)
class MarkRow:
    """A contested criterion at a stage: the experts' marks by code, and what the commission set."""

    stage_kind: StageKind
    code: str
    title: str
    scale: Sequence[Decimal]
    marks: Sequence[tuple[str, Decimal]]
    value: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How an entry moves when an appeal is decided so; ``needs_decision``: the council must decide anew."""

    entry_id: UUID
    label: str
    score_before: Decimal | None
    score_after: Decimal | None
    place_before: int | None
    place_after: int | None
    needs_decision: bool


@dataclass(frozen=True, kw_only=True)
class AppealEffect:
    """What a decision would make of the score and the places of everybody touched."""

    score_before: Decimal
    score_after: Decimal
    place_before: int | None
    place_after: int | None
    outcome: AppealState
    shifts: Sequence[Shift]


@dataclass(frozen=True, kw_only=True)
class AppealLine:
    """An appeal in a list."""

    appeal_id: UUID
    entry_id: UUID
    edition_id: UUID
    edition_title: str
    label: str
    topic: str
    applicant_name: str
    nomination_code: str
    state: AppealState
    filed_at: datetime
    decided_at: datetime | None
    score_before: Decimal | None
    score_after: Decimal | None
    place_before: int | None
    place_after: int | None


@dataclass(frozen=True, kw_only=True)
class AppealCard(AppealLine):
    """An appeal as the one who asks may see it; experts are coded for everybody (BR-61)."""

    grounds: str
    criteria: Sequence[tuple[str, str]]
    refusal: AppealRefusal | None
    reason: str | None
    accepted_at: datetime | None
    text: str | None
    delta: Decimal | None
    votes_for: int | None
    votes_against: int | None
    abstained: int | None
    commission_title: str
    members: Sequence[HearerView]
    marks: Sequence[MarkRow]
    rubric: Rubric
    sheets: Sequence[SheetView]
    may_withdraw: bool
    may_accept: bool
    may_decide: bool
    may_print: bool


@dataclass(frozen=True, kw_only=True)
class AppealQueue:
    """Appeals of an edition, its term, and what keeps the results from being final."""

    edition_id: UUID
    until: datetime | None
    is_in_term: bool
    appeals: Sequence[AppealLine]
    has_commission: bool
    #: Entries about which the council must decide anew (BR-54, BR-60).
    undecided: Sequence[tuple[UUID, str]]
    #: What keeps the results from being final.
    obstacles: Sequence[Refused]


@dataclass(frozen=True, kw_only=True)
class AppealChance:
    """An own result that may still be appealed against."""

    entry_id: UUID
    label: str
    edition_title: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class AppealDuties:
    """What appeals ask of a person today."""

    chances: Sequence[AppealChance] = ()
    #: Filed ones for the secretary, ones in review for secretary and commission.
    waiting: Sequence[AppealLine] = ()
    #: Editions where the council must decide anew after appeals.
    undecided: Sequence[tuple[UUID, str, int]] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.chances or self.waiting or self.undecided)
