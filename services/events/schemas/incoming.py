"""What comes in by HTTP: forms of the pages and bodies of the API."""

from marshmallow import fields, validate

from services.events.rules.kinds import (
    Audience,
    DatePrecision,
    EventKind,
    EventMode,
    OrdinalStyle,
    ParticipationRole,
    Provider,
    SheetFormat,
)
from services.events.schemas.fields import choice
from shared.web.schema import InSchema, Moment, Text, Upload

#: More than the rule allows (2 MiB), so that the rule itself can say what is wrong.
READ_AT_MOST = 4 * 1024 * 1024


class SeriesIn(InSchema):
    """A new series of events."""

    name = Text(required=True, max=300)
    organiser_id = fields.UUID(required=True)
    ordinal_style = choice(OrdinalStyle, load_default=OrdinalStyle.ROMAN)
    aliases = fields.List(Text(max=300), load_default=list)


class EventIn(InSchema):
    """A new event, planned or from history."""

    kind = choice(EventKind, required=True)
    title = Text(max=500, load_default=None, allow_none=True)
    mode = choice(EventMode, load_default=EventMode.OFFLINE)
    date_precision = choice(DatePrecision, load_default=DatePrecision.DAY)
    starts_at = Moment(load_default=None, allow_none=True)
    starts_on = fields.Date(load_default=None, allow_none=True)
    ends_at = Moment(load_default=None, allow_none=True)
    ends_on = fields.Date(load_default=None, allow_none=True)
    organiser_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=20))
    series_id = fields.UUID(load_default=None, allow_none=True)
    ordinal = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=3999))
    jubilee = fields.Boolean(load_default=False)
    audience = choice(Audience, load_default=Audience.OPEN)
    capacity = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=100_000))
    place = Text(max=300, load_default=None, allow_none=True)
    provider = choice(Provider, load_default=None, allow_none=True)
    join_url = Text(max=1000, load_default=None, allow_none=True)


class DayIn(InSchema):
    """The day and hour of an event."""

    starts_at = Moment(required=True)
    ends_at = Moment(load_default=None, allow_none=True)


class MeetingIn(InSchema):
    """Where an event takes place."""

    place = Text(max=300, load_default=None, allow_none=True)
    provider = choice(Provider, load_default=None, allow_none=True)
    join_url = Text(max=1000, load_default=None, allow_none=True)


class PostponeIn(InSchema):
    """New dates of an event and why they changed."""

    reason = Text(required=True, max=500)
    date_precision = choice(DatePrecision, load_default=DatePrecision.DAY)
    starts_at = Moment(load_default=None, allow_none=True)
    starts_on = fields.Date(load_default=None, allow_none=True)
    ends_at = Moment(load_default=None, allow_none=True)
    ends_on = fields.Date(load_default=None, allow_none=True)


class FinishIn(InSchema):
    """When an event really began and ended."""

    started_at = Moment(load_default=None, allow_none=True)
    ended_at = Moment(load_default=None, allow_none=True)


class ReasonIn(InSchema):
    """Why something is done."""

    reason = Text(required=True, max=500)


class _PersonIn(InSchema):
    last_name = Text(required=True, max=80)
    first_name = Text(required=True, max=80)
    middle_name = Text(max=80, load_default=None, allow_none=True)
    organisation_id = fields.UUID(load_default=None, allow_none=True)
    role = choice(ParticipationRole, load_default=ParticipationRole.ATTENDEE)


class RegistrationIn(_PersonIn):
    """A person to register."""

    email = Text(max=254, load_default=None, allow_none=True)
    person_id = fields.UUID(load_default=None, allow_none=True)


class RegistrationForm(_PersonIn):
    """The form of the page: a signed-in person says whether it is about oneself."""

    email = Text(max=254, load_default=None, allow_none=True)
    myself = fields.Boolean(load_default=False)


class PastParticipationIn(_PersonIn):
    """A person who took part in an event that is over."""

    person_id = fields.UUID(load_default=None, allow_none=True)


class CancelRegistrationIn(InSchema):
    """The join code, for whoever registered without an account."""

    join_code = Text(max=6, load_default=None, allow_none=True)


class AttendanceFileIn(InSchema):
    """A participants report of Zoom."""

    file = Upload(required=True, max_bytes=READ_AT_MOST)


class MatchIn(InSchema):
    """Whose row it is."""

    registration_id = fields.UUID(required=True)


class ExportIn(InSchema):
    """In what format the list is wanted."""

    sheet_format = choice(SheetFormat, load_default=SheetFormat.XLSX)
