"""What agreements need every day by themselves: prolongation, expiry, reminders (BR-15)."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from services.registry import access, model
from services.registry.actions.agreement_terms import expire_agreements, prolong
from services.registry.rules import agreements, prolongation
from services.registry.rules.kinds import AgreementChangeKind, AgreementState
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def keep_agreements(u: Unit, today: date) -> None:
    """Prolong what prolongs itself, close what has run out, remind both parties; repeating changes nothing."""
    for agreement in _in_force(u, model.Agreement.valid_to <= today):
        if agreement.auto_prolongation_months:
            _prolong(u, agreement, today)
    expire_agreements(u.who, on=today)
    remind(u, today)


def _prolong(u: Unit, agreement: model.Agreement, today: date) -> None:
    """The next terms, as long as no rule forbids them; then the agreement runs out and the journal says why."""
    assert agreement.auto_prolongation_months is not None
    for end in prolongation.auto_ends(agreement.valid_to, agreement.auto_prolongation_months, today):
        change = model.AgreementChange(kind=AgreementChangeKind.AUTO, date=agreement.valid_to, now_to=end)
        try:
            prolong(u, agreement, change, confirmed=agreement.over_capacity)
        except Refused as refusal:
            u.journal("agreement.not_prolonged", agreement, {"rule": refusal.rule})
            return


def remind(u: Unit, today: date) -> list[UUID]:
    """60, 30 and 7 days before the end both parties get a reminder, each once for a term (BR-15).

    When several are due at once, because nobody worked or the agreement came late, only the nearest is made.
    """
    made = []
    last = agreements.reminded_until(today)
    for agreement in _in_force(u, model.Agreement.valid_to.between(today, last)):
        threshold = agreements.reminder(agreement.valid_to, today)
        assert threshold is not None
        due = agreements.due_on(agreement.valid_to, threshold)
        same = sa.select(model.Reminder.id).filter_by(
            agreement_id=agreement.id, threshold=threshold, due_on=due
        )
        if u.session.scalar(same) is None:
            reminder = u.add(model.Reminder(agreement_id=agreement.id, threshold=threshold, due_on=due))
            u.journal("agreement.reminded", agreement, {"days": threshold})
            made.append(reminder.id)
    return made


def read_reminder(who: Person, *, reminder_id: UUID) -> None:
    """A party has read a reminder: it leaves the party's cabinet and stays on the card (BR-15)."""
    with work(who) as u:
        reminder = u.session.get(
            model.Reminder, reminder_id, options=[selectinload(model.Reminder.agreement)]
        )
        if reminder is None:
            raise NotFound(N_("напоминание"))
        agreement = reminder.agreement
        parties = [party.organisation_id for party in agreement.parties]
        own = access.parties_spoken_for(who, agreement.operator_id, parties)
        if not own:
            # Whoever speaks for no party learns nothing of it, not even that it is there.
            raise NotFound(N_("напоминание"))
        read = {reading.organisation_id for reading in reminder.readings}
        for organisation_id in sorted(own - read):
            reminder.readings.append(
                model.ReminderReading(
                    organisation_id=organisation_id, read_at=clock.now(), read_by=who.account_id
                )
            )
        u.journal("reminder.read", reminder, {"organisations": [str(key) for key in sorted(own)]})


def _in_force(u: Unit, *conditions: sa.ColumnElement[bool]) -> list[model.Agreement]:
    table = model.Agreement
    query = sa.select(table).where(table.state == AgreementState.IN_FORCE, *conditions)
    return list(u.session.scalars(query.order_by(table.valid_to, table.id)))
