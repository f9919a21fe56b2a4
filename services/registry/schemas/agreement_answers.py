"""What the API answers about agreements and resource centres."""

from marshmallow import fields

from services.registry.rules.kinds import AgreementChangeKind, AgreementState
from services.registry.schemas.parts import OpenDay, choice
from shared.web.schema import OutSchema


class PartyOut(OutSchema):
    """A party of an agreement."""

    organisation_id = fields.UUID()
    signed_on = fields.Date(allow_none=True)


class AgreementOut(OutSchema):
    """An agreement with its state and the end of its term on the day asked."""

    id = fields.UUID(attribute="agreement.id")
    number = fields.String(attribute="agreement.number")
    date = fields.Date(attribute="agreement.date")
    operator_id = fields.UUID(attribute="agreement.operator_id")
    tms_id = fields.UUID(attribute="agreement.tms_id")
    municipality_oktmo = fields.String(attribute="agreement.municipality_oktmo")
    subject = fields.String(attribute="agreement.subject")
    valid_from = fields.Date(attribute="agreement.valid_from")
    valid_to = fields.Date()
    state = choice(AgreementState, allow_none=True)


class AgreementChangeOut(OutSchema):
    """A prolongation."""

    kind = choice(AgreementChangeKind)
    number = fields.String(allow_none=True)
    date = fields.Date()
    was_to = fields.Date()
    now_to = fields.Date()
    act_id = fields.UUID(allow_none=True)


class StateOut(OutSchema):
    """A state of an agreement on valid_from ≤ day < valid_to, and what it rests on."""

    state = choice(AgreementState)
    valid_from = OpenDay(attribute="fact.valid_from")
    valid_to = OpenDay(attribute="fact.valid_to", allow_none=True)
    act_id = fields.UUID(attribute="fact.act_id", allow_none=True)
    correction_id = fields.UUID(attribute="fact.correction_id", allow_none=True)
    note = fields.String(attribute="fact.note", allow_none=True)


class ReminderOut(OutSchema):
    """A reminder that the agreement ends soon (BR-15)."""

    id = fields.UUID()
    threshold = fields.Integer()
    due_on = fields.Date()
    made_at = fields.AwareDateTime()


class AgreementBodyOut(AgreementOut):
    """An agreement with its days as they are on the day asked."""

    in_force_from = fields.Date(allow_none=True)
    ended_on = fields.Date(allow_none=True)
    end_reason = fields.String(allow_none=True)
    auto_prolongation_months = fields.Integer(attribute="agreement.auto_prolongation_months", allow_none=True)
    act_ids = fields.Function(lambda card: [str(act.id) for act in card.agreement.acts])


class AgreementCardOut(OutSchema):
    """An agreement with its parties and the next step."""

    agreement = fields.Function(lambda card: AgreementBodyOut().dump(card))
    parties = fields.List(fields.Nested(lambda: PartyOut()), attribute="agreement.parties")
    changes = fields.List(fields.Nested(lambda: AgreementChangeOut()), attribute="agreement.changes")
    history = fields.List(fields.Nested(lambda: StateOut()))
    reminders = fields.List(fields.Nested(lambda: ReminderOut()))
    next_step = fields.String(allow_none=True)


class UnreadReminderOut(OutSchema):
    """A reminder that your party has not read."""

    id = fields.UUID(attribute="reminder.id")
    agreement_id = fields.UUID(attribute="reminder.agreement_id")
    threshold = fields.Integer(attribute="reminder.threshold")
    due_on = fields.Date(attribute="reminder.due_on")
    days_left = fields.Integer()


class CentreOut(OutSchema):
    """A resource centre on the day asked."""

    organisation_id = fields.UUID()
    name = fields.String()
    capacity = fields.Integer()
    taken = fields.Integer()


class CapacityOut(OutSchema):
    """A capacity on valid_from ≤ day < valid_to; 0 when the status has ended."""

    capacity = fields.Integer(attribute="value")
    valid_from = OpenDay()
    valid_to = OpenDay(allow_none=True)
    act_id = fields.UUID(allow_none=True)


class CentreCardOut(OutSchema):
    """A resource centre; its agreements only for those who read every agreement."""

    centre = fields.Nested(lambda: CentreOut(), attribute="row")
    periods = fields.List(fields.Nested(lambda: CapacityOut()))
    agreement_ids = fields.Function(
        lambda card: None if card.agreements is None else [str(one.id) for one in card.agreements]
    )
