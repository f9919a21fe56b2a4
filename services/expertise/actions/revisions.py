"""Return of an entry for revision and its answer (F-05)."""

from uuid import UUID

from services.expertise import access
from services.expertise.actions import entry_content as content
from services.expertise.actions import ledger
from services.expertise.model import Revision
from services.expertise.queries import found
from services.expertise.rules.states import ENTRY
from services.expertise.rules.templates import changed_sections
from services.expertise.rules.vocabulary import LedgerKind
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work


def return_for_revision(who: Person, *, entry_id: UUID, remarks: str) -> None:
    """The secretary returns an entry to the applicant to revise, as the experts advised (F-05).

    Drafts of the experts' sheets stay as they are.
    """
    with work(who) as u:
        access.require_secretary(who)
        entry = found.entry(u.session, entry_id)
        entry.state = ENTRY.after(entry.state, "return_for_revision")
        if not remarks.strip():
            raise Refused("3.3 Entry", N_("Напишите, что нужно доработать"), field="remarks")
        u.add(
            Revision(
                entry_id=entry.id,
                remarks=remarks,
                returned_at=clock.now(),
                old_topic=entry.topic,
                old_answers=entry.answers or {},
                changed=[],
            )
        )
        u.announce(entry)
        why = ledger.words(u, entry.edition_id, remarks)
        ledger.entry(u, LedgerKind.ENTRY_CHANGED, entry, change="RETURNED", remarks=why)
        u.journal("entry.returned", entry)


def resubmit_entry(who: Person, *, entry_id: UUID, topic: str, answer: str = "") -> None:
    """The applicant answers the remarks with a revised entry; the expertise goes on (F-05).

    Sections and files were changed while the entry was on revision; what differs is kept for the experts.
    """
    with work(who) as u:
        entry = content.own(u, found.entry(u.session, entry_id))
        entry.state = ENTRY.after(entry.state, "resubmit")
        entry.topic = content.topic_of(topic)
        answered = entry.revisions[-1]
        answered.new_topic = entry.topic
        answered.answer = answer.strip() or None
        answered.changed = changed_sections(answered.old_answers or {}, entry.answers or {})
        answered.resubmitted_at = clock.now()
        u.announce(entry)
        content.record(
            u,
            LedgerKind.ENTRY_CHANGED,
            entry,
            change="RESUBMITTED",
            topic=ledger.commit(u, entry.edition_id, entry.topic),
            sections=answered.changed,
        )
        u.journal("entry.resubmitted", entry)
