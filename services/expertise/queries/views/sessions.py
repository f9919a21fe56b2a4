"""Councils, sessions and protocols as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.expertise.rules.vocabulary import (
    CouncilKind,
    CouncilRole,
    EntryKind,
    Outcome,
    Presence,
    ProtocolState,
    ResultTitle,
    SeatRole,
    TieBreaker,
    VoteBar,
    VoteChoice,
)
from shared.refusal import Refused


@dataclass(frozen=True, kw_only=True)
class MemberView:
    """A member of a council."""

    person_id: UUID
    name: str
    organisation_name: str
    role: CouncilRole


@dataclass(frozen=True, kw_only=True)
class CouncilView:
    """A council of an edition with its members."""

    council_id: UUID
    edition_id: UUID
    kind: CouncilKind
    title: str
    members: Sequence[MemberView]


@dataclass(frozen=True, kw_only=True)
class SeatView:
    """A person of the list of a session; ``entries_scored`` are sheets of the same person as an expert."""

    person_id: UUID
    name: str
    organisation_name: str
    role: SeatRole
    presence: Presence
    votes: bool
    signed_at: datetime | None
    entries_scored: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """A question of the agenda."""

    title: str
    nomination_id: UUID | None
    heard: str
    spoke: str
    resolved: str


@dataclass(frozen=True, kw_only=True)
class BarredView:
    """A member who does not vote on an entry."""

    person_id: UUID
    name: str
    bar: VoteBar
    note: str


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """A decision of a protocol: proposed while it is a draft, fixed afterwards."""

    entry_id: UUID
    label: str
    topic: str
    applicant_name: str
    nomination_id: UUID
    nomination_code: str
    kind: EntryKind
    outcome: Outcome
    title: ResultTitle | None
    title_reason: str | None
    votes_for: int
    votes_against: int
    abstained: int
    tie_votes: int | None
    hand_note: str | None
    rank: int | None
    final_score: Decimal | None
    tie_breakers: Sequence[TieBreaker]
    in_force: bool
    #: How many members have voted, and how many may.
    cast: int
    may_vote: int
    barred: Sequence[BarredView]
    #: Names and votes; empty for those who may not know.
    ballots: Sequence[tuple[str, VoteChoice]]
    my_choice: VoteChoice | None
    my_preferred: bool
    recommended: Outcome | None


@dataclass(frozen=True, kw_only=True)
class SessionCard:
    """A session of a council with its protocol, as the one who asks may see it."""

    protocol_id: UUID
    edition_id: UUID
    council: CouncilView | None
    state: ProtocolState
    number: str
    date: date
    place: str
    started_at: datetime | None
    ended_at: datetime | None
    chair: str
    secretary: str
    chair_id: UUID | None
    secretary_id: UUID | None
    members_total: int
    present: int
    seats: Sequence[SeatView]
    items: Sequence[ItemView]
    decisions: Sequence[DecisionView]
    snapshot_hash: str | None
    content_hash: str | None
    paper_note: str | None
    supersedes: tuple[UUID, str] | None
    superseded_by: tuple[UUID, str] | None
    intact: bool
    as_signed: bool
    lacks: Sequence[Refused]
    may_keep: bool
    may_vote: bool
    may_sign: bool
    may_declare: bool
    may_print: bool
    decides: bool
    #: Full: with names of who voted how and who did not; otherwise numbers only.
    full: bool

    @property
    def by_nomination(self) -> Mapping[str, Sequence[DecisionView]]:
        """Decisions by the code of the nomination, in order."""
        groups: dict[str, list[DecisionView]] = {}
        for one in self.decisions:
            groups.setdefault(one.nomination_code, []).append(one)
        return groups


@dataclass(frozen=True, kw_only=True)
class CouncilTask:
    """What waits for a member of a council, or for its secretary, in one session."""

    protocol_id: UUID
    edition_title: str
    council_title: str
    number: str
    date: date
    place: str
    agenda: Sequence[str]
    #: Codes and keys of the nominations on the agenda, whose rating is to be read.
    nominations: Sequence[tuple[str, UUID]]
    edition_id: UUID
    state: ProtocolState
    to_vote: int = 0
    to_sign: bool = False
    may_declare: bool = False
    lacks: int = 0
    is_keeper: bool = False
