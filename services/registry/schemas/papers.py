"""What the API answers about papers."""

from marshmallow import fields

from services.registry.rules.papers import PaperKind, PaperState
from services.registry.schemas.parts import choice
from shared.web.schema import OutSchema


class VerifiedOut(OutSchema):
    """What the checking code of a paper tells everybody (BR-67)."""

    kind = choice(PaperKind)
    number = fields.String()
    issued_on = fields.Date()
    state = choice(PaperState)


class PaperOut(VerifiedOut):
    """A printed paper."""

    id = fields.UUID()
    object_id = fields.UUID()
    cancel_reason = fields.String(allow_none=True)
    verify_code = fields.String()
    docx_sha256 = fields.String()
    pdf_sha256 = fields.String()
