"""Technical check of entries, correction of remarks, rejection when its term has passed (BR-39)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import Entry, TechnicalCheck
from services.expertise.queries import found
from services.expertise.rules import technical
from services.expertise.rules.states import ENTRY
from services.expertise.rules.vocabulary import CheckOutcome, EditionState, EntryState, LedgerKind
from shared import clock, jobs
from shared.person import Person
from shared.refusal import N_, Refused
from shared.service import current
from shared.unit import Unit, work


def check_entry(
    who: Person,
    *,
    entry_id: UUID,
    outcome: CheckOutcome | str,
    items: Sequence[Mapping[str, Any]],
    fix_until: datetime | None = None,
) -> None:
    """Record the technical check of a registered entry with one of four outcomes (BR-39)."""
    with work(who) as u:
        access.require_secretary(who)
        entry = found.entry(u.session, entry_id)
        if entry.edition.state is not EditionState.TECHNICAL:
            raise Refused("BR-39", N_("Сейчас не этап технической экспертизы"))
        chosen = CheckOutcome(outcome)
        state = ENTRY.after(entry.state, f"check:{chosen.value}")
        technical.check_outcome(chosen, items, fix_until, clock.now())
        entry.state = state
        check = u.add(
            TechnicalCheck(
                entry_id=entry.id,
                outcome=chosen,
                items=[
                    {"requirement": i["requirement"], "ok": bool(i["ok"]), "remark": i.get("remark") or ""}
                    for i in items
                ],
                fix_until=fix_until,
                checker_id=who.account_id,
                at=clock.now(),
            )
        )
        u.announce(entry)
        failed = sum(not item["ok"] for item in items)
        ledger.entry(
            u,
            LedgerKind.ENTRY_CHECKED,
            entry,
            outcome=chosen.value,
            failed=failed,
            fix_until=fix_until.astimezone(UTC).isoformat() if fix_until else None,
            remarks=ledger.words(u, entry.edition_id, "\n".join(i.get("remark") or "" for i in items)),
        )
        u.journal("entry.checked", entry, {"outcome": chosen.value})
        if fix_until is not None:
            jobs.enqueue(
                u, EXPIRE_FIX, {"entry_id": str(entry.id), "check_id": str(check.id)}, due_at=fix_until
            )


def fix_entry(who: Person, *, entry_id: UUID, note: str) -> None:
    """The applicant reports remarks as fixed before the deadline, and the entry is admitted (BR-39)."""
    with work(who) as u:
        entry = found.entry(u.session, entry_id)
        access.require_applicant(who, entry.applicant_id)
        state = ENTRY.after(entry.state, "fix")
        check = entry.checks[-1]
        assert check.fix_until is not None
        technical.check_fix_in_time(check.fix_until, clock.now())
        if not note.strip():
            raise Refused("BR-39", N_("Напишите, что исправлено"), field="note")
        entry.state = state
        check.fixed_at = clock.now()
        check.fix_note = note
        u.announce(entry)
        told = ledger.words(u, entry.edition_id, note)
        ledger.entry(u, LedgerKind.ENTRY_CHANGED, entry, change="FIXED", note=told)
        u.journal("entry.fixed", entry)


def expire_fixes(who: Person, *, edition_id: UUID) -> int:
    """Reject entries whose conditional admission was not used in time; returns how many (BR-39)."""
    with work(who) as u:
        access.require_secretary(who)
        late = u.session.scalars(
            sa.select(Entry)
            .join(TechnicalCheck, TechnicalCheck.entry_id == Entry.id)
            .where(
                Entry.edition_id == edition_id,
                Entry.state == EntryState.CONDITIONAL,
                TechnicalCheck.fix_until <= clock.now(),
            )
        ).all()
        for entry in late:
            _expire(u, entry)
        return len(late)


def _expire_fix(job: jobs.Running) -> None:
    """Reject an entry at the minute when its term to fix remarks has passed (BR-39).

    A late, repeated or killed job changes nothing twice: whoever was fixed or rejected meanwhile stays so.
    """
    with work(Person.system(current().name)) as u:
        entry = u.session.get(Entry, UUID(job.payload["entry_id"]))
        check = u.session.get(TechnicalCheck, UUID(job.payload["check_id"]))
        if entry is None or check is None or check.fix_until is None:
            return
        if entry.state is EntryState.CONDITIONAL and check.fix_until <= clock.now():
            _expire(u, entry)


def _expire(u: Unit, entry: Entry) -> None:
    entry.state = ENTRY.after(entry.state, "expire")
    u.announce(entry)
    u.journal("entry.expired", entry)
    ledger.entry(u, LedgerKind.ENTRY_CHANGED, entry, change="EXPIRED")


#: The kind of job that closes a conditional admission.
EXPIRE_FIX = "expire_fix"
JOBS = {EXPIRE_FIX: jobs.Kind(_expire_fix)}
