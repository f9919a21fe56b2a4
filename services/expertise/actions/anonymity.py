"""Making works anonymous: looking them over, masked copies of files, waivers with a reason (F18)."""

import secrets
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import BlindWork, ContestEdition, Entry, EntryFile
from services.expertise.queries import blind, found, looks
from services.expertise.rules.anonymity import files
from services.expertise.rules.anonymity.lexicon import Finding, Lexicon
from services.expertise.rules.anonymity.works import Found, check_waiver, draw_code
from services.expertise.rules.labels import label
from services.expertise.rules.vocabulary import LedgerKind
from shared import clock
from shared.files import PDF, fingerprint, known_type, safe_name
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def look_over(who: Person, *, edition_id: UUID) -> int:
    """Look over every work of a blind edition: codes, telling places, masked copies; gives how many are ready.

    What was looked at and has not changed since keeps its waivers and its copies.
    """
    with work(who) as u:
        access.require_secretary(who)
        edition = _blind(found.edition(u.session, edition_id))
        entries = looks.entries_of(u.session, edition)
        words = blind.lexicons(u.session, entries)
        known = looks.works_of(u.session, edition.id)
        taken = {one.code for one in known.values()}
        for entry in entries:
            one = known.get(entry.id)
            if one is None:
                one = u.add(
                    BlindWork(
                        entry_id=entry.id,
                        edition_id=edition.id,
                        code=draw_code(secrets.choice, taken),
                        waived=[],
                        findings=[],
                    )
                )
                taken.add(one.code)
            _look(u, entry, one, words[entry.id])
        u.session.flush()
        return len(entries) - len(looks.unready(u.session, edition))


def waive_findings(who: Person, *, entry_id: UUID, words: Sequence[str] = (), reason: str = "") -> None:
    """Leave words as they are, because they do not tell whose the work is; the list replaces the earlier one."""
    with work(who) as u:
        access.require_secretary(who)
        entry, one = _looked_at(u, entry_id)
        check_waiver(words, {place["key"] for place in one.findings}, reason)
        one.waived = list(dict.fromkeys(words))
        one.reason = reason.strip() or None
        _copy(u, entry, one, blind.lexicons(u.session, [entry])[entry.id], afresh=True)
        ledger.entry(
            u,
            LedgerKind.ENTRY_CHANGED,
            entry,
            change="ANONYMITY_WAIVED",
            waived=len(one.waived),
            reason=ledger.words(u, entry.edition_id, reason),
        )
        u.journal("entry.anonymity_waived", entry, {"words": len(one.waived)})


def add_masked_file(who: Person, *, file_id: UUID, filename: str, content: bytes) -> UUID:
    """Put a copy masked by hand in the place of the machine's: where a program cannot cover words itself."""
    with work(who) as u:
        access.require_secretary(who)
        original = u.session.get(EntryFile, file_id)
        if original is None or original.masked_of is not None:
            raise NotFound(N_("файл"))
        entry, one = _looked_at(u, original.entry_id)
        kind = known_type(content)
        if kind not in (original.media_type, PDF):
            raise Refused("F18", N_("Приложите копию того же вида или PDF"), field="file")
        assert kind is not None
        words = blind.lexicons(u.session, [entry])[entry.id]
        left = [
            place
            for place in files.look("", "", kind, content, words)
            if place.finding is not Finding.PICTURE and place.key not in one.waived
        ]
        if left:
            raise Refused(
                "F18",
                N_("В копии ещё осталось: %(words)s"),
                field="file",
                words=", ".join(dict.fromkeys(place.words for place in left[:5])),
            )
        clean = files.copy(kind, content, words, one.waived)
        if clean is None:
            raise Refused("F18", N_("Файл не читается. Сохраните его заново и приложите"), field="file")
        return _put(u, entry, original, kind, clean, by=who.account_id).id


def _blind(edition: ContestEdition) -> ContestEdition:
    if not edition.hides_applicants:
        raise Refused("F18", N_("В этом выпуске работы не анонимны"))
    return edition


def _looked_at(u: Unit, entry_id: UUID) -> tuple[Entry, BlindWork]:
    entry = found.entry(u.session, entry_id)
    _blind(entry.edition)
    one = u.session.scalar(sa.select(BlindWork).where(BlindWork.entry_id == entry_id))
    if one is None or one.seen != looks.seen_of(u.session, [entry])[entry_id]:
        raise Refused("F18", N_("Сначала проверьте работы: эта менялась или ещё не просмотрена"))
    return entry, one


def _look(u: Unit, entry: Entry, one: BlindWork, words: Lexicon) -> None:
    seen = looks.seen_of(u.session, [entry])[entry.id]
    places = looks.find_all(u.session, entry, words)
    changed = seen != one.seen
    one.findings = [_told(place) for place in places]
    if changed:
        one.waived, one.reason, one.seen = [], None, seen
    one.looked_at, one.looked_by = clock.now(), u.who.account_id
    _copy(u, entry, one, words, afresh=True)
    if changed:
        ledger.entry(u, LedgerKind.ENTRY_CHANGED, entry, change="ANONYMITY_LOOKED", found=len(places))


def _told(place: Found) -> dict[str, str]:
    return {
        "place": place.place,
        "finding": place.finding.value,
        "words": place.words,
        "before": place.before,
        "after": place.after,
        "key": place.key,
    }


def _copy(u: Unit, entry: Entry, one: BlindWork, words: Lexicon, *, afresh: bool) -> None:
    """Make masked copies; those made by hand stay."""
    copies = looks.copies_of(u.session, entry.id)
    for original in looks.originals_of(u.session, entry.id):
        there = copies.get(original.id)
        if there is not None and (there.created_by is not None or not afresh):
            continue
        clean = files.copy(original.media_type, original.content, words, one.waived)
        if clean is None:
            if there is not None:
                u.session.delete(there)
        elif there is None or there.sha256 != fingerprint(clean):
            _put(u, entry, original, original.media_type, clean, by=None)


def _put(
    u: Unit, entry: Entry, original: EntryFile, kind: str, content: bytes, *, by: UUID | None
) -> EntryFile:
    """The copy in the place of the earlier one, under a name that tells its kind and number only."""
    for earlier in u.session.scalars(sa.select(EntryFile).where(EntryFile.masked_of == original.id)):
        u.session.delete(earlier)
    number = [one.id for one in looks.originals_of(u.session, entry.id)].index(original.id) + 1
    copy = u.add(
        EntryFile(
            entry_id=entry.id,
            kind=original.kind,
            filename=safe_name(f"{number}. {label(original.kind)}.x", kind),
            media_type=kind,
            sha256=fingerprint(content),
            size=len(content),
            content=content,
            masked_of=original.id,
            created_by=by,
        )
    )
    u.session.flush()
    ledger.record(
        u,
        LedgerKind.FILE_ADDED,
        edition_id=entry.edition_id,
        subject_id=copy.id,
        data={"entry": str(entry.id), "masked_of": str(original.id), "sha256": copy.sha256, "by_hand": by is not None},
    )
    return copy


