"""The secretary's look at the anonymity of works: what tells whose they are, which are ready for experts (F18)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise import access
from services.expertise.model import BlindWork, ContestEdition, Entry, EntryFile
from services.expertise.queries import found
from services.expertise.queries.views import AnonymityCard, AnonymityLine, FoundView, MaskedFileView
from services.expertise.rules.anonymity import files
from services.expertise.rules.anonymity.lexicon import Finding, Lexicon
from services.expertise.rules.anonymity.works import Found, find, fingerprint
from services.expertise.rules.states import OUT_OF_CONTEST
from services.expertise.rules.templates import text_of
from services.expertise.rules.vocabulary import EntryState
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import read

TOPIC, SUMMARY = N_("тема"), N_("краткое описание")


def anonymity(who: Person, edition_id: UUID) -> list[AnonymityLine]:
    """The works of a blind edition with their codes and what is left to do; for the secretary."""
    access.require_secretary(who)
    session = read()
    edition = found.edition(session, edition_id)
    entries = entries_of(session, edition)
    return [_line(session, entry, *told) for entry, *told in _told(session, edition, entries)]


def anonymity_of(who: Person, entry_id: UUID) -> AnonymityCard:
    """One work: every telling place in its context, its files and their masked copies; for the secretary."""
    access.require_secretary(who)
    session = read()
    entry = found.entry(session, entry_id)
    if not entry.edition.hides_applicants:
        raise Refused("F18", N_("В этом выпуске работы не анонимны"))
    ((_, work, seen),) = _told(session, entry.edition, [entry])
    line = _line(session, entry, work, seen)
    copies = copies_of(session, entry_id)
    return AnonymityCard(
        **vars(line),
        findings=[
            FoundView(**{**one, "finding": Finding(one["finding"])}, waived=one["key"] in work.waived)
            for one in (work.findings if work else ())
        ],
        reason=work.reason if work else None,
        files=[
            MaskedFileView(
                file_id=one.id,
                filename=one.filename,
                copy_id=copies[one.id].id if one.id in copies else None,
                copy_name=copies[one.id].filename if one.id in copies else None,
                by_hand=one.id in copies and copies[one.id].created_by is not None,
            )
            for one in originals_of(session, entry_id)
        ],
    )


def _told(
    session: Session, edition: ContestEdition, entries: Sequence[Entry]
) -> list[tuple[Entry, BlindWork | None, str]]:
    works, seen = works_of(session, edition.id), seen_of(session, entries)
    return [(one, works.get(one.id), seen[one.id]) for one in entries]


def _line(session: Session, entry: Entry, work: BlindWork | None, seen: str) -> AnonymityLine:
    looked = work is not None and work.seen == seen
    return AnonymityLine(
        entry_id=entry.id,
        edition_id=entry.edition_id,
        code=work.code if work else None,
        reg_no=entry.reg_no,
        topic=entry.topic,
        state=entry.state,
        looked_at=_looked_at(work) if looked else None,
        found=len(work.findings) if work and looked else 0,
        waived=len(work.waived) if work and looked else 0,
        left=_left(session, entry, work) if work and looked else [],
    )


def _looked_at(work: BlindWork | None) -> datetime | None:
    return work.looked_at if work else None


def _left(session: Session, entry: Entry, work: BlindWork) -> list[str]:
    """Files that a person still has to deal with: no copy, or a picture that nobody has looked at."""
    copies = copies_of(session, entry.id)
    by_hand = {key for key, one in copies.items() if one.created_by is not None}
    originals = originals_of(session, entry.id)
    pictures = {
        one["place"]
        for one in work.findings
        if one["finding"] == Finding.PICTURE and one["key"] not in work.waived
    }
    return [
        one.filename
        for one in originals
        if one.id not in copies or (one.filename in pictures and one.id not in by_hand)
    ]


def unready(session: Session, edition: ContestEdition, *, states: Collection[EntryState] = ()) -> list[str]:
    """Registration numbers of the works that experts may not get yet (F18)."""
    entries = [one for one in entries_of(session, edition) if not states or one.state in states]
    return [
        entry.label
        for entry, work, seen in _told(session, edition, entries)
        if work is None or work.seen != seen or _left(session, entry, work)
    ]


def entries_of(session: Session, edition: ContestEdition) -> Sequence[Entry]:
    """Registered works that take part."""
    return session.scalars(
        sa.select(Entry)
        .where(
            Entry.edition_id == edition.id,
            Entry.state.not_in([*OUT_OF_CONTEST, EntryState.DRAFT, EntryState.SUBMITTED]),
        )
        .order_by(Entry.reg_no)
    ).all()


def works_of(session: Session, edition_id: UUID) -> Mapping[UUID, BlindWork]:
    """What is known of the works of an edition, by entry."""
    rows = session.scalars(sa.select(BlindWork).where(BlindWork.edition_id == edition_id))
    return {one.entry_id: one for one in rows}


def seen_of(session: Session, entries: Collection[Entry]) -> dict[UUID, str]:
    """The fingerprint of what there is to look at in each entry now."""
    rows = session.execute(
        sa.select(EntryFile.entry_id, EntryFile.filename, EntryFile.sha256)
        .where(EntryFile.entry_id.in_([one.id for one in entries]), EntryFile.masked_of.is_(None))
        .order_by(EntryFile.created_at, EntryFile.id)
    )
    told: dict[UUID, list[str]] = {}
    for entry_id, filename, sha256 in rows:
        told.setdefault(entry_id, []).extend((filename, sha256))
    return {
        one.id: fingerprint([*(text for _, text in texts_of(one)), *told.get(one.id, ())]) for one in entries
    }


def texts_of(entry: Entry) -> list[tuple[str, str]]:
    """The words of an entry that experts read, by their place."""
    template = entry.nomination.template
    codes = [one.code for one in template.rules.sections] if template else []
    return [
        (TOPIC, entry.topic),
        (SUMMARY, entry.summary),
        *((code, text_of(entry.answers or {}, code)) for code in codes),
    ]


def find_all(session: Session, entry: Entry, words: Lexicon) -> list[Found]:
    """Every telling place of an entry: its words, the names and contents of its files."""
    places = [one for place, text in texts_of(entry) for one in find(place, text, words)]
    for file in originals_of(session, entry.id):
        places += files.look(file.filename, file.filename, file.media_type, file.content, words)
    return places


def originals_of(session: Session, entry_id: UUID) -> Sequence[EntryFile]:
    """Files as they were sent, in their order."""
    return session.scalars(
        sa.select(EntryFile)
        .where(EntryFile.entry_id == entry_id, EntryFile.masked_of.is_(None))
        .order_by(EntryFile.created_at, EntryFile.id)
    ).all()


def copies_of(session: Session, entry_id: UUID) -> dict[UUID, EntryFile]:
    """Masked copies by the file that they stand for."""
    rows = session.scalars(
        sa.select(EntryFile).where(EntryFile.entry_id == entry_id, EntryFile.masked_of.is_not(None))
    )
    return {one.masked_of: one for one in rows if one.masked_of}


