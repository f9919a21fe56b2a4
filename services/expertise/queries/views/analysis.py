"""What is said about a jury, as plain data (F2, F3, F4, F20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.expertise.rules.statistics.terms import Fit, Guard, Light, Method
from services.expertise.rules.vocabulary import StageKind


@dataclass(frozen=True, kw_only=True)
class CriterionAgreement:
    """How far experts agree on a criterion, and how high it is marked."""

    code: str
    title: str
    alpha: float | None
    light: Light
    mean: float
    difficulty: float


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """A work with its official place and score, and with what the analysis says beside them."""

    entry_id: UUID
    label: str
    part: int
    official_place: int | None
    official: Decimal | None
    mean: float
    value: float
    error: float | None
    place: int
    low: int | None
    high: int | None
    chance: float | None
    beats_next: float | None
    in_zone: bool


@dataclass(frozen=True, kw_only=True)
class ExpertReliability:
    """How an expert marked, under the code of the edition (BR-61)."""

    code: str
    sheets: int
    severity: float | None
    severity_error: float | None
    deviation: float | None
    residual: float | None
    fit: Fit | None
    range_used: float | None
    halo: float | None
    identical: float | None
    hours: float | None
    decisive: bool


@dataclass(frozen=True, kw_only=True)
class WeightInterval:
    """Within which share of all weights one weight may move without another winner (F20)."""

    code: str
    title: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class AskedWork:
    """A work of which one more mark would tell most (F5)."""

    entry_id: UUID
    label: str
    chance: float
    doubt: float
    left: float


@dataclass(frozen=True, kw_only=True)
class PartView:
    """A connected part of the jury."""

    number: int
    works: int
    experts: int
    method: Method
    guard: Guard | None
    severity_p: float | None


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """The reliability of the jury in one nomination at one stage."""

    stage: StageKind
    stages: Sequence[StageKind]
    sheets: int
    first: int
    cut: int | None
    alpha: float | None
    light: Light
    criteria: Sequence[CriterionAgreement]
    intraclass: Sequence[Any]
    concordance: Any | None
    parts: Sequence[PartView]
    works: Sequence[WorkLine]
    experts: Sequence[ExpertReliability]
    weights: Sequence[WeightInterval]
    asked: Sequence[AskedWork]
    remarks: Sequence[Any]
