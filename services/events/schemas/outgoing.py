"""What goes out by HTTP: answers of the API."""

from marshmallow import fields

from services.events.rules.kinds import (
    AttendanceSource,
    Audience,
    CertificateState,
    DatePrecision,
    EventKind,
    EventMode,
    MatchedBy,
    OrdinalStyle,
    ParticipationRole,
    Provider,
)
from services.events.rules.states import EventState, RegistrationState
from services.events.schemas.fields import choice
from shared.web.schema import OutSchema


class CreatedOut(OutSchema):
    """What was made."""

    id = fields.UUID(required=True)


class SeriesOut(OutSchema):
    """A series of events."""

    id = fields.UUID()
    name = fields.String()
    aliases = fields.List(fields.String())
    ordinal_style = choice(OrdinalStyle)
    organiser_id = fields.UUID()


class EventOut(OutSchema):
    """An event as everybody may see it; the link to join is told to its participants only."""

    id = fields.UUID()
    version = fields.Integer()
    kind = choice(EventKind)
    title = fields.String()
    mode = choice(EventMode)
    audience = choice(Audience)
    state = choice(EventState)
    date_precision = choice(DatePrecision)
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    starts_at = fields.AwareDateTime(allow_none=True)
    ends_at = fields.AwareDateTime(allow_none=True)
    started_at = fields.AwareDateTime(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)
    place = fields.String(allow_none=True)
    provider = choice(Provider, allow_none=True)
    capacity = fields.Integer(allow_none=True)
    ordinal = fields.Integer(allow_none=True)
    jubilee = fields.Boolean()
    reason = fields.String(allow_none=True)
    series_id = fields.UUID(allow_none=True)
    organiser_ids = fields.List(fields.UUID())


class EventCardOut(OutSchema):
    """An event with what the one who asks may do about it."""

    event = fields.Nested(lambda: EventOut())
    organisers = fields.List(fields.String())
    seated = fields.Integer()
    waiting = fields.Integer()
    places_left = fields.Integer(allow_none=True)
    next_step = fields.String(allow_none=True)
    may_register = fields.Boolean()


class RegisteredOut(OutSchema):
    """What a person is told after registering."""

    id = fields.UUID()
    join_code = fields.String()
    state = choice(RegistrationState)


class RegistrationOut(OutSchema):
    """One participation; only for those whose business it is."""

    id = fields.UUID()
    event_id = fields.UUID()
    person_id = fields.UUID(allow_none=True)
    last_name = fields.String()
    first_name = fields.String()
    middle_name = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    organisation_id = fields.UUID(allow_none=True)
    organisation_name = fields.String(allow_none=True)
    municipality_oktmo = fields.String(allow_none=True)
    municipality_name = fields.String(allow_none=True)
    role = choice(ParticipationRole)
    state = choice(RegistrationState)
    join_code = fields.String()
    display_name = fields.String()
    join_url = fields.String(attribute="event.join_url", allow_none=True)
    minutes = fields.Integer(allow_none=True)
    mark_reason = fields.String(allow_none=True)


class CountsOut(OutSchema):
    """Participants of one municipality as numbers."""

    municipality_oktmo = fields.String(allow_none=True)
    municipality_name = fields.String(allow_none=True)
    registered = fields.Integer()
    attended = fields.Integer()


class AttendanceRowOut(OutSchema):
    """A row of attendance as it came, and whose it is."""

    id = fields.UUID()
    registration_id = fields.UUID(allow_none=True)
    raw_name = fields.String()
    raw_email = fields.String(allow_none=True)
    join_at = fields.AwareDateTime()
    leave_at = fields.AwareDateTime()
    in_waiting_room = fields.Boolean()
    source = choice(AttendanceSource)
    matched_by = choice(MatchedBy, allow_none=True)
    ignored_reason = fields.String(allow_none=True)
    line = fields.Integer()


class AttendanceTableOut(OutSchema):
    """The attendance sheet of an event (BR-33)."""

    unmatched = fields.List(fields.Nested(lambda: AttendanceRowOut()))
    ignored = fields.List(fields.Nested(lambda: AttendanceRowOut()))
    matched = fields.List(fields.Nested(lambda: AttendanceRowOut()))


class ImportOut(OutSchema):
    """What became of a file."""

    matched = fields.Integer()
    unmatched = fields.Integer()
    rows = fields.Integer()
    added = fields.Integer()


class SettledOut(OutSchema):
    """How many people were there."""

    attended = fields.Integer()
    no_show = fields.Integer()


class CertificatesIssuedOut(OutSchema):
    """Certificates that were issued."""

    ids = fields.List(fields.UUID())


class CertificateOut(OutSchema):
    """A certificate; only for those whose business it is."""

    id = fields.UUID()
    event_id = fields.UUID()
    registration_id = fields.UUID()
    full_name = fields.String(attribute="registration.full_name")
    role = choice(ParticipationRole)
    number = fields.String()
    verify_code = fields.String()
    issued_on = fields.Date()
    state = choice(CertificateState)
    duplicates = fields.Integer()
    cancel_reason = fields.String(allow_none=True)
    sha256 = fields.String()


class VerifiedOut(OutSchema):
    """What the public learns of a certificate: no personal data (BR-67)."""

    kind = fields.String()
    number = fields.String()
    issued_on = fields.Date()
    event_title = fields.String()
    date_precision = choice(DatePrecision)
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    state = choice(CertificateState)
    is_duplicate = fields.Boolean()
