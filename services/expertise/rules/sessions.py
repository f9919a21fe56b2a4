"""How a council sits, votes and signs (BR-56, BR-57, BR-58, BR-62); what a protocol still lacks."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.expertise.rules.decisions import Votes, check_quorum, check_votes
from services.expertise.rules.vocabulary import Presence, SeatRole, VoteChoice
from shared.refusal import N_, Refused

VOTING = frozenset({SeatRole.CHAIR, SeatRole.SECRETARY, SeatRole.MEMBER})
HERE = frozenset({Presence.PRESENT, Presence.REMOTE})


@dataclass(frozen=True)
class Seat:
    """One person of the list of a session."""

    person_id: UUID
    role: SeatRole
    presence: Presence

    @property
    def votes(self) -> bool:
        """A member who came votes and signs; an observer never does (BR-57, BR-62)."""
        return self.role in VOTING and self.presence in HERE


@dataclass(frozen=True)
class Question:
    """A decision that is voted on: who may not vote, who voted how, or the votes counted by hand."""

    label: str
    barred: frozenset[UUID] = frozenset()
    ballots: Mapping[UUID, VoteChoice] | None = None
    counted: Votes | None = None


def voters(seats: Iterable[Seat]) -> set[UUID]:
    """Members who came."""
    return {seat.person_id for seat in seats if seat.votes}


def check_seats(seats: Sequence[Seat], chair_id: UUID | None, secretary_id: UUID | None) -> None:
    """Whoever leads a session and whoever writes its protocol are members who came, and two people."""
    here = voters(seats)
    if chair_id not in here:
        raise Refused("BR-57", N_("Заседание ведёт присутствующий член совета"), field="chair_id")
    if secretary_id not in here:
        raise Refused("BR-57", N_("Протокол ведёт присутствующий член совета"), field="secretary_id")
    if chair_id == secretary_id:
        raise Refused("BR-57", N_("Ведут заседание и протокол разные люди"), field="secretary_id")


def check_ballot(person_id: UUID | None, seats: Iterable[Seat], barred: Collection[UUID], label: str) -> None:
    """Only a member who came votes, and not on an entry with which this member has a conflict (BR-57, BR-62)."""
    if person_id not in voters(seats):
        raise Refused("BR-57", N_("Голосуют только присутствующие члены совета"))
    if person_id in barred:
        raise Refused(
            "BR-57", N_("По заявке %(entry)s у вас конфликт интересов, вы не голосуете"), entry=label
        )


def tally(question: Question) -> Votes:
    """The votes of a decision: counted by hand, or one by one from the ballots of those who may vote."""
    if question.counted is not None:
        return question.counted
    cast = Counter(
        choice for person, choice in (question.ballots or {}).items() if person not in question.barred
    )
    return Votes(cast[VoteChoice.FOR], cast[VoteChoice.AGAINST], cast[VoteChoice.ABSTAIN])


def check_question(question: Question, here: Collection[UUID]) -> None:
    """Everybody who came and has no conflict has voted, and a majority of those present is for it (BR-57)."""
    may_vote = set(here) - question.barred
    if question.counted is None and set(question.ballots or {}) & may_vote != may_vote:
        raise Refused(
            "BR-57",
            N_("По заявке %(entry)s проголосовали не все: %(cast)s из %(total)s"),
            field="decisions",
            entry=question.label,
            cast=len(set(question.ballots or {}) & may_vote),
            total=len(may_vote),
        )
    votes = tally(question)
    if question.counted is not None and votes.cast > len(may_vote):
        raise Refused(
            "BR-57",
            N_("Голосов по заявке %(entry)s больше, чем могли голосовать"),
            field="decisions",
            entry=question.label,
        )
    check_votes(question.label, votes, len(here))


@dataclass(frozen=True)
class SessionFacts:
    """What a protocol holds before it is given out for signing."""

    date: date
    started_at: datetime | None
    ended_at: datetime | None
    place: str
    chair_id: UUID | None
    secretary_id: UUID | None
    seats: Sequence[Seat]
    #: Titles of the agenda and what was resolved on each.
    agenda: Sequence[tuple[str, str]]
    questions: Sequence[Question] = ()


def lacks(facts: SessionFacts, today: date) -> list[Refused]:
    """Everything that keeps a protocol from being signed, in the order of the paper (BR-57)."""
    found: list[Refused] = []
    if facts.date > today:
        found.append(Refused("BR-57", N_("Дата протокола ещё не наступила"), field="date"))
    if not facts.place.strip():
        found.append(Refused("BR-57", N_("Укажите город и место заседания"), field="place"))
    if facts.started_at is None or facts.ended_at is None:
        found.append(Refused("BR-57", N_("Укажите начало и конец заседания"), field="started_at"))
    elif facts.ended_at <= facts.started_at:
        found.append(Refused("BR-57", N_("Заседание закончилось раньше, чем началось"), field="ended_at"))
    here = voters(facts.seats)
    members = [seat for seat in facts.seats if seat.role in VOTING]
    found += _refused(lambda: check_quorum(len(members), len(here)))
    found += _refused(lambda: check_seats(facts.seats, facts.chair_id, facts.secretary_id))
    if not facts.agenda:
        found.append(Refused("BR-57", N_("В протоколе нет повестки"), field="items"))
    for title, resolved in facts.agenda:
        if not resolved.strip():
            found.append(
                Refused(
                    "BR-57", N_("По вопросу «%(title)s» не записано, что решили"), field="items", title=title
                )
            )
    for question in facts.questions:
        found += _refused(lambda question=question: check_question(question, here))
    return found


def _refused(check: Any) -> list[Refused]:
    try:
        check()
    except Refused as refusal:
        return [refusal]
    return []


def content_hash(content: Mapping[str, Any]) -> str:
    """What the members sign: SHA-256 over everything that the protocol says (BR-58)."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
