"""What is entered and answered about consents, requests, incidents and the policy of personal data."""

from marshmallow import fields, validate

from services.registry.rules.consents import ConsentMethod, ConsentPurpose, ConsentState, DataCategory
from services.registry.rules.incidents import Duty, IncidentKind
from services.registry.rules.readings import ReadingPurpose, Screen
from services.registry.rules.requests import RequestKind, RequestState
from services.registry.rules.retention import ErasureReason, LegalBasis
from services.registry.schemas.parts import Day, choice, maybe
from shared.files import MAX_FILE
from shared.web.schema import InSchema, Moment, OutSchema, Text, Upload


def _categories() -> fields.List:
    return fields.List(
        choice(DataCategory), load_default=list, validate=validate.Length(max=len(DataCategory))
    )


class ConsentTextIn(InSchema):
    """The next version of the text for a purpose."""

    purpose = choice(ConsentPurpose, required=True)
    text = Text(required=True, max=20_000)


class ConsentFormIn(InSchema):
    """The own consent, as its page has it; nothing is ticked beforehand (PD-01)."""

    text_id = fields.UUID(required=True)
    categories = _categories()
    confirmed = fields.Boolean(load_default=False)


class ConsentIn(ConsentFormIn):
    """The own consent for one purpose."""

    purpose = choice(ConsentPurpose, required=True)


class PaperConsentIn(InSchema):
    """A consent on paper, without its scan."""

    purpose = choice(ConsentPurpose, required=True)
    given_on = Day(required=True)
    valid_to = maybe(Day)
    categories = _categories()


class PaperConsentFormIn(PaperConsentIn):
    """A consent on paper with its scan, as the page has it."""

    scan = Upload(required=True, max_bytes=MAX_FILE)


class PurposeIn(InSchema):
    """A purpose."""

    purpose = choice(ConsentPurpose, required=True)


class WithdrawalIn(InSchema):
    """The day of a withdrawal, when it came by letter."""

    withdrawn_on = maybe(Day)


class NoteIn(InSchema):
    """What was done."""

    note = Text(required=True, max=500)


class ProcessingIn(InSchema):
    """Why and how long a person's data are processed."""

    basis = choice(LegalBasis, required=True)
    basis_note = maybe(Text, max=500)
    purpose_reached_on = maybe(Day)
    keep_until = maybe(Day)
    keep_basis = maybe(Text, max=500)
    anonymisation_keeps = fields.Boolean(load_default=False)


class RequestIn(InSchema):
    """What a person asks about the own data."""

    kind = choice(RequestKind, required=True)
    note = maybe(Text, max=500)


class ErasureIn(InSchema):
    """Why data are destroyed."""

    reason = choice(ErasureReason, required=True)


class IncidentIn(InSchema):
    """An incident."""

    kind = choice(IncidentKind, required=True)
    discovered_at = Moment(required=True)
    notes = Text(required=True, max=5000)


class PolicyIn(InSchema):
    """The text of the policy."""

    text = Text(required=True, max=50_000)


class PeopleFilter(InSchema):
    """Which people are wanted, and what for (BR-71)."""

    text = maybe(Text, max=200)
    purpose = choice(ReadingPurpose, load_default=None, allow_none=True)


class ReadingFilter(InSchema):
    """What a card is opened for (BR-71)."""

    purpose = choice(ReadingPurpose, load_default=None, allow_none=True)


class ConsentTextOut(OutSchema):
    """The text of a consent."""

    id = fields.UUID()
    purpose = choice(ConsentPurpose)
    version = fields.Integer()
    text = fields.String()


class ConsentOut(OutSchema):
    """A consent."""

    id = fields.UUID()
    purpose = choice(ConsentPurpose)
    state = choice(ConsentState)
    method = choice(ConsentMethod)
    categories = fields.List(fields.String())
    text_id = fields.UUID()
    given_on = fields.Date()
    valid_to = fields.Date(allow_none=True)
    withdrawn_on = fields.Date(allow_none=True)
    erased_on = fields.Date(allow_none=True)


class RequestOut(OutSchema):
    """A request about personal data."""

    id = fields.UUID()
    person_id = fields.UUID()
    kind = choice(RequestKind)
    state = choice(RequestState)
    requested_on = fields.Date()
    due_on = fields.Date()
    note = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)


class ProcessingOut(OutSchema):
    """Why and how long a person's data are processed."""

    basis = choice(LegalBasis)
    basis_note = fields.String(allow_none=True)
    purpose_reached_on = fields.Date(allow_none=True)
    keep_until = fields.Date(allow_none=True)
    keep_basis = fields.String(allow_none=True)
    anonymisation_keeps = fields.Boolean()


class PrivacyOut(OutSchema):
    """The protection of one person's data."""

    processing = fields.Nested(ProcessingOut, allow_none=True)
    consents = fields.List(fields.Nested(ConsentOut))
    requests = fields.List(fields.Nested(RequestOut))
    destroy_due_on = fields.Date(allow_none=True)


class ReadingOut(OutSchema):
    """Somebody looked at people's data (BR-71)."""

    at = fields.AwareDateTime(attribute="reading.at")
    reader = fields.String()
    screen = choice(Screen, attribute="reading.screen")
    purpose = choice(ReadingPurpose, attribute="reading.purpose")
    people = fields.Integer()


class DeadlineOut(OutSchema):
    """A duty and its deadline: a moment or a day."""

    duty = fields.Function(lambda pair: pair[0].value, metadata={"type": "string", "enum": list(Duty)})
    due = fields.Function(lambda pair: pair[1].isoformat(), metadata={"type": "string"})


class IncidentOut(OutSchema):
    """An incident with its deadlines."""

    id = fields.UUID(attribute="incident.id")
    kind = choice(IncidentKind, attribute="incident.kind")
    discovered_at = fields.AwareDateTime(attribute="incident.discovered_at")
    notes = fields.String(attribute="incident.notes")
    closed_at = fields.AwareDateTime(attribute="incident.closed_at", allow_none=True)
    deadlines = fields.List(fields.Nested(DeadlineOut))


class DueErasureOut(OutSchema):
    """A person whose data must be destroyed."""

    person_id = fields.UUID(attribute="person.id")
    due_on = fields.Date()
    is_late = fields.Boolean()


class DueOut(OutSchema):
    """What must be done about personal data; people by identifier."""

    erasures = fields.List(fields.Nested(DueErasureOut))
    requests = fields.List(fields.Nested(RequestOut))
    incidents = fields.List(fields.Nested(IncidentOut))


class PolicyOut(OutSchema):
    """The policy of personal data in force."""

    version = fields.Integer()
    text = fields.String()
    published_at = fields.AwareDateTime()


class ExportOut(OutSchema):
    """Everything the registry holds about a person."""

    made_at = fields.AwareDateTime()
    person = fields.Dict()
    processing = fields.Dict()
    accounts = fields.List(fields.Dict())
    consents = fields.List(fields.Dict())
    requests = fields.List(fields.Dict())
    papers = fields.List(fields.Dict())
    readings = fields.List(fields.Dict())
    journal = fields.List(fields.Dict())
