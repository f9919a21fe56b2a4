"""Composition of councils, seats, votes, what a protocol lacks (model 3.2, 3.3; BR-54…BR-58, BR-62)."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.expertise.rules import councils, decisions, sessions
from services.expertise.rules.states import PROTOCOL
from services.expertise.rules.vocabulary import (
    CouncilRole,
    EntryKind,
    Outcome,
    Presence,
    ProtocolState,
    ResultTitle,
    SeatRole,
    VoteChoice,
)
from shared.refusal import Refused

A, B, C, D, E = (UUID(int=number) for number in range(1, 6))
CHAIR, SECRETARY, MEMBER = CouncilRole.CHAIR, CouncilRole.SECRETARY, CouncilRole.MEMBER


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ([(A, CHAIR), (B, SECRETARY), (C, MEMBER)], None),
        ([(A, CHAIR), (B, SECRETARY)], "не меньше 3"),
        ([(A, CHAIR), (B, SECRETARY), (B, MEMBER)], "дважды"),
        ([(A, CHAIR), (B, CHAIR), (C, SECRETARY)], "один председатель"),
        ([(A, MEMBER), (B, SECRETARY), (C, MEMBER)], "один председатель"),
        ([(A, CHAIR), (B, MEMBER), (C, MEMBER)], "один секретарь"),
        ([(A, CHAIR), (B, SECRETARY), (C, SECRETARY)], "один секретарь"),
    ],
)
def test_composition(members: list[tuple[UUID, CouncilRole]], fault: str | None) -> None:
    """Model 3.2: at least three, one chair, one secretary, nobody twice."""
    if fault is None:
        councils.check_composition(members)
    else:
        with pytest.raises(Refused, match=fault):
            councils.check_composition(members)


def seat(
    person: UUID, role: SeatRole = SeatRole.MEMBER, presence: Presence = Presence.PRESENT
) -> sessions.Seat:
    return sessions.Seat(person, role, presence)


SEATS = [
    seat(A, SeatRole.CHAIR),
    seat(B, SeatRole.SECRETARY, Presence.REMOTE),
    seat(C),
    seat(D, presence=Presence.ABSENT),
    seat(E, SeatRole.OBSERVER),
]


def test_voters_are_members_who_came() -> None:
    """BR-57, BR-62: remote counts, absent and observer do not."""
    assert sessions.voters(SEATS) == {A, B, C}


@pytest.mark.parametrize(
    ("person", "barred", "fault"),
    [
        (C, (), None),
        (D, (), "присутствующие"),
        (E, (), "присутствующие"),
        (None, (), "присутствующие"),
        (C, (C,), "конфликт"),
    ],
)
def test_who_may_vote(person: UUID | None, barred: tuple[UUID, ...], fault: str | None) -> None:
    """BR-57, BR-62."""
    if fault is None:
        sessions.check_ballot(person, SEATS, barred, "N1-001")
    else:
        with pytest.raises(Refused, match=fault):
            sessions.check_ballot(person, SEATS, barred, "N1-001")


@given(
    st.dictionaries(st.sampled_from([A, B, C, D, E]), st.sampled_from(VoteChoice), min_size=1),
    st.sets(st.sampled_from([A, B, C, D, E])),
)
def test_a_decision_stands_exactly_with_a_majority_of_those_present(
    ballots: dict[UUID, VoteChoice], barred: set[UUID]
) -> None:
    """BR-57: all who may vote have voted, and those for are more than half of those present."""
    here = set(ballots) | barred
    question = sessions.Question("N1-001", frozenset(barred), ballots)
    cast = {person: choice for person, choice in ballots.items() if person not in barred}
    votes = sessions.tally(question)
    assert votes.cast == len(cast)
    in_favour = sum(choice is VoteChoice.FOR for choice in cast.values())
    if in_favour * 2 > len(here):
        sessions.check_question(question, here)
    else:
        with pytest.raises(Refused, match="BR-57"):
            sessions.check_question(question, here)


def test_votes_of_the_barred_are_not_counted_by_hand_either() -> None:
    """BR-57: of three present one is barred, so three votes are too many and two are enough."""
    barred = frozenset({C})
    with pytest.raises(Refused, match="больше, чем могли"):
        sessions.check_question(sessions.Question("N1-001", barred, counted=decisions.Votes(2, 1)), {A, B, C})
    sessions.check_question(sessions.Question("N1-001", barred, counted=decisions.Votes(2)), {A, B, C})


GOOD: dict[str, Any] = {
    "date": date(2020, 10, 30),
    "started_at": datetime(2020, 10, 30, 10, tzinfo=UTC),
    "ended_at": datetime(2020, 10, 30, 12, tzinfo=UTC),
    "place": "Краснодар",
    "chair_id": A,
    "secretary_id": B,
    "seats": SEATS,
    "agenda": [("Итоги", "Утвердить")],
}


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"date": date(2020, 10, 31)}, ["date"]),
        ({"place": " "}, ["place"]),
        ({"started_at": None}, ["started_at"]),
        ({"ended_at": GOOD["started_at"]}, ["ended_at"]),
        ({"seats": SEATS[:1] + SEATS[3:]}, ["present", "secretary_id"]),
        ({"chair_id": D}, ["chair_id"]),
        ({"secretary_id": A}, ["secretary_id"]),
        ({"agenda": []}, ["items"]),
        ({"agenda": [("Итоги", " "), ("Разное", "")]}, ["items", "items"]),
        ({"questions": [sessions.Question("N1-001", ballots={A: VoteChoice.FOR})]}, ["decisions"]),
    ],
)
def test_what_keeps_a_protocol_from_signing(change: dict[str, Any], fields: list[str]) -> None:
    """BR-57: every reason at once, each with its field."""
    facts = sessions.SessionFacts(**{**GOOD, **change})
    assert [one.field for one in sessions.lacks(facts, date(2020, 10, 30))] == fields


@pytest.mark.parametrize(
    ("kind", "passing", "outcome"),
    [
        (EntryKind.PROJECT, True, Outcome.AWARD_STATUS),
        (EntryKind.PROGRAMME, False, Outcome.DECLINE),
        (EntryKind.REPORT, True, Outcome.EXTEND),
        (EntryKind.REPORT, False, Outcome.COMPLETE),
        (EntryKind.PRODUCT, True, Outcome.RECOMMEND),
        (EntryKind.PRODUCT, False, Outcome.PARTICIPANT),
    ],
)
def test_what_is_proposed_may_be_decided(kind: EntryKind, passing: bool, outcome: Outcome) -> None:
    """BR-54, BR-55: the proposal suits the kind, and is favourable exactly for a passing entry."""
    assert decisions.proposed_outcome(kind, passing) is outcome
    decisions.check_outcome("N1-001", kind, outcome, passing)


def test_another_title_needs_a_reason() -> None:
    """BR-54."""
    decisions.check_title("N1-001", ResultTitle.WINNER, ResultTitle.WINNER, "")
    decisions.check_title("N1-001", None, ResultTitle.WINNER, "Отказались от звания")
    with pytest.raises(Refused, match="BR-54"):
        decisions.check_title("N1-001", None, ResultTitle.WINNER, " ")


@pytest.mark.parametrize("state", [ProtocolState.SIGNED, ProtocolState.PUBLISHED])
@pytest.mark.parametrize("action", ["edit", "freeze", "sign", "complete", "revise"])
def test_a_signed_protocol_is_never_edited(state: ProtocolState, action: str) -> None:
    """Model 3.3: only superseded."""
    assert not PROTOCOL.allows(state, action)
    assert PROTOCOL.after(state, "supersede") is state


def test_equal_contents_have_equal_hashes() -> None:
    """BR-58."""
    one = {"number": "1", "votes": [3, 0, 0]}
    assert sessions.content_hash(one) == sessions.content_hash(dict(reversed(one.items())))
    assert sessions.content_hash(one) != sessions.content_hash({**one, "number": "2"})
