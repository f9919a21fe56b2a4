"""The anonymity of works: what was found, waivers, masked copies."""

from marshmallow import fields

from services.expertise.rules.anonymity.lexicon import Finding
from services.expertise.rules.vocabulary import EntryState
from services.expertise.schemas.kinds import enum
from shared.files import MAX_FILE
from shared.web.schema import InSchema, OutSchema, Text, Upload


class WaivedWordsIn(InSchema):
    """Words that do not tell whose the work is (their keys), and why; an empty list takes all waivers back."""

    words = fields.List(Text(max=1000), load_default=list)
    reason = Text(load_default="", max=2000)


class MaskedFileIn(InSchema):
    """A copy masked by hand."""

    file = Upload(required=True, max_bytes=MAX_FILE)


class AnonymityOut(OutSchema):
    """A work of a blind edition."""

    entry_id = fields.UUID()
    edition_id = fields.UUID()
    code = fields.String(allow_none=True)
    reg_no = fields.String(allow_none=True)
    topic = fields.String()
    state = enum(EntryState)
    looked_at = fields.AwareDateTime(allow_none=True)
    found = fields.Integer()
    waived = fields.Integer()
    left = fields.List(fields.String())
    is_ready = fields.Boolean()


class FoundOut(OutSchema):
    """A telling place."""

    place = fields.String()
    finding = enum(Finding)
    words = fields.String()
    before = fields.String()
    after = fields.String()
    key = fields.String()
    waived = fields.Boolean()


class MaskedFileOut(OutSchema):
    """A file and its masked copy."""

    file_id = fields.UUID()
    filename = fields.String()
    copy_id = fields.UUID(allow_none=True)
    copy_name = fields.String(allow_none=True)
    by_hand = fields.Boolean()


class AnonymityCardOut(AnonymityOut):
    """A work with its telling places and files."""

    findings = fields.List(fields.Nested(lambda: FoundOut()))
    reason = fields.String(allow_none=True)
    files = fields.List(fields.Nested(lambda: MaskedFileOut()))
