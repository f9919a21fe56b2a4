"""D-09: the diploma of an awarded entry, always in Russian (model 3.9)."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from services.expertise import access
from services.expertise.model import ContestEdition, Decision, Entry, Nomination, Paper, Protocol
from services.expertise.queries import found, names
from services.expertise.queries.protocol_paper import organiser_name
from services.expertise.readmodel import Organisation
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.vocabulary import ResultTitle
from shared.dated_names import name_on
from shared.documents import Document, Facts, Paragraph, Signatures
from shared.person import Person
from shared.refusal import NotAllowed
from shared.requisites import PaperState, Requisites
from shared.unit import read

#: Titles that are honoured with a diploma, and how it is called.
HONOURED = {
    ResultTitle.WINNER: ("Диплом победителя", "победителю"),
    ResultTitle.PRIZE_WINNER: ("Диплом призёра", "призёру"),
    ResultTitle.LAUREATE: ("Диплом лауреата", "лауреату"),
    ResultTitle.DIPLOMA: ("Грамота дипломанта", "дипломанту"),
}


@dataclass(frozen=True, kw_only=True)
class AwardedLine:
    """An awarded entry with its diploma, when one is issued."""

    entry_id: UUID
    label: str
    nomination_code: str
    nomination_title: str
    applicant_name: str
    title: ResultTitle
    rank: int | None
    final_score: Decimal | None
    paper_id: UUID | None


def awarded_entries(who: Person, edition_id: UUID) -> list[AwardedLine]:
    """Entries that get a diploma, by nomination and place, each with its valid paper."""
    if not who.has(*access.ALL_ENTRIES):
        raise NotAllowed()
    session = read()
    found.edition(session, edition_id)
    rows = awarded(session, edition_id)
    organisations = names.organisations_called(session, {entry.applicant_id for entry, *_ in rows})
    papers = issued(session, [entry.id for entry, *_ in rows])
    return [
        AwardedLine(
            entry_id=entry.id,
            label=entry.label,
            nomination_code=nomination.code,
            nomination_title=nomination.title,
            applicant_name=organisations(entry.applicant_id, protocol.date),
            title=entry.title,
            rank=entry.rank,
            final_score=entry.final_score,
            paper_id=papers.get(entry.id),
        )
        for entry, nomination, protocol in rows
    ]


def awarded(session: Session, edition_id: UUID) -> list[tuple[Entry, Nomination, Protocol]]:
    """Awarded entries with the protocol that decided."""
    rows = session.execute(
        sa.select(Entry, Nomination, Protocol)
        .join(Nomination, Nomination.id == Entry.nomination_id)
        .join(Decision, sa.and_(Decision.entry_id == Entry.id, Decision.in_force))
        .join(Protocol, Protocol.id == Decision.protocol_id)
        .where(Entry.edition_id == edition_id, Entry.title.in_(list(HONOURED)))
        .options(joinedload(Entry.edition))
        .order_by(Nomination.code, Entry.rank, Entry.reg_no)
    )
    return [(entry, nomination, protocol) for entry, nomination, protocol in rows]


def issued(session: Session, entries: list[UUID]) -> dict[UUID, UUID]:
    """Valid diplomas by entry."""
    rows = session.execute(
        sa.select(Paper.object_id, Paper.id).where(
            Paper.kind == PaperKind.D09_DIPLOMA,
            Paper.state == PaperState.ISSUED,
            Paper.object_id.in_(entries),
        )
    )
    return {row[0]: row[1] for row in rows}


def diploma_paper(
    session: Session,
    edition: ContestEdition,
    entry: Entry,
    nomination: Nomination,
    protocol: Protocol,
    requisites: Requisites,
) -> Document:
    """Who is honoured, for what, in which nomination, by which decision; names are those of that day (BR-06)."""
    assert entry.title is not None
    title, honoured = HONOURED[entry.title]
    parties = [full_name(session, key, protocol) for key in entry.parties]
    together = f" совместно с: {'; '.join(parties[1:])}" if parties[1:] else ""
    return Document(
        title=title,
        number=requisites.number,
        date=requisites.issued_on,
        org_head=[organiser_name(session, edition, protocol.date)],
        blocks=[
            Paragraph(edition.title, align="center", bold=True),
            Paragraph(f"награждается {parties[0]}{together}", align="center"),
            Paragraph(f"«{entry.topic}»", align="center", bold=True),
            Paragraph(f"Вручается {honoured} в номинации «{nomination.title}».", align="center"),
            Facts(
                [
                    ("Место", str(entry.rank) if entry.rank else "—"),
                    ("Регистрационный номер", entry.label),
                    ("Конкурс объявлен", edition.act_ref or "—"),
                    ("Решение", f"протокол № {protocol.number} от {protocol.date:%d.%m.%Y}"),
                ]
            ),
            Signatures([("Председатель", protocol.chair)]),
        ],
        verify_url=requisites.verify_url,
        verify_code=requisites.verify_code,
        landscape=True,
    )


def full_name(session: Session, organisation_id: UUID, protocol: Protocol) -> str:
    """The full name on the day of the decision (BR-06)."""
    one = session.get(Organisation, organisation_id)
    return name_on(one.names, protocol.date, one.full_name) if one else names.UNKNOWN
