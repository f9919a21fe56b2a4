"""Exporting the list of participants: personal data leave the service, so the journal knows (BR-71)."""

from uuid import UUID

import sqlalchemy as sa

from services.events import access
from services.events.actions.found import found
from services.events.model import Event, Registration
from services.events.queries.sheets import Sheet, participants_sheet
from services.events.rules.kinds import SheetFormat, pick
from shared.person import Person
from shared.unit import work


def export_participants(who: Person, *, event_id: UUID, sheet_format: str = SheetFormat.XLSX) -> Sheet:
    """The participants of an event as a table for the organiser; who took it is written down (BR-71)."""
    with work(who) as u:
        access.must_keep_attendance(who)
        event = found(u, Event, event_id)
        chosen = pick(SheetFormat, sheet_format, "sheet_format")
        people = u.session.scalars(
            sa.select(Registration)
            .where(Registration.event_id == event.id)
            .order_by(Registration.last_name, Registration.first_name, Registration.id)
        ).all()
        u.journal("participants.exported", event, note={"people": len(people), "format": chosen.value})
        return participants_sheet(event, people, chosen)
