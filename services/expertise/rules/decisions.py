"""What a council may decide and when its decision counts (BR-54, BR-55, BR-57, BR-58)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from services.expertise.rules.labels import label
from services.expertise.rules.vocabulary import EntryKind, EntryState, Outcome, ResultTitle
from shared.refusal import N_, Refused

OUTCOMES: dict[EntryKind, frozenset[Outcome]] = {
    EntryKind.PROJECT: frozenset({Outcome.AWARD_STATUS, Outcome.RETURN, Outcome.DECLINE}),
    EntryKind.PROGRAMME: frozenset({Outcome.AWARD_STATUS, Outcome.RETURN, Outcome.DECLINE}),
    EntryKind.REPORT: frozenset({Outcome.EXTEND, Outcome.COMPLETE, Outcome.TERMINATE}),
    EntryKind.PRODUCT: frozenset({Outcome.RECOMMEND, Outcome.DIPLOMA, Outcome.PARTICIPANT}),
}

#: Outcomes that only a passing entry may get (BR-54).
FOR_PASSING = frozenset({Outcome.AWARD_STATUS, Outcome.EXTEND, Outcome.RECOMMEND})

_STATES: dict[Outcome, EntryState] = {
    Outcome.AWARD_STATUS: EntryState.AWARDED,
    Outcome.EXTEND: EntryState.AWARDED,
    Outcome.COMPLETE: EntryState.AWARDED,
    Outcome.RECOMMEND: EntryState.AWARDED,
    Outcome.DIPLOMA: EntryState.DIPLOMA,
    Outcome.PARTICIPANT: EntryState.PARTICIPANT,
    Outcome.TERMINATE: EntryState.DECLINED,
    Outcome.RETURN: EntryState.DECLINED,
    Outcome.DECLINE: EntryState.DECLINED,
}


#: What follows from a passing and from a failing score, by kind of entry.
_PROPOSED: dict[EntryKind, tuple[Outcome, Outcome]] = {
    EntryKind.PROJECT: (Outcome.AWARD_STATUS, Outcome.DECLINE),
    EntryKind.PROGRAMME: (Outcome.AWARD_STATUS, Outcome.DECLINE),
    EntryKind.REPORT: (Outcome.EXTEND, Outcome.COMPLETE),
    EntryKind.PRODUCT: (Outcome.RECOMMEND, Outcome.PARTICIPANT),
}


@dataclass(frozen=True)
class Votes:
    """How those present voted on one entry."""

    votes_for: int
    votes_against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        """How many voted at all."""
        return self.votes_for + self.votes_against + self.abstained


def proposed_outcome(kind: EntryKind, passing: bool) -> Outcome:
    """What is proposed to the council before it votes: favourable for an entry that passes (BR-54, BR-55)."""
    good, bad = _PROPOSED[kind]
    return good if passing else bad


def check_title(entry: str, title: ResultTitle | None, proposed: ResultTitle | None, reason: str) -> None:
    """A title other than the one that follows from place and settings needs a reason (BR-54)."""
    if title is not proposed and not reason.strip():
        raise Refused(
            "BR-54",
            N_("Звание по заявке %(entry)s отличается от положенного по месту: укажите причину"),
            field="decisions",
            entry=entry,
        )


def check_quorum(members_total: int, present: int) -> None:
    """A council decides when more than half of all its members are present (BR-57)."""
    if present > members_total:
        raise Refused("BR-57", N_("Присутствующих больше, чем членов совета"), field="present")
    if present * 2 <= members_total:
        raise Refused(
            "BR-57",
            N_("Нет кворума: присутствуют %(present)s из %(total)s, нужно больше половины"),
            field="present",
            present=present,
            total=members_total,
        )


def check_votes(entry: str, votes: Votes, present: int) -> None:
    """A decision needs a majority of those present; a member with a conflict does not vote (BR-57)."""
    if min(votes.votes_for, votes.votes_against, votes.abstained) < 0 or votes.cast > present:
        raise Refused(
            "BR-57",
            N_("Голосов по заявке %(entry)s больше, чем присутствующих"),
            field="decisions",
            entry=entry,
        )
    if votes.votes_for * 2 <= present:
        raise Refused(
            "BR-57",
            N_("Решение по заявке %(entry)s не принято: за — %(votes)s, присутствуют %(present)s"),
            field="decisions",
            entry=entry,
            votes=votes.votes_for,
            present=present,
        )


def check_outcome(entry: str, kind: EntryKind, outcome: Outcome, passing: bool) -> None:
    """The outcome suits the kind of the entry, and a favourable one needs a passing score (BR-54, BR-55)."""
    if outcome not in OUTCOMES[kind]:
        raise Refused(
            "BR-55",
            N_("Исход %(outcome)s не подходит заявке %(entry)s вида %(kind)s"),
            field="decisions",
            outcome=label(outcome),
            entry=entry,
            kind=label(kind),
        )
    if outcome in FOR_PASSING and not passing:
        raise Refused(
            "BR-54",
            N_("Заявка %(entry)s не прошла порог или квоту, исход %(outcome)s невозможен"),
            field="decisions",
            entry=entry,
            outcome=label(outcome),
        )


def final_state(outcome: Outcome, title: ResultTitle | None) -> EntryState:
    """The state that a decision leads to; a laureate keeps the name (model 3.3, BR-55)."""
    state = _STATES[outcome]
    return EntryState.LAUREATE if state is EntryState.AWARDED and title is ResultTitle.LAUREATE else state


def snapshot_hash(rows: Sequence[Mapping[str, Any]]) -> str:
    """The hash of a rating: the same rating always gives the same hash (BR-58)."""
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
