"""What a member of a council does at a session: votes, declares a conflict of interest (BR-53, BR-57)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.expertise.actions import ledger
from services.expertise.actions.sessions import uncount
from services.expertise.model import Ballot, CouncilConflict, Decision, Protocol
from services.expertise.queries import found
from services.expertise.queries.barring import bars
from services.expertise.rules.sessions import VOTING, check_ballot
from services.expertise.rules.states import PROTOCOL
from services.expertise.rules.vocabulary import LedgerKind, VoteBar, VoteChoice
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotAllowed, Refused
from shared.unit import work


def cast_votes(who: Person, *, protocol_id: UUID, votes: Sequence[Mapping[str, Any]]) -> int:
    """Vote on entries of a session by name; until the protocol is given out, a vote may be changed (BR-57).

    ``preferred`` asks to put the entry above the others of the same score (BR-53).
    """
    with work(who) as u:
        protocol = found.protocol_to_change(u.session, protocol_id)
        _require_seat(who, protocol)
        protocol.state = PROTOCOL.after(protocol.state, "edit")
        edition = found.edition(u.session, protocol.edition_id)
        wanted = {UUID(str(one["entry_id"])): one for one in votes}
        decisions = {one.entry_id: one for one in protocol.decisions if one.entry_id in wanted}
        if not wanted or set(decisions) != set(wanted):
            raise Refused("BR-57", N_("Этой заявки нет в повестке заседания"), field="votes")
        barred = bars(u.session, edition, protocol, [one.entry for one in decisions.values()])
        told = []
        for entry_id, one in wanted.items():
            decision, choice = decisions[entry_id], VoteChoice(one["choice"])
            check_ballot(who.person_id, protocol.seats, barred.get(entry_id, {}), decision.entry.label)
            preferred = bool(one.get("preferred")) and choice is VoteChoice.FOR
            _cast(who, decision, choice, preferred)
            told.append([str(entry_id), choice.value, preferred])
        ledger.record(
            u,
            LedgerKind.VOTE,
            edition_id=protocol.edition_id,
            subject_id=protocol.id,
            data={"person": str(who.person_id), "votes": sorted(told)},
        )
        u.journal("session.voted", protocol, {"votes": len(told)})
        return len(told)


def declare_conflict(who: Person, *, protocol_id: UUID, entry_id: UUID, note: str) -> None:
    """Declare a conflict of interest about an entry: this member does not vote on it, and it is written (BR-57)."""
    with work(who) as u:
        protocol = found.protocol_to_change(u.session, protocol_id)
        _require_seat(who, protocol)
        protocol.state = PROTOCOL.after(protocol.state, "edit")
        entry = found.entry(u.session, entry_id)
        if entry.edition_id != protocol.edition_id:
            raise Refused("BR-57", N_("Этой заявки нет в повестке заседания"), field="entry_id")
        if not note.strip():
            raise Refused("BR-57", N_("Напишите, в чём конфликт интересов"), field="note")
        mine = [
            one for one in protocol.conflicts if one.entry_id == entry_id and one.person_id == who.person_id
        ]
        if mine:
            raise Refused("BR-57", N_("Вы уже заявили о конфликте по этой заявке"), field="entry_id")
        protocol.conflicts.append(
            CouncilConflict(
                entry_id=entry_id, person_id=who.person_id, bar=VoteBar.DECLARED, note=note.strip()
            )
        )
        _drop_ballots(protocol, entry_id, who.person_id)
        ledger.record(
            u,
            LedgerKind.CONFLICT_DECLARED,
            edition_id=protocol.edition_id,
            subject_id=entry_id,
            data={
                "protocol": str(protocol.id),
                "person": str(who.person_id),
                "note": ledger.commit(u, protocol.edition_id, note.strip()),
            },
        )
        u.journal("session.conflict", protocol, {"entry": str(entry_id)})


def _require_seat(who: Person, protocol: Protocol) -> None:
    seats = {one.person_id for one in protocol.attendees if one.role in VOTING}
    if who.person_id not in seats:
        raise NotAllowed(N_("Это делает член совета"))


def _cast(who: Person, decision: Decision, choice: VoteChoice, preferred: bool) -> None:
    if decision.hand_note:
        uncount(decision)
    ballot = next((one for one in decision.ballots if one.person_id == who.person_id), None)
    if ballot is None:
        ballot = Ballot(person_id=who.person_id)
        decision.ballots.append(ballot)
    ballot.choice, ballot.preferred, ballot.at = choice, preferred, clock.now()


def _drop_ballots(protocol: Protocol, entry_id: UUID, person_id: UUID | None) -> None:
    for decision in protocol.decisions:
        if decision.entry_id == entry_id:
            for ballot in [one for one in decision.ballots if one.person_id == person_id]:
                decision.ballots.remove(ballot)
