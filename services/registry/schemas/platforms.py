"""What is entered about platforms."""

from marshmallow import fields, validate

from services.registry.rules.kinds import PlatformKind
from services.registry.schemas.parts import Day, choice, maybe, several
from shared.files import MAX_FILE
from shared.web.schema import InSchema, Text, Upload


class PlatformIn(InSchema):
    """An application for a platform."""

    kind = choice(PlatformKind, required=True)
    topic = Text(required=True, max=1000)
    holder_ids = several(required=True)
    hub_id = maybe(fields.UUID)
    member_ids = several(load_default=list)
    curator_id = maybe(fields.UUID)
    counts_in_i02 = fields.Boolean(load_default=True)


class AwardIn(InSchema):
    """The award of a status."""

    act_id = maybe(fields.UUID)
    valid_from = Day(required=True)
    valid_to = maybe(Day)
    clause = maybe(Text, max=100)
    agreement_id = maybe(fields.UUID)
    basis = maybe(Text, max=300)


class ExtensionIn(InSchema):
    """The extension of a status."""

    act_id = maybe(fields.UUID)
    valid_to = Day(required=True)
    clause = maybe(Text, max=100)
    agreement_id = maybe(fields.UUID)


class StepIn(InSchema):
    """Suspension, resumption, completion or termination of a status."""

    on = Day(required=True)
    act_id = maybe(fields.UUID)
    clause = maybe(Text, max=100)
    reason = maybe(Text, max=500)


class RecordWithdrawalIn(InSchema):
    """A status record that was entered by mistake and never was."""

    reason = Text(required=True, max=500)
    by_act_id = maybe(fields.UUID)


class RecordCorrectionIn(RecordWithdrawalIn):
    """The right record in the place of a wrong one, as a whole, and why (F7)."""

    on = Day(required=True)
    valid_to = maybe(Day)
    act_id = maybe(fields.UUID)
    agreement_id = maybe(fields.UUID)
    clause = maybe(Text, max=100)
    basis = maybe(Text, max=300)
    ground = maybe(Text, max=500)


class CompositionIn(InSchema):
    """How an act changes who holds a platform and takes part in it (BR-21)."""

    on = Day(required=True)
    act_id = maybe(fields.UUID)
    clause = maybe(Text, max=100)
    basis = maybe(Text, max=300)
    holder_ids = several(load_default=list)
    member_ids = several(load_default=list)
    hub_id = maybe(fields.UUID)
    leaving_ids = several(load_default=list)


def lines() -> fields.List:
    """Several lines of words."""
    return fields.List(Text(max=300), validate=validate.Length(max=50), load_default=list)


class DescriptionIn(InSchema):
    """The words of a platform's card (model 3.2)."""

    supervisor_id = maybe(fields.UUID)
    scientific_supervisor_id = maybe(fields.UUID)
    directions = lines()
    priority_directions = lines()
    calendar_plan = lines()


class DescriptionFormIn(InSchema):
    """The same as a form has it: one line of text each."""

    supervisor_id = maybe(fields.UUID)
    scientific_supervisor_id = maybe(fields.UUID)
    directions = maybe(Text, max=5000)
    priority_directions = maybe(Text, max=5000)
    calendar_plan = maybe(Text, max=15000)


class ReportFormIn(InSchema):
    """The yearly report of a platform in words, with its file or the address of one."""

    year = fields.Integer(required=True, validate=validate.Range(min=2000, max=2100))
    text = Text(required=True, max=20000)
    link = maybe(fields.Url, schemes={"http", "https"}, validate=validate.Length(max=500))
    file = Upload(max_bytes=MAX_FILE)


class RemarksIn(InSchema):
    """Why a report is not accepted."""

    remarks = Text(required=True, max=2000)


class ReturnIn(RemarksIn):
    """What must be mended in a report, and by which day."""

    again_by = Day(required=True)


class AsOfIn(InSchema):
    """The day of an extract, and the day whose knowledge counts (D-19)."""

    on = maybe(Day)
    known = maybe(Day)


class OrderDraftIn(InSchema):
    """Decisions of which the draft of an order is made (D-07)."""

    proposal_ids = several(required=True)
    valid_from = Day(required=True)
    months = fields.Integer(load_default=36, validate=validate.Range(min=1, max=120))


class ActOnlyIn(InSchema):
    """The signed order."""

    act_id = fields.UUID(required=True)


class EnactIn(InSchema):
    """Decisions enacted by one order."""

    act_id = fields.UUID(required=True)
    proposal_ids = several(required=True)
    valid_from = Day(required=True)
    months = fields.Integer(load_default=36, validate=validate.Range(min=1, max=120))
