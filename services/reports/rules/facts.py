"""Facts the formulas work on: only what a number depends on, no titles and no names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.reports.rules.periods import Period, Term


@dataclass(frozen=True)
class Municipality:
    """A municipality and whether it is one of the 44 of the krai."""

    oktmo: str
    in_krai: bool


@dataclass(frozen=True)
class OrgCount:
    """How many educational organisations a municipality had in a year: the denominator of I-01."""

    id: UUID
    municipality: str
    year: int
    total: int


@dataclass(frozen=True)
class Organisation:
    """An organisation, its territory and whether it is a ТМС."""

    id: UUID
    municipality: str | None
    is_tms: bool = False


@dataclass(frozen=True)
class Platform:
    """A platform with everyone who works on it and the terms of its status."""

    id: UUID
    kind: str
    municipality: str | None
    workers: frozenset[UUID]
    counts_in_i02: bool
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Agreement:
    """An agreement of the operator with a ТМС."""

    id: UUID
    operator_id: UUID
    municipality: str
    valid_to: date
    in_force_from: date | None
    ended_on: date | None


@dataclass(frozen=True)
class Stage:
    """A stage of the transformation of a municipality's network, entered on a date."""

    id: UUID
    transformation_id: UUID
    municipality: str
    stage: str
    since: date


@dataclass(frozen=True)
class Event:
    """An event on the calendar."""

    id: UUID
    kind: str
    mode: str
    state: str
    starts_on: date


@dataclass(frozen=True)
class Participation:
    """One registration for one event."""

    id: UUID
    event_id: UUID
    person_id: UUID | None
    municipality: str | None
    state: str
    minutes: int | None


@dataclass(frozen=True)
class Sheet:
    """A signed score sheet; its percent is unknown until the stage is closed."""

    id: UUID
    entry_id: UUID
    expert_id: UUID
    expert_organisation_id: UUID | None
    expert_municipality: str | None
    stage: str
    signed_on: date
    percent: Decimal | None
    kind: str


@dataclass(frozen=True)
class ContestEdition:
    """One edition of a contest; it belongs to the period in which the acceptance of entries closes."""

    id: UUID
    closes_on: date


@dataclass(frozen=True)
class Entry:
    """A contest entry with the council's decision, if there is one."""

    id: UUID
    edition_id: UUID
    kind: str
    municipality: str | None
    state: str
    outcome: str | None = None
    decided_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything known, as asked: on a date, for a period, for the whole network or one municipality."""

    as_of: date
    period: Period
    municipality: str | None = None
    municipalities: Sequence[Municipality] = ()
    org_counts: Sequence[OrgCount] = ()
    organisations: Mapping[UUID, Organisation] = field(default_factory=dict)
    platforms: Sequence[Platform] = ()
    agreements: Sequence[Agreement] = ()
    stages: Sequence[Stage] = ()
    events: Sequence[Event] = ()
    participations: Sequence[Participation] = ()
    sheets: Sequence[Sheet] = ()
    editions: Sequence[ContestEdition] = ()
    entries: Sequence[Entry] = ()

    def covers(self, municipality: str | None) -> bool:
        """Whether a record of this municipality belongs to the asked territory."""
        return self.municipality is None or municipality == self.municipality
