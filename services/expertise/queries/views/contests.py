"""Contests as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.expertise.rules.policy import Policy
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.vocabulary import (
    ApplicantCategory,
    EditionState,
    EntryKind,
    PlatformKind,
    StageKind,
)


@dataclass(frozen=True, kw_only=True)
class StageView:
    """A stage of an edition."""

    stage_id: UUID
    kind: StageKind
    position: int
    opens_at: datetime
    closes_at: datetime
    weight: Decimal
    min_experts: int


@dataclass(frozen=True, kw_only=True)
class NominationView:
    """A nomination with the version of its rubric and the number of its entries."""

    nomination_id: UUID
    code: str
    title: str
    entry_kind: EntryKind
    platform_kind: PlatformKind | None
    quota: int | None
    rubric_id: UUID
    rubric_code: str
    rubric_title: str
    rubric_number: int
    rubric: Rubric
    act_ref: str | None
    applicants: Sequence[ApplicantCategory]
    newer_rubric_id: UUID | None = None
    entries: int = 0
    template_id: UUID | None = None
    template_title: str | None = None


@dataclass(frozen=True, kw_only=True)
class EditionLine:
    """An edition in a list."""

    edition_id: UUID
    series_name: str
    ordinal_text: str
    title: str
    year: int
    state: EditionState
    opens_on: date
    closes_on: date


@dataclass(frozen=True, kw_only=True)
class RulesView:
    """The rules of an edition as frozen or amended: hash, act, what was changed (BR-36)."""

    number: int
    sha256: str
    at: datetime
    act_ref: str | None
    reason: str | None
    changed: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class EditionCard(EditionLine):
    """The public card of an edition."""

    series_id: UUID
    ordinal: int | None
    cancel_reason: str | None
    rules: Sequence[RulesView]
    act_ref: str | None
    published_at: datetime | None
    appeals_until: datetime | None = None
    policy: Policy
    stages: Sequence[StageView]
    nominations: Sequence[NominationView]


@dataclass(frozen=True, kw_only=True)
class RubricView:
    """One version of a rubric."""

    rubric_id: UUID
    code: str
    number: int
    title: str
    frozen_at: datetime | None
    rules: Rubric
