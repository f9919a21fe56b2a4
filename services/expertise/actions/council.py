"""The short way to record a session that was held and signed on paper (BR-54…BR-58)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import freezing, ledger
from services.expertise.model import ContestEdition, Decision, Entry, Protocol
from services.expertise.queries import found
from services.expertise.rules import decisions as rules
from services.expertise.rules.states import PROTOCOL
from services.expertise.rules.vocabulary import LedgerKind, Outcome, ProtocolState, ResultTitle
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work

ON_PAPER = "Протокол подписан на бумаге"


def record_decisions(
    who: Person,
    *,
    edition_id: UUID,
    number: str,
    date: date,
    chair: str,
    secretary: str,
    members_total: int,
    present: int,
    decisions: Sequence[Mapping[str, Any]],
    paper_note: str = ON_PAPER,
    supersedes_id: UUID | None = None,
) -> UUID:
    """Record a session of the council held on paper: quorum, votes, outcomes by whole nominations (BR-54…BR-57).

    The protocol is signed at once, ``paper_note`` says where its paper is; the rating with the votes is kept
    with its hash (BR-58). ``supersedes_id`` names the signed protocol that this one takes the place of.
    Registry learns the decisions at once; applicants see them with the results.
    """
    with work(who) as u:
        access.require_council_keeper(who)
        edition = found.edition(u.session, edition_id)
        protocol = Protocol(
            edition_id=edition_id,
            state=ProtocolState.DRAFT,
            number=number.strip(),
            date=date,
            chair=chair,
            secretary=secretary,
            members_total=members_total,
            present=present,
            paper_note=paper_note.strip() or ON_PAPER,
            supersedes_id=supersedes_id,
        )
        if supersedes_id is not None:
            check_superseding(u, edition, found.protocol_to_change(u.session, supersedes_id))
        freezing.check_stage(edition, protocol)
        check_number(u, edition, protocol)
        if date > clock.today():
            raise Refused("BR-57", N_("Дата протокола ещё не наступила"), field="date")
        rules.check_quorum(members_total, present)
        u.add(protocol)
        if not decisions:
            raise Refused("BR-57", N_("Решение принимается по заявкам, которые его ждут"), field="decisions")
        for one in decisions:
            _put(u, edition, protocol, one)
        u.session.flush()
        freezing.freeze(u, edition, protocol)
        log_signature(u, protocol, on_paper=True)
        freezing.complete(u, edition, protocol)
        u.journal("council.decided", protocol, {"number": protocol.number, "decisions": len(decisions)})
        return protocol.id


def check_number(u: Unit, edition: ContestEdition, protocol: Protocol) -> None:
    """A protocol has a number, unique in the edition on its day (BR-57)."""
    if not protocol.number.strip():
        raise Refused("BR-57", N_("У протокола должен быть номер"), field="number")
    with u.session.no_autoflush:
        same = u.session.scalar(
            sa.select(Protocol.id).where(
                Protocol.edition_id == edition.id,
                Protocol.number == protocol.number,
                Protocol.date == protocol.date,
                Protocol.id != protocol.id if protocol.id else sa.true(),
            )
        )
    if same:
        raise Refused("BR-57", N_("Протокол с этим номером и датой уже есть"), field="number")


def check_superseding(u: Unit, edition: ContestEdition, older: Protocol) -> None:
    """Only a signed protocol of the same edition is superseded, and once (model 3.3)."""
    if older.edition_id != edition.id:
        raise NotFound(N_("протокол"))
    PROTOCOL.after(older.state, "supersede")
    if u.session.scalar(sa.select(Protocol.id).where(Protocol.supersedes_id == older.id)):
        raise Refused("3.3 Protocol", N_("Этот протокол уже заменён или заменяется другим"))


def log_signature(
    u: Unit, protocol: Protocol, *, person_id: UUID | None = None, on_paper: bool = False
) -> None:
    """A line of the log: whose signature, or that the paper is signed, with the hashes that were signed (F6)."""
    ledger.record(
        u,
        LedgerKind.PROTOCOL_SIGNED,
        edition_id=protocol.edition_id,
        subject_id=protocol.id,
        data={
            "number": protocol.number,
            "date": protocol.date.isoformat(),
            "members": protocol.members_total,
            "present": protocol.present,
            "content_hash": protocol.content_hash,
            "rating_hash": protocol.snapshot_hash,
            "person": str(person_id) if person_id else None,
            "on_paper": on_paper,
        },
    )


def _put(u: Unit, edition: ContestEdition, protocol: Protocol, one: Mapping[str, Any]) -> None:
    entry = u.session.get(Entry, UUID(str(one["entry_id"])))
    if entry is None or entry.edition_id != edition.id:
        raise Refused("BR-57", N_("Решение принимается по заявкам, которые его ждут"), field="decisions")
    votes = rules.Votes(one["votes_for"], one.get("votes_against") or 0, one.get("abstained") or 0)
    rules.check_votes(entry.label, votes, protocol.present)
    protocol.decisions.append(
        Decision(
            entry=entry,
            outcome=Outcome(one["outcome"]),
            title=ResultTitle(one["title"]) if one.get("title") else None,
            votes_for=votes.votes_for,
            votes_against=votes.votes_against,
            abstained=votes.abstained,
            hand_note=protocol.paper_note,
        )
    )
