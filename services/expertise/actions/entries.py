"""Entries: drafting, filing, withdrawal."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import entry_content as content
from services.expertise.actions import ledger
from services.expertise.model import Entry, EntryFile, Nomination
from services.expertise.queries import found
from services.expertise.rules.states import ENTRY, OUT_OF_CONTEST
from services.expertise.rules.templates import check_complete, check_text
from services.expertise.rules.vocabulary import EditionState, EntryKind, EntryState, LedgerKind, StageKind
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def draft_entry(
    who: Person,
    *,
    edition_id: UUID,
    nomination_id: UUID,
    applicant_id: UUID,
    topic: str,
    summary: str = "",
    co_applicant_ids: Sequence[UUID] = (),
    platform_id: UUID | None = None,
    contact_person_id: UUID | None = None,
    authors: Sequence[Mapping[str, Any]] = (),
) -> UUID:
    """Begin an entry of one's own organisation; a draft is seen by nobody else (BR-37)."""
    with work(who) as u:
        access.require_applicant(who, applicant_id)
        nomination = _nomination(u, edition_id, nomination_id)
        _require_accepting(nomination.edition.state)
        entry = _new(u, nomination, applicant_id)
        content.fill(
            u,
            entry,
            topic=topic,
            summary=summary,
            co_applicant_ids=co_applicant_ids,
            platform_id=platform_id,
            contact_person_id=contact_person_id,
            authors=authors,
        )
        u.add(entry)
        u.journal("entry.drafted", entry)
        return entry.id


def edit_entry(
    who: Person,
    *,
    entry_id: UUID,
    topic: str,
    summary: str = "",
    co_applicant_ids: Sequence[UUID] = (),
    platform_id: UUID | None = None,
    contact_person_id: UUID | None = None,
    authors: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Change a draft; a submitted entry is changed only through a return for revision."""
    with work(who) as u:
        entry = content.own(u, found.entry(u.session, entry_id))
        if entry.state is not EntryState.DRAFT:
            raise Refused("BR-37", N_("Поданную заявку не изменяют. Её можно отозвать"))
        content.fill(
            u,
            entry,
            topic=topic,
            summary=summary,
            co_applicant_ids=co_applicant_ids,
            platform_id=platform_id,
            contact_person_id=contact_person_id,
            authors=authors,
        )
        u.journal("entry.edited", entry)


def submit_entry(who: Person, *, entry_id: UUID) -> None:
    """File a complete entry before the reception closes, at most so many per nomination (BR-37)."""
    with work(who) as u:
        entry = content.own(u, found.entry(u.session, entry_id))
        state = ENTRY.after(entry.state, "submit")
        _require_accepting(entry.edition.state)
        now = clock.now()
        if now >= found.stage(entry.edition, StageKind.SUBMISSION).closes_at:
            raise Refused("BR-37", N_("Срок приёма заявок истёк, черновик остаётся черновиком"))
        files = u.session.scalars(
            sa.select(EntryFile).where(EntryFile.entry_id == entry_id).order_by(EntryFile.id)
        ).all()
        _require_complete(entry, files)
        _require_room(u, entry)
        entry.state = state
        entry.submitted_at = now
        applicant = content.organisation(u, entry.applicant_id, "applicant_id")
        entry.municipality_oktmo = applicant.municipality_oktmo
        u.announce(entry)
        u.journal("entry.submitted", entry)
        content.record_submission(u, entry)
        for file in files:
            content.record_file(u, entry, file)


def withdraw_entry(who: Person, *, entry_id: UUID, reason: str = "") -> None:
    """The applicant withdraws an entry before the decision; its number is not given to another (BR-38)."""
    with work(who) as u:
        entry = content.own(u, found.entry(u.session, entry_id))
        told = entry.state is not EntryState.DRAFT
        entry.state = ENTRY.after(entry.state, "withdraw")
        entry.withdraw_reason = reason or None
        if told:
            u.announce(entry)
            why = ledger.words(u, entry.edition_id, reason)
            ledger.entry(u, LedgerKind.ENTRY_CHANGED, entry, change="WITHDRAWN", reason=why)
        u.journal("entry.withdrawn", entry, {"reason": reason})


def record_past_entry(
    who: Person,
    *,
    edition_id: UUID,
    nomination_id: UUID,
    applicant_id: UUID,
    topic: str,
    submitted_at: datetime,
    summary: str = "",
    answers: Mapping[str, str] | None = None,
) -> UUID:
    """Record an entry to an edition that was held before the system: as it was filed, without a result."""
    with work(who) as u:
        access.require_contest_keeper(who)
        nomination = _nomination(u, edition_id, nomination_id)
        if nomination.edition.state is not EditionState.ARCHIVED:
            raise Refused("3.2 Entry", N_("Так вносят только заявки прошлых выпусков"), field="edition_id")
        entry = _new(u, nomination, applicant_id)
        entry.topic, entry.summary = content.topic_of(topic), summary
        template = nomination.template.rules if nomination.template else None
        for code, text in (answers or {}).items():
            if template is None:
                raise Refused("3.2 Entry", N_("У номинации нет формы заявки"), field="answers")
            check_text(template.section(code), text)
        entry.answers = {
            code: {"text": text, "edited": True, "data_on": None} for code, text in (answers or {}).items()
        }
        entry.state, entry.submitted_at = EntryState.SUBMITTED, submitted_at
        u.add(entry)
        u.announce(entry)
        u.journal("entry.recorded", entry)
        content.record_submission(u, entry)
        return entry.id


def _nomination(u: Unit, edition_id: UUID, nomination_id: UUID) -> Nomination:
    nomination = found.nomination(u.session, nomination_id)
    if nomination.edition_id != edition_id:
        raise NotFound(N_("номинация"))
    return nomination


def _new(u: Unit, nomination: Nomination, applicant_id: UUID) -> Entry:
    applicant = content.organisation(u, applicant_id, "applicant_id")
    return Entry(
        edition=nomination.edition,
        nomination=nomination,
        kind=nomination.entry_kind,
        applicant_id=applicant_id,
        municipality_oktmo=applicant.municipality_oktmo,
        answers={},
        state=EntryState.DRAFT,
    )


def _require_accepting(state: EditionState) -> None:
    if state is not EditionState.ACCEPTING:
        raise Refused("BR-37", N_("Заявки этого выпуска сейчас не принимаются"), field="edition_id")


def _require_complete(entry: Entry, files: Sequence[EntryFile]) -> None:
    """The form of the nomination is filled; a report is about a platform: its status is decided (BR-55)."""
    if entry.kind is EntryKind.REPORT and entry.platform_id is None:
        raise Refused("BR-55", N_("К отчёту нужна площадка, о которой он составлен"), field="platform_id")
    if entry.nomination.template is not None:
        check_complete(entry.nomination.template.rules, entry.answers, {file.kind for file in files})


def _require_room(u: Unit, entry: Entry) -> None:
    filed = u.session.scalar(
        sa.select(sa.func.count())
        .select_from(Entry)
        .where(
            Entry.nomination_id == entry.nomination_id,
            Entry.applicant_id == entry.applicant_id,
            Entry.state.not_in(OUT_OF_CONTEST),
        )
    )
    limit = entry.edition.policy.entries_per_nomination
    if limit and (filed or 0) >= limit:
        raise Refused(
            "BR-37",
            N_("Организация уже подала заявок в эту номинацию: %(filed)s, предел — %(limit)s"),
            field="nomination_id",
            filed=filed,
            limit=limit,
        )
