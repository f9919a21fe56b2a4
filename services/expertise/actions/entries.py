"""Entries: filing, registration, withdrawal, return for revision."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import CoApplicant, Entry, Nomination, Revision
from services.expertise.queries import found
from services.expertise.readmodel import Organisation, PersonCopy, Platform
from services.expertise.rules import numbers
from services.expertise.rules.states import ENTRY, OUT_OF_CONTEST
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
) -> UUID:
    """Begin an entry of one's own organisation; a draft is seen by nobody else (BR-37)."""
    with work(who) as u:
        access.require_applicant(who, applicant_id)
        nomination = found.nomination(u.session, nomination_id)
        if nomination.edition_id != edition_id:
            raise NotFound(N_("номинация"))
        _require_accepting(nomination.edition.state)
        applicant = _organisation(u, applicant_id, "applicant_id")
        entry = Entry(
            edition=nomination.edition,
            nomination=nomination,
            kind=nomination.entry_kind,
            applicant_id=applicant_id,
            municipality_oktmo=applicant.municipality_oktmo,
            state=EntryState.DRAFT,
        )
        _fill(u, entry, topic, summary, co_applicant_ids, platform_id, contact_person_id)
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
) -> None:
    """Change a draft; a submitted entry is changed only through a return for revision."""
    with work(who) as u:
        entry = _own(u, entry_id)
        if entry.state is not EntryState.DRAFT:
            raise Refused("BR-37", N_("Поданную заявку не изменяют. Её можно отозвать"))
        _fill(u, entry, topic, summary, co_applicant_ids, platform_id, contact_person_id)
        u.journal("entry.edited", entry)


def submit_entry(who: Person, *, entry_id: UUID) -> None:
    """File a complete entry before the reception closes, at most one per nomination (BR-37)."""
    with work(who) as u:
        entry = _own(u, entry_id)
        state = ENTRY.after(entry.state, "submit")
        _require_accepting(entry.edition.state)
        now = clock.now()
        if now >= found.stage(entry.edition, StageKind.SUBMISSION).closes_at:
            raise Refused("BR-37", N_("Срок приёма заявок истёк, черновик остаётся черновиком"))
        _require_complete(u, entry)
        _require_room(u, entry)
        entry.state = state
        entry.submitted_at = now
        entry.municipality_oktmo = _organisation(u, entry.applicant_id, "applicant_id").municipality_oktmo
        u.announce(entry)
        ledger.entry(
            u,
            LedgerKind.ENTRY_SUBMITTED,
            entry,
            applicant=str(entry.applicant_id),
            co_applicants=[str(one.organisation_id) for one in entry.co_applicants],
            topic=ledger.commit(u, entry.edition_id, entry.topic),
        )
        u.journal("entry.submitted", entry)


def register_entry(who: Person, *, entry_id: UUID) -> str:
    """Register a submitted entry under the next number of its nomination, without gaps (BR-38)."""
    with work(who) as u:
        access.require_secretary(who)
        entry = found.entry(u.session, entry_id)
        state = ENTRY.after(entry.state, "register")
        counter = u.session.scalar(
            sa.update(Nomination)
            .where(Nomination.id == entry.nomination_id)
            .values(last_number=Nomination.last_number + 1)
            .returning(Nomination.last_number)
            .execution_options(synchronize_session=False)
        )
        assert counter is not None
        series = entry.edition.series
        ordinal = numbers.ordinal_text(entry.edition.ordinal, entry.edition.year, series.ordinal_style)
        entry.reg_no = numbers.reg_no(series.code, ordinal, entry.nomination.code, counter)
        entry.state = state
        u.announce(entry)
        ledger.entry(u, LedgerKind.ENTRY_REGISTERED, entry, reg_no=entry.reg_no)
        u.journal("entry.registered", entry, {"reg_no": entry.reg_no})
        return entry.reg_no


def withdraw_entry(who: Person, *, entry_id: UUID, reason: str = "") -> None:
    """The applicant withdraws an entry before the decision; its number is not given to another (BR-38)."""
    with work(who) as u:
        entry = _own(u, entry_id)
        told = entry.state is not EntryState.DRAFT
        entry.state = ENTRY.after(entry.state, "withdraw")
        entry.withdraw_reason = reason or None
        if told:
            u.announce(entry)
            why = ledger.words(u, entry.edition_id, reason)
            ledger.entry(u, LedgerKind.ENTRY_CHANGED, entry, change="WITHDRAWN", reason=why)
        u.journal("entry.withdrawn", entry, {"reason": reason})


def return_for_revision(who: Person, *, entry_id: UUID, remarks: str) -> None:
    """The secretary returns an entry to the applicant to revise, as the experts advised (F-05)."""
    with work(who) as u:
        access.require_secretary(who)
        entry = found.entry(u.session, entry_id)
        entry.state = ENTRY.after(entry.state, "return_for_revision")
        if not remarks.strip():
            raise Refused("3.3 Entry", N_("Напишите, что нужно доработать"), field="remarks")
        u.add(Revision(entry_id=entry.id, remarks=remarks, returned_at=clock.now(), old_topic=entry.topic))
        u.announce(entry)
        why = ledger.words(u, entry.edition_id, remarks)
        ledger.entry(u, LedgerKind.ENTRY_CHANGED, entry, change="RETURNED", remarks=why)
        u.journal("entry.returned", entry)


def resubmit_entry(who: Person, *, entry_id: UUID, topic: str) -> None:
    """The applicant answers a return with a revised topic; the expertise goes on (F-05)."""
    with work(who) as u:
        entry = _own(u, entry_id)
        entry.state = ENTRY.after(entry.state, "resubmit")
        entry.topic = _topic(topic)
        answered = entry.revisions[-1]
        answered.new_topic = entry.topic
        answered.resubmitted_at = clock.now()
        u.announce(entry)
        new = ledger.commit(u, entry.edition_id, entry.topic)
        ledger.entry(u, LedgerKind.ENTRY_CHANGED, entry, change="RESUBMITTED", topic=new)
        u.journal("entry.resubmitted", entry)


def _own(u: Unit, entry_id: UUID) -> Entry:
    entry = found.entry(u.session, entry_id)
    access.require_applicant(u.who, entry.applicant_id)
    return entry


def _fill(
    u: Unit,
    entry: Entry,
    topic: str,
    summary: str,
    co_applicant_ids: Sequence[UUID],
    platform_id: UUID | None,
    contact_person_id: UUID | None,
) -> None:
    entry.topic = _topic(topic)
    entry.summary = summary
    if platform_id is not None:
        _require_own_platform(u, platform_id, entry.applicant_id)
    entry.platform_id = platform_id
    if contact_person_id is not None and u.session.get(PersonCopy, contact_person_id) is None:
        raise Refused("3.2 Entry", N_("Контактное лицо не найдено в реестре"), field="contact_person_id")
    entry.contact_person_id = contact_person_id
    wanted = set(co_applicant_ids)
    if entry.applicant_id in wanted:
        raise Refused("3.2 Entry", N_("Соискатель не бывает своим же соучастником"), field="co_applicant_ids")
    for organisation_id in wanted:
        _organisation(u, organisation_id, "co_applicant_ids")
    kept = [co for co in entry.co_applicants if co.organisation_id in wanted]
    known = {co.organisation_id for co in kept}
    added = [CoApplicant(organisation_id=organisation_id) for organisation_id in sorted(wanted - known)]
    entry.co_applicants = kept + added


def _topic(topic: str) -> str:
    if not topic.strip():
        raise Refused("3.2 Entry", N_("Укажите тему"), field="topic")
    return topic.strip()


def _organisation(u: Unit, organisation_id: UUID, field: str) -> Organisation:
    organisation = u.session.get(Organisation, organisation_id)
    if organisation is None or organisation.state != "ACTIVE":
        raise Refused("3.2 Entry", N_("Организация не найдена среди действующих"), field=field)
    return organisation


def _require_own_platform(u: Unit, platform_id: UUID, applicant_id: UUID) -> None:
    platform = u.session.get(Platform, platform_id)
    if platform is None:
        raise Refused("3.2 Entry", N_("Площадка не найдена в реестре"), field="platform_id")
    if applicant_id not in {*map(UUID, platform.holder_ids), platform.hub_id}:
        raise Refused(
            "3.2 Entry",
            N_("Соискатель не является держателем или сетевым центром площадки"),
            field="platform_id",
        )


def _require_accepting(state: EditionState) -> None:
    if state is not EditionState.ACCEPTING:
        raise Refused("BR-37", N_("Заявки этого выпуска сейчас не принимаются"), field="edition_id")


def _require_complete(u: Unit, entry: Entry) -> None:
    """A report is about a platform: the council decides about its status (BR-55)."""
    if entry.kind is EntryKind.REPORT and entry.platform_id is None:
        raise Refused("BR-55", N_("К отчёту нужна площадка, о которой он составлен"), field="platform_id")


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
