"""Protocols of the council and published results."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from services.expertise import access
from services.expertise.model import Decision, Entry, Nomination, Protocol
from services.expertise.queries import found, names
from services.expertise.queries.standings import snapshot, standings
from services.expertise.queries.views import ProtocolView, ResultLine
from services.expertise.rules.decisions import snapshot_hash
from services.expertise.rules.vocabulary import EditionState
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
        .options(selectinload(Protocol.decisions).joinedload(Decision.entry))
        .order_by(Protocol.date, Protocol.number)
    ).all()
    answer = []
    for row in rows:
        nominations = {decision.entry.nomination_id for decision in row.decisions}
        now = snapshot(standings(session, edition, nominations=nominations))
        answer.append(
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
                intact=snapshot_hash(now) == row.snapshot_hash,
            )
        )
    return answer


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
        sa.select(Decision, Entry, Nomination, Protocol.date)
        .join(Protocol, Protocol.id == Decision.protocol_id)
        .join(Entry, Entry.id == Decision.entry_id)
        .join(Nomination, Nomination.id == Entry.nomination_id)
        .where(Entry.edition_id == edition_id)
        .order_by(Nomination.code, Decision.rank, Entry.reg_no)
    ).all()
    organisations = names.organisations_called(session, {entry.applicant_id for _, entry, *_ in rows})
    return [
        ResultLine(
            entry_id=entry.id,
            reg_no=entry.label,
            topic=entry.topic,
            applicant_name=organisations(entry.applicant_id, day),
            nomination_code=nomination.code,
            nomination_title=nomination.title,
            place=decision.rank,
            final_score=decision.final_score,
            outcome=decision.outcome,
            title=decision.title,
        )
        for decision, entry, nomination, day in rows
    ]
