"""What is entered about support cases, and how they are filtered."""

from marshmallow import fields

from services.registry.rules.project_kinds import CaseState
from services.registry.schemas.parts import Day, choice, maybe
from shared.files import MAX_FILE
from shared.web.schema import InSchema, Text, Upload


class CaseIn(InSchema):
    """A new case: the operator names the other side, everybody else may have several to choose from."""

    topic = Text(required=True, max=300)
    text = Text(required=True, max=8000)
    organisation_id = maybe(fields.UUID)
    municipality_oktmo = maybe(Text, max=8)


class MessageIn(InSchema):
    """A message of a thread."""

    text = Text(required=True, max=8000)


class CaseFormIn(CaseIn):
    """A new case as the page sends it, with a file."""

    file = Upload(max_bytes=MAX_FILE)


class MessageFormIn(MessageIn):
    """A message as the page sends it, with a file."""

    file = Upload(max_bytes=MAX_FILE)


class CaseFileIn(InSchema):
    """A file for a thread."""

    file = Upload(required=True, max_bytes=MAX_FILE)


class ResponsibleIn(InSchema):
    """Who answers for a case at the operator."""

    person_id = fields.UUID(required=True)


class ResultIn(InSchema):
    """With what a case is closed."""

    result = Text(required=True, max=8000)


class PeriodIn(InSchema):
    """A period, both days included."""

    first = Day(required=True)
    last = Day(required=True)


class CaseFilter(InSchema):
    """Which cases are wanted; the period is that of the numbers (I-22)."""

    state = choice(CaseState, load_default=None, allow_none=True)
    text = maybe(Text, max=200)
    first = maybe(Day)
    last = maybe(Day)
