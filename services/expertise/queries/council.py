"""Protocols of the council and published results."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from services.expertise import access
from services.expertise.model import Decision, Entry, Nomination, Protocol
from services.expertise.queries import found, names
from services.expertise.queries.protocol_contents import is_as_signed
from services.expertise.queries.rating_now import is_intact
from services.expertise.queries.views import ProtocolView, ResultLine
from services.expertise.rules.vocabulary import EditionState, ProtocolState
from shared.person import Person, Role
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read


def protocols(who: Person, edition_id: UUID) -> list[ProtocolView]:
    """Protocols of an edition; the rating is counted anew and must give the recorded hash (BR-58)."""
    if not who.has(Role.SECRETARY, Role.COUNCIL, Role.OPERATOR):
        raise NotAllowed()
    session = read()
    edition = found.edition(session, edition_id)
    rows = session.scalars(
        sa.select(Protocol)
        .where(Protocol.edition_id == edition_id)
        .options(
            joinedload(Protocol.council),
            selectinload(Protocol.decisions).joinedload(Decision.entry),
            selectinload(Protocol.decisions).selectinload(Decision.ballots),
        )
        .order_by(Protocol.date, Protocol.number)
    ).all()
    later = {row.supersedes_id: row.number for row in rows}
    return [
        ProtocolView(
            protocol_id=row.id,
            number=row.number,
            date=row.date,
            chair=row.chair,
            secretary=row.secretary,
            members_total=row.members_total,
            present=row.present,
            decisions=len(row.decisions),
            snapshot_hash=row.snapshot_hash,
            intact=row.state is ProtocolState.DRAFT or is_intact(session, edition, row),
            state=row.state,
            council_title=row.council.title if row.council else "",
            superseded_by=later.get(row.id),
            as_signed=row.state is ProtocolState.DRAFT or is_as_signed(row),
        )
        for row in rows
    ]


def published_protocols(who: Person, edition_id: UUID) -> list[ProtocolView]:
    """Published protocols, open to everybody (model 3.5)."""
    session = read()
    edition = found.edition(session, edition_id)
    if edition.state is EditionState.DRAFT:
        raise NotFound(N_("выпуск конкурса"))
    rows = session.scalars(
        sa.select(Protocol)
        .where(Protocol.edition_id == edition_id, Protocol.state == ProtocolState.PUBLISHED)
        .options(joinedload(Protocol.council))
        .order_by(Protocol.date, Protocol.number)
    )
    return [
        ProtocolView(
            protocol_id=row.id,
            number=row.number,
            date=row.date,
            chair="",
            secretary="",
            members_total=row.members_total,
            present=row.present,
            decisions=0,
            snapshot_hash=row.snapshot_hash,
            intact=True,
            state=row.state,
            council_title=row.council.title if row.council else "",
        )
        for row in rows
    ]


def published_results(who: Person, edition_id: UUID) -> list[ResultLine]:
    """Results for everybody once published; secretary, operator and council see them before.

    The applicant is called as on the day of the protocol (BR-06).
    """
    session = read()
    edition = found.edition(session, edition_id)
    if edition.published_at is None and not who.has(*access.ALL_ENTRIES):
        if edition.state is EditionState.DRAFT:
            raise NotFound(N_("выпуск конкурса"))
        return []
    rows = session.execute(
        sa.select(Decision, Entry, Nomination, Protocol)
        .join(Protocol, Protocol.id == Decision.protocol_id)
        .join(Entry, Entry.id == Decision.entry_id)
        .join(Nomination, Nomination.id == Entry.nomination_id)
        .where(Entry.edition_id == edition_id, Decision.in_force)
        .order_by(Nomination.code, Entry.rank, Entry.reg_no)
    ).all()
    organisations = names.organisations_called(session, {entry.applicant_id for _, entry, *_ in rows})
    return [
        ResultLine(
            entry_id=entry.id,
            reg_no=entry.label,
            topic=entry.topic,
            applicant_name=organisations(entry.applicant_id, protocol.date),
            nomination_code=nomination.code,
            nomination_title=nomination.title,
            place=entry.rank,
            final_score=entry.final_score,
            outcome=decision.outcome,
            title=entry.title,
            protocol_number=protocol.number,
            protocol_date=protocol.date,
            protocol_id=protocol.id,
            decided_place=decision.rank,
            decided_score=decision.final_score,
        )
        for decision, entry, nomination, protocol in rows
    ]
