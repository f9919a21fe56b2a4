"""Registration of submitted entries, one or all, without gaps in the numbers (BR-38)."""

from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import Entry, Nomination
from services.expertise.queries import found
from services.expertise.rules import numbers
from services.expertise.rules.states import ENTRY
from services.expertise.rules.vocabulary import EntryState, LedgerKind
from shared.person import Person
from shared.unit import Unit, work


def register_entry(who: Person, *, entry_id: UUID) -> str:
    """Register a submitted entry under the next number of its nomination, without gaps (BR-38)."""
    with work(who) as u:
        access.require_secretary(who)
        return _register(u, found.entry(u.session, entry_id))


def register_submitted(who: Person, *, edition_id: UUID) -> list[str]:
    """Register everything that is submitted, in the order of submission; gives the numbers (BR-38)."""
    with work(who) as u:
        access.require_secretary(who)
        found.edition(u.session, edition_id)
        waiting = u.session.scalars(
            sa.select(Entry)
            .where(Entry.edition_id == edition_id, Entry.state == EntryState.SUBMITTED)
            .order_by(Entry.submitted_at, Entry.id)
        ).all()
        return [_register(u, entry) for entry in waiting]


def _register(u: Unit, entry: Entry) -> str:
    """The counter stays locked until the end of the unit: a refusal gives its number back."""
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
    u.journal("entry.registered", entry, {"reg_no": entry.reg_no})
    ledger.entry(u, LedgerKind.ENTRY_REGISTERED, entry, reg_no=entry.reg_no)
    return entry.reg_no
