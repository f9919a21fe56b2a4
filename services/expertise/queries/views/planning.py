"""A plan of assignments and the conflicts of an edition as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.expertise.rules.vocabulary import ConflictKind, ConflictLevel, PlanState, StageKind


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A plan in a list."""

    plan_id: UUID
    state: PlanState
    created_at: datetime
    stage_kind: StageKind


@dataclass(frozen=True, kw_only=True)
class PairLine:
    """A new pair and why: parts of the affinity in ten-thousandths, words in common, soft and waived conflicts."""

    entry_id: UUID
    expert_id: UUID
    label: str
    expert: str
    affinity: int
    topic: int
    nomination: int
    experience: int
    common: Sequence[str]
    soft: Sequence[str]
    waived: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class LoadLine:
    """What an expert carries and would get."""

    expert_id: UUID
    name: str
    before: int
    new: int
    limit: int


@dataclass(frozen=True, kw_only=True)
class ShortLine:
    """An entry of the minimum cut: what it lacks, who could take it by municipality, who may not and why."""

    entry_id: UUID
    label: str
    lacks: int
    eligible: Sequence[tuple[str, int]]
    reasons: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What was tried and makes the plan possible."""

    newcomers: int | None
    more_load: int | None
    single: Sequence[tuple[str, int]]
    variants: Sequence[str]
    without_lower: bool


@dataclass(frozen=True, kw_only=True)
class PlanCard:
    """A plan with everything that is shown of it."""

    plan_id: UUID
    edition_id: UUID
    stage_kind: StageKind
    state: PlanState
    seed: int
    created_at: datetime
    applied_at: datetime | None
    options: Mapping[str, Any]
    wanted: int
    newcomers: int
    pairs: Sequence[PairLine]
    released: Sequence[tuple[str, str]]
    reserve: Sequence[tuple[str, Sequence[str]]]
    loads: Sequence[LoadLine]
    coverage: Sequence[tuple[str, int]]
    now: Mapping[str, int] | None
    best: Mapping[str, int] | None
    fair: Mapping[str, Any] | None
    connected: Mapping[str, int] | None
    rounds: int
    arcs: int
    possible_pairs: int
    possible: int | None
    short: Sequence[ShortLine]
    saturated: Sequence[str]
    idle: Sequence[str]
    outside: Sequence[str]
    advice: Advice | None


@dataclass(frozen=True, kw_only=True)
class ConflictLine:
    """One conflict of an expert with an entry, and what it rests on."""

    expert_id: UUID
    expert: str
    entry_id: UUID
    label: str
    kind: ConflictKind
    level: ConflictLevel
    about: str
    last: date | None
    source: str
    may_be_waived: bool


@dataclass(frozen=True, kw_only=True)
class RelationLine:
    """A declared tie in a list."""

    relation_id: UUID
    person: str
    other: str
    kind: ConflictKind
    source: str
    ended: date | None
