"""One session of a council with its protocol, as the one who asks may see it (BR-57, BR-58, BR-62)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from services.expertise import access
from services.expertise.model import (
    Assignment,
    ContestEdition,
    Council,
    Decision,
    Entry,
    ExpertProfile,
    Protocol,
    ScoreSheet,
)
from services.expertise.queries import found, names
from services.expertise.queries.barring import Bars, bars
from services.expertise.queries.councils import council_views
from services.expertise.queries.protocol_contents import is_as_signed
from services.expertise.queries.rating_now import is_intact
from services.expertise.queries.session_facts import session_lacks
from services.expertise.queries.views.sessions import (
    BarredView,
    DecisionView,
    ItemView,
    SeatView,
    SessionCard,
)
from services.expertise.rules.sessions import VOTING, voters
from services.expertise.rules.states import BINDING
from services.expertise.rules.vocabulary import (
    CouncilKind,
    Outcome,
    ProtocolState,
    SeatRole,
    SheetState,
    TieBreaker,
)
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read

_ORDER = {SeatRole.CHAIR: 0, SeatRole.SECRETARY: 1, SeatRole.MEMBER: 2, SeatRole.OBSERVER: 3}


def session_card(who: Person, protocol_id: UUID) -> SessionCard:
    """A protocol: whole for the council and the secretariat; once published, for those who are signed in without
    who voted how, and for the public without any name: what was decided and by how many votes."""
    session = read()
    protocol = session.get(
        Protocol,
        protocol_id,
        options=[
            joinedload(Protocol.council).selectinload(Council.members),
            selectinload(Protocol.decisions).joinedload(Decision.entry).joinedload(Entry.nomination),
            selectinload(Protocol.decisions).selectinload(Decision.ballots),
        ],
    )
    if protocol is None:
        raise NotFound(N_("протокол"))
    sitting = {one.person_id for one in protocol.attendees if one.role in VOTING}
    if not access.may_read_session(who, sitting, protocol.state is ProtocolState.PUBLISHED):
        raise NotFound(N_("протокол"))
    return card_of(session, who, protocol)


def card_of(session: Session, who: Person, protocol: Protocol) -> SessionCard:
    """The card of a protocol that may be read."""
    edition = found.edition(session, protocol.edition_id)
    sitting = {one.person_id for one in protocol.attendees if one.role in VOTING}
    full = access.may_read_ballots(who, sitting)
    draft = protocol.state is ProtocolState.DRAFT
    keeps = access.may_keep_session(who, protocol.secretary_id) and protocol.council is not None
    here = voters(protocol.seats)
    signed = {one.person_id: one.at for one in protocol.signatures}
    later = session.scalar(sa.select(Protocol).where(Protocol.supersedes_id == protocol.id))
    older = protocol.supersedes_id and session.get(Protocol, protocol.supersedes_id)
    return SessionCard(
        protocol_id=protocol.id,
        edition_id=protocol.edition_id,
        council=council_views(session, [protocol.council])[0] if protocol.council else None,
        state=protocol.state,
        number=protocol.number,
        date=protocol.date,
        place=protocol.place,
        started_at=protocol.started_at,
        ended_at=protocol.ended_at,
        chair=protocol.chair,
        secretary=protocol.secretary,
        chair_id=protocol.chair_id,
        secretary_id=protocol.secretary_id,
        members_total=protocol.members_total,
        present=protocol.present,
        seats=_seats(session, edition, protocol, signed) if not who.is_public else [],
        items=[
            ItemView(
                title=one.title,
                nomination_id=one.nomination_id,
                heard="" if who.is_public else one.heard,
                spoke="" if who.is_public else one.spoke,
                resolved=one.resolved,
            )
            for one in protocol.items
        ],
        decisions=_decisions(session, who, edition, protocol, full),
        snapshot_hash=protocol.snapshot_hash,
        content_hash=protocol.content_hash,
        paper_note=protocol.paper_note,
        supersedes=(older.id, older.number) if older else None,
        superseded_by=(later.id, later.number) if later else None,
        intact=draft or is_intact(session, edition, protocol),
        as_signed=draft or is_as_signed(protocol),
        lacks=session_lacks(session, edition, protocol) if draft and keeps else [],
        may_keep=keeps,
        may_vote=draft and who.person_id in here,
        may_sign=protocol.state is ProtocolState.ON_SIGNING and who.person_id in here - set(signed),
        may_declare=draft
        and who.person_id in {one.person_id for one in protocol.seats if one.role in VOTING},
        may_print=not draft and access.may_keep_session(who, protocol.secretary_id),
        decides=protocol.decides,
        full=full,
    )


def _seats(
    session: Session, edition: ContestEdition, protocol: Protocol, signed: Mapping[UUID, Any]
) -> list[SeatView]:
    organisations = names.organisations_called(
        session, {one.organisation_id for one in protocol.attendees if one.organisation_id}
    )
    scored = _scored(session, edition, [one.person_id for one in protocol.attendees])
    here = voters(protocol.seats)
    seats = [
        SeatView(
            person_id=one.person_id,
            name=one.name,
            organisation_name=organisations(one.organisation_id, protocol.date)
            if one.organisation_id
            else "",
            role=one.role,
            presence=one.presence,
            votes=one.person_id in here,
            signed_at=signed.get(one.person_id),
            entries_scored=scored.get(one.person_id, ()),
        )
        for one in protocol.attendees
    ]
    return sorted(seats, key=lambda one: (_ORDER[one.role], one.name))


def _scored(session: Session, edition: ContestEdition, people: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Registration numbers of entries that these people scored as experts: the protocol lists them."""
    rows = session.execute(
        sa.select(ExpertProfile.person_id, Entry.reg_no)
        .join(Assignment, Assignment.expert_id == ExpertProfile.id)
        .join(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(
            ExpertProfile.person_id.in_(people),
            Entry.edition_id == edition.id,
            ScoreSheet.state == SheetState.SIGNED,
        )
        .distinct()
        .order_by(Entry.reg_no)
    )
    found_ones: dict[UUID, list[str]] = {}
    for person_id, reg_no in rows:
        found_ones.setdefault(person_id, []).append(reg_no)
    return found_ones


def _decisions(
    session: Session, who: Person, edition: ContestEdition, protocol: Protocol, full: bool
) -> list[DecisionView]:
    entries = [one.entry for one in protocol.decisions]
    barred = _barred(session, edition, protocol, entries)
    organisations = names.organisations_called(session, {entry.applicant_id for entry in entries})
    people = {one.person_id: one.name for one in protocol.attendees}
    notes = {(one.entry_id, one.person_id): one.note for one in protocol.conflicts}
    here = voters(protocol.seats)
    breakers = {UUID(row["entry"]): row["tie_breakers"] for row in protocol.rating_snapshot}
    recommended = _recommended(session, edition, protocol)
    views = []
    for one in protocol.decisions:
        entry, bar = one.entry, barred.get(one.entry_id, {})
        mine = next((ballot for ballot in one.ballots if ballot.person_id == who.person_id), None)
        views.append(
            DecisionView(
                entry_id=entry.id,
                label=entry.label,
                topic=entry.topic,
                applicant_name=organisations(entry.applicant_id, protocol.date),
                nomination_id=entry.nomination_id,
                nomination_code=entry.nomination.code,
                kind=entry.kind,
                outcome=one.outcome,
                title=one.title,
                title_reason=one.title_reason,
                votes_for=one.votes_for,
                votes_against=one.votes_against,
                abstained=one.abstained,
                tie_votes=one.tie_votes,
                hand_note=one.hand_note,
                rank=one.rank,
                final_score=one.final_score,
                tie_breakers=[TieBreaker(word) for word in breakers.get(entry.id, ())],
                in_force=one.in_force,
                cast=len(one.ballots),
                may_vote=len(here - set(bar)),
                barred=[
                    BarredView(
                        person_id=person_id,
                        name=people.get(person_id, names.UNKNOWN),
                        bar=kind,
                        note=notes.get((entry.id, person_id), ""),
                    )
                    for person_id, kind in sorted(bar.items())
                ]
                if full
                else [],
                ballots=[(people.get(b.person_id, names.UNKNOWN), b.choice) for b in one.ballots]
                if full
                else [],
                my_choice=mine.choice if mine else None,
                my_preferred=bool(mine and mine.preferred),
                recommended=recommended.get(entry.id),
            )
        )
    return sorted(views, key=lambda one: (one.nomination_code, one.rank or 10**9, one.label))


def _barred(session: Session, edition: ContestEdition, protocol: Protocol, entries: Sequence[Entry]) -> Bars:
    """While it is a draft the conflicts are looked for; afterwards they are those that were written."""
    if protocol.state is ProtocolState.DRAFT:
        return bars(session, edition, protocol, entries)
    written: Bars = {}
    for one in protocol.conflicts:
        written.setdefault(one.entry_id, {})[one.person_id] = one.bar
    return written


def _recommended(session: Session, edition: ContestEdition, protocol: Protocol) -> dict[UUID, Outcome]:
    """What the expert council has recommended about the entries, the latest word last (BR-56)."""
    rows = session.execute(
        sa.select(Decision.entry_id, Decision.outcome)
        .join(Protocol, Protocol.id == Decision.protocol_id)
        .join(Council, Council.id == Protocol.council_id)
        .where(
            Protocol.edition_id == edition.id,
            Council.kind == CouncilKind.EXPERT,
            Protocol.state.in_(BINDING),
            Protocol.id != protocol.id,
        )
        .order_by(Protocol.date, Protocol.id)
    )
    return {row[0]: row[1] for row in rows}
