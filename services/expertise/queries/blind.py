"""Entries of a blind edition as their experts see them: codes instead of numbers, masked words, no names (F18)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from services.expertise import access
from services.expertise.model import Assignment, BlindWork, Entry, EntryFile, ExpertProfile
from services.expertise.queries.views import EntryCard, EntryLine, FileView, SectionView, SheetView
from services.expertise.readmodel import Municipality, Organisation, PersonCopy
from services.expertise.rules.anonymity.lexicon import Lexicon, build
from services.expertise.rules.anonymity.works import hide
from services.expertise.rules.files import SHOWN
from shared.person import Person, Role
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read

#: An entry that nobody has looked at has no code yet; experts get it only after that (rules/guards.py).
NO_CODE = "——"


@dataclass(frozen=True)
class Veil:
    """What stands between an entry and its expert."""

    code: str
    lexicon: Lexicon
    waived: Collection[str] = ()

    @property
    def title(self) -> str:
        """What the work is called instead of its registration number."""
        return f"Работа {self.code}"

    def hide(self, text: str) -> str:
        """The text without telling words."""
        return hide(text, self.lexicon, self.waived)


def veils(session: Session, entries: Collection[Entry]) -> dict[UUID, Veil]:
    """The veils of entries, in a few SELECTs for all of them."""
    if not entries:
        return {}
    works = {
        one.entry_id: one
        for one in session.scalars(sa.select(BlindWork).where(BlindWork.entry_id.in_([e.id for e in entries])))
    }
    words = lexicons(session, entries)
    return {
        one.id: Veil(
            works[one.id].code if one.id in works else NO_CODE,
            words[one.id],
            _waived(works.get(one.id), one),
        )
        for one in entries
    }


def veil(session: Session, entry: Entry) -> Veil:
    """The veil of one entry."""
    return veils(session, [entry])[entry.id]


def _waived(work: BlindWork | None, entry: Entry) -> Collection[str]:
    # After a revision the waivers wait for another look: until then everything found is masked.
    stale = work is None or (work.looked_at is not None and _revised_after(entry, work))
    return () if stale or work is None else frozenset(work.waived)


def _revised_after(entry: Entry, work: BlindWork) -> bool:
    assert work.looked_at is not None
    return any(one.resubmitted_at and one.resubmitted_at > work.looked_at for one in entry.revisions)


def lexicons(session: Session, entries: Collection[Entry]) -> Mapping[UUID, Lexicon]:
    """Names that tell whose each entry is: of its parties by all their dates, their municipalities and people."""
    parties = {key for one in entries for key in one.parties}
    organisations = {
        one.id: one for one in session.scalars(sa.select(Organisation).where(Organisation.id.in_(parties)))
    }
    codes = {one.municipality_oktmo for one in (*entries, *organisations.values()) if one.municipality_oktmo}
    places = {
        one.oktmo: one for one in session.scalars(sa.select(Municipality).where(Municipality.oktmo.in_(codes)))
    }
    authors = {one.id: {two.person_id for two in one.authors if two.person_id} for one in entries}
    for one in entries:
        if one.contact_person_id:
            authors[one.id].add(one.contact_person_id)
    people = session.scalars(
        sa.select(PersonCopy).where(
            sa.or_(
                PersonCopy.organisation_id.in_(parties),
                PersonCopy.id.in_({key for keys in authors.values() for key in keys}),
            )
        )
    ).all()
    found = {}
    for entry in entries:
        own = [organisations[key] for key in entry.parties if key in organisations]
        where = {entry.municipality_oktmo, *(one.municipality_oktmo for one in own)}
        found[entry.id] = build(
            organisations=[name for one in own for name in _names(one.full_name, one.short_name, one.names)],
            municipalities=[
                name
                for code in where
                if code in places
                for name in _names(places[code].short_name, "", places[code].names)
            ],
            people=[
                *(
                    (one.last_name, one.first_name, one.middle_name)
                    for one in people
                    if one.organisation_id in entry.parties or one.id in authors[entry.id]
                ),
                # An author who is no person of the registry has one line: the family name stands first.
                *((one.name.split()[0], "", None) for one in entry.authors if one.name and one.name.strip()),
            ],
        )
    return found


def _names(full: str, short: str, dated: Iterable[Mapping[str, str]]) -> list[str]:
    return [name for name in (full, short, *(one["name"] for one in dated)) if name]


def is_hidden_from(who: Person, entry: Entry) -> bool:
    """Whether this reader may not learn whose the entry is."""
    return entry.edition.hides_applicants and not access.may_see_applicant(
        who, entry.parties, entry.municipality_oktmo, _experts_of(read(), entry.id)
    )


def _experts_of(session: Session, entry_id: UUID) -> Collection[UUID]:
    return session.scalars(
        sa.select(ExpertProfile.person_id)
        .join(Assignment, Assignment.expert_id == ExpertProfile.id)
        .where(Assignment.entry_id == entry_id)
    ).all()


def hidden_among(who: Person, entries: Collection[Entry]) -> dict[UUID, Veil]:
    """The veils of those entries of a list whose applicants this reader may not learn."""
    blind = [one for one in entries if one.edition.hides_applicants]
    if not blind or who.is_system:
        return {}
    mine = assigned_to(read(), who)
    return veils(
        read(),
        [
            one
            for one in blind
            if not access.may_see_applicant(
                who, one.parties, one.municipality_oktmo, [who.person_id] if one.id in mine and who.person_id else []
            )
        ],
    )


def assigned_to(session: Session, who: Person) -> frozenset[UUID]:
    """Entries that this person has ever been asked to judge."""
    if who.person_id is None or not who.has(Role.EXPERT):
        return frozenset()
    return frozenset(
        session.scalars(
            sa.select(Assignment.entry_id)
            .join(ExpertProfile, ExpertProfile.id == Assignment.expert_id)
            .where(ExpertProfile.person_id == who.person_id)
        )
    )


def line_of(one: EntryLine, cover: Veil | None) -> EntryLine:
    """A line of a list as an expert of a blind edition reads it."""
    if cover is None:
        return one
    return replace(
        one,
        reg_no=cover.title,
        topic=cover.hide(one.topic),
        applicant_id=None,
        applicant_name=None,
        municipality_oktmo=None,
        submitted_at=None,
        fix_until=None,
    )


def card_of(card: EntryCard, cover: Veil) -> EntryCard:
    """A card as an expert of a blind edition reads it: the work itself, nothing of who sent it and when."""
    return replace(
        card,
        reg_no=cover.title,
        topic=cover.hide(card.topic),
        summary=cover.hide(card.summary),
        applicant_id=None,
        applicant_name=None,
        municipality_oktmo=None,
        submitted_at=None,
        fix_until=None,
        platform_id=None,
        co_applicant_ids=[],
        co_applicants=[],
        contact_person_id=None,
        contact_name=None,
        closes_at=None,
        authors=[],
        sections=[section_of(one, cover) for one in card.sections],
        files=files_of(card.entry_id),
        missing_files=[],
        is_open=False,
        checks=[],
        revisions=[
            replace(
                one,
                remarks=cover.hide(one.remarks),
                old_topic=cover.hide(one.old_topic),
                new_topic=one.new_topic and cover.hide(one.new_topic),
                answer=one.answer and cover.hide(one.answer),
                changed=[
                    replace(two, before=cover.hide(two.before), after=cover.hide(two.after)) for two in one.changed
                ],
            )
            for one in card.revisions
        ],
        sheets=[sheet_of(one, cover) for one in card.sheets],
        is_own=False,
    )


def section_of(one: SectionView, cover: Veil) -> SectionView:
    """A section of the form without telling words."""
    return replace(
        one, text=cover.hide(one.text), rows=[[cover.hide(cell) for cell in row] for row in one.rows], data_on=None
    )


def sheet_of(sheet: SheetView, cover: Veil) -> SheetView:
    """A sheet whose secretary's words may tell whose the work is."""
    return replace(sheet, cancel_reason=sheet.cancel_reason and cover.hide(sheet.cancel_reason))


def files_of(entry_id: UUID) -> list[FileView]:
    """The masked copies in the order of their originals; a file without one does not exist for an expert."""
    original = aliased(EntryFile)
    rows = read().execute(
        sa.select(EntryFile, original.created_at)
        .join(original, original.id == EntryFile.masked_of)
        .where(EntryFile.entry_id == entry_id)
        .order_by(original.created_at, original.id)
    )
    return [
        FileView(
            file_id=one.id,
            kind=one.kind,
            filename=one.filename,
            media_type=one.media_type,
            size=one.size,
            sha256=one.sha256,
            added_at=one.created_at,
            is_new=False,
            may_be_shown=one.media_type in SHOWN,
        )
        for one, _ in rows
    ]


def require_open(who: Person, entry: Entry) -> None:
    """Print-outs and papers that name the applicant are not for the experts of a blind edition (F18)."""
    if is_hidden_from(who, entry):
        raise NotAllowed(N_("Работа анонимна до публикации результатов"))


def require_readable(who: Person, entry: Entry, file: EntryFile) -> None:
    """Experts of a blind edition get masked copies only; originals do not exist for them (F18)."""
    if file.masked_of is None and is_hidden_from(who, entry):
        raise NotFound(N_("файл"))
