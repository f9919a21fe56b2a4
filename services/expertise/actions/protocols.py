"""Protocols from the draft to publication: freeze, revise, sign, publish, supersede (model 3.3, BR-57, BR-58)."""

from datetime import date
from uuid import UUID

from services.expertise import access
from services.expertise.actions import freezing, ledger
from services.expertise.actions.council import check_number, check_superseding, log_signature
from services.expertise.actions.sessions import open_draft
from services.expertise.model import (
    AgendaItem,
    Attendee,
    CouncilConflict,
    Decision,
    Protocol,
    ProtocolSignature,
)
from services.expertise.queries import found
from services.expertise.queries.barring import Bars, bars
from services.expertise.queries.session_facts import question, session_lacks
from services.expertise.rules.sessions import tally, voters
from services.expertise.rules.states import PROTOCOL
from services.expertise.rules.vocabulary import LedgerKind, ProtocolState, VoteBar
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotAllowed, Refused
from shared.unit import Unit, work


def freeze_protocol(who: Person, *, protocol_id: UUID) -> None:
    """Give a complete protocol out for signing; votes, conflicts and rating are fixed with hashes (BR-57, BR-58)."""
    with work(who) as u:
        protocol = open_draft(u, protocol_id)
        edition = found.edition(u.session, protocol.edition_id)
        for refusal in session_lacks(u.session, edition, protocol)[:1]:
            raise refusal
        barred = bars(u.session, edition, protocol, [one.entry for one in protocol.decisions])
        _write_conflicts(u, protocol, barred)
        _count(protocol, barred)
        protocol.chair, protocol.secretary = (
            next(one.name for one in protocol.attendees if one.person_id == key)
            for key in (protocol.chair_id, protocol.secretary_id)
        )
        u.session.flush()
        freezing.freeze(u, edition, protocol, auto_titles=True)
        u.journal("protocol.frozen", protocol, {"content": protocol.content_hash})


def revise_protocol(who: Person, *, protocol_id: UUID, reason: str) -> None:
    """Take a protocol back into the draft for a reason; signatures given so far fall away (model 3.3)."""
    with work(who) as u:
        protocol = found.protocol_to_change(u.session, protocol_id)
        access.require_session_keeper(who, protocol.secretary_id)
        state = PROTOCOL.after(protocol.state, "revise")
        if not reason.strip():
            raise Refused("3.3 Protocol", N_("Укажите, что нужно исправить"), field="reason")
        protocol.rating_snapshot, protocol.snapshot_hash, protocol.content_hash = [], None, None
        protocol.state = state
        signed = len(protocol.signatures)
        protocol.signatures.clear()
        for one in [one for one in protocol.conflicts if one.bar is not VoteBar.DECLARED]:
            protocol.conflicts.remove(one)
        u.journal("protocol.revised", protocol, {"reason": reason.strip(), "signatures": signed})


def sign_protocol(who: Person, *, protocol_id: UUID) -> ProtocolState:
    """Sign a protocol by account and time; the last of chair, secretary and members makes it binding (BR-57)."""
    with work(who) as u:
        protocol = found.protocol_to_change(u.session, protocol_id)
        here = voters(protocol.seats)
        if who.person_id not in here:
            raise NotAllowed(N_("Протокол подписывают присутствовавшие члены совета"))
        protocol.state = PROTOCOL.after(protocol.state, "sign")
        if who.person_id in {one.person_id for one in protocol.signatures}:
            raise Refused("3.3 Protocol", N_("Вы уже подписали этот протокол"))
        edition = found.edition(u.session, protocol.edition_id)
        freezing.check_rating(u, edition, protocol)
        protocol.signatures.append(
            ProtocolSignature(
                person_id=who.person_id,
                account_id=who.account_id,
                content_hash=protocol.content_hash,
                at=clock.now(),
            )
        )
        log_signature(u, protocol, person_id=who.person_id)
        u.journal("protocol.signed", protocol)
        if {one.person_id for one in protocol.signatures} >= here:
            freezing.complete(u, edition, protocol)
        return protocol.state


def sign_on_paper(who: Person, *, protocol_id: UUID, note: str) -> None:
    """Record that the printed protocol is signed by all; the note says where the paper or its scan is."""
    with work(who) as u:
        protocol = found.protocol_to_change(u.session, protocol_id)
        access.require_session_keeper(who, protocol.secretary_id)
        protocol.state = PROTOCOL.after(protocol.state, "sign")
        if not note.strip():
            raise Refused("3.3 Protocol", N_("Укажите, где подписанный протокол или его скан"), field="note")
        edition = found.edition(u.session, protocol.edition_id)
        freezing.check_rating(u, edition, protocol)
        protocol.paper_note = note.strip()
        log_signature(u, protocol, on_paper=True)
        freezing.complete(u, edition, protocol)
        u.journal("protocol.signed_on_paper", protocol, {"note": note.strip()})


def publish_protocol(who: Person, *, protocol_id: UUID) -> None:
    """Publish a signed protocol; one with decisions about entries not before the results (BR-59)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        protocol = found.protocol_to_change(u.session, protocol_id)
        edition = found.edition(u.session, protocol.edition_id)
        if protocol.decisions and edition.published_at is None:
            raise Refused("BR-59", N_("Протокол с решениями публикуется вместе с результатами"))
        put_out(u, protocol)


def put_out(u: Unit, protocol: Protocol) -> None:
    """Make a signed protocol public, and say so in the log."""
    protocol.state = PROTOCOL.after(protocol.state, "publish")
    ledger.record(
        u,
        LedgerKind.PROTOCOL_PUBLISHED,
        edition_id=protocol.edition_id,
        subject_id=protocol.id,
        data={"number": protocol.number, "rating_hash": protocol.snapshot_hash},
    )
    u.journal("protocol.published", protocol)


def supersede_protocol(who: Person, *, protocol_id: UUID, number: str, date: date, reason: str) -> UUID:
    """Draft the protocol that will supersede a signed one: same council and entries, new votes (model 3.3)."""
    with work(who) as u:
        older = found.protocol_to_change(u.session, protocol_id)
        access.require_session_keeper(who, older.secretary_id)
        edition = found.edition(u.session, older.edition_id)
        check_superseding(u, edition, older)
        if not reason.strip():
            raise Refused("3.3 Protocol", N_("Укажите, почему протокол заменяется"), field="reason")
        if older.council is None:
            raise Refused(
                "3.3 Protocol",
                N_("Этот протокол вели на бумаге без состава совета: замените его записью нового с бумаги"),
            )
        newer = _copy(older, number.strip(), date)
        check_number(u, edition, newer)
        u.add(newer)
        freezing.check_stage(edition, newer)
        title = f"О замене протокола № {older.number} от {older.date:%d.%m.%Y}"
        newer.items.append(AgendaItem(position=1, title=title, heard=reason.strip()))
        for position, item in enumerate(older.items, 2):
            newer.items.append(
                AgendaItem(position=position, title=item.title, nomination_id=item.nomination_id)
            )
        u.session.flush()
        u.journal("protocol.superseding", newer, {"older": str(older.id), "reason": reason.strip()})
        return newer.id


def _copy(older: Protocol, number: str, on: date) -> Protocol:
    return Protocol(
        edition_id=older.edition_id,
        council=older.council,
        state=ProtocolState.DRAFT,
        number=number,
        date=on,
        place=older.place,
        chair="",
        secretary="",
        chair_id=older.chair_id,
        secretary_id=older.secretary_id,
        members_total=older.members_total,
        present=older.present,
        supersedes_id=older.id,
        attendees=[
            Attendee(
                person_id=one.person_id,
                name=one.name,
                role=one.role,
                organisation_id=one.organisation_id,
                presence=one.presence,
            )
            for one in older.attendees
        ],
        conflicts=[
            CouncilConflict(entry_id=one.entry_id, person_id=one.person_id, bar=one.bar, note=one.note)
            for one in older.conflicts
            if one.bar is VoteBar.DECLARED
        ],
        decisions=[
            Decision(
                entry=one.entry,
                outcome=one.outcome,
                title=one.title,
                title_reason=one.title_reason,
                votes_for=0,
                votes_against=0,
                abstained=0,
            )
            for one in older.decisions
        ],
    )


def _write_conflicts(u: Unit, protocol: Protocol, barred: Bars) -> None:
    """Who does not vote on what is written in the protocol (BR-57)."""
    for one in [one for one in protocol.conflicts if one.bar is not VoteBar.DECLARED]:
        protocol.conflicts.remove(one)
    u.session.flush()
    known = {(one.entry_id, one.person_id) for one in protocol.conflicts}
    for entry_id, members in barred.items():
        for person_id, bar in members.items():
            if (entry_id, person_id) not in known:
                protocol.conflicts.append(CouncilConflict(entry_id=entry_id, person_id=person_id, bar=bar))


def _count(protocol: Protocol, barred: Bars) -> None:
    """Votes of each decision, and votes for the higher place where any were given (BR-53, BR-57)."""
    here = voters(protocol.seats)
    named = [one for one in protocol.decisions if not one.hand_note]
    for decision in named:
        bar = barred.get(decision.entry_id, {})
        for ballot in [one for one in decision.ballots if one.person_id in bar or one.person_id not in here]:
            decision.ballots.remove(ballot)
        votes = tally(question(decision, bar))
        decision.votes_for, decision.votes_against = votes.votes_for, votes.votes_against
        decision.abstained, decision.tie_votes = votes.abstained, None
    for decision in named:
        group = [one for one in named if one.entry.nomination_id == decision.entry.nomination_id]
        if any(ballot.preferred for one in group for ballot in one.ballots):
            decision.tie_votes = _preferred(decision)


def _preferred(decision: Decision) -> int:
    return sum(ballot.preferred for ballot in decision.ballots)
