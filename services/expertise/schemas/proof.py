"""The log, its heads and keys."""

from marshmallow import fields, validate

from services.expertise.rules.vocabulary import LedgerKind
from services.expertise.schemas.kinds import enum
from shared.web.schema import InSchema, OutSchema, Text


class HeadOut(OutSchema):
    """A signed head of a log."""

    number = fields.Integer()
    size = fields.Integer()
    root = fields.String()
    at = fields.AwareDateTime()
    kid = fields.String()
    text = fields.String()
    signature = fields.String()


class LogKeyOut(OutSchema):
    """The public half of a key that signs heads, base64."""

    kid = fields.String()
    public = fields.String()
    made_at = fields.AwareDateTime()
    replaced_at = fields.AwareDateTime(allow_none=True)


class LogFilter(InSchema):
    """Which lines of a log."""

    kind = enum(LedgerKind, load_default=None, allow_none=True)
    reg_no = Text(load_default="", validate=validate.Length(max=100))


class LogLineOut(OutSchema):
    """A line of a log."""

    seq = fields.Integer()
    at = fields.AwareDateTime()
    kind = enum(LedgerKind)
    subject_id = fields.UUID()
    about = fields.List(fields.String())
    data = fields.Dict()
    leaf = fields.String()


class SignedTextOut(OutSchema):
    """The text of a head and its signature."""

    text = fields.String()
    signature = fields.String()


class PublicKeyOut(OutSchema):
    """A public key by its name."""

    id = fields.String()
    public = fields.String()


class ProofOut(OutSchema):
    """The whole log with heads and keys: what verify_protocol.py reads."""

    format = fields.String()
    edition = fields.String()
    title = fields.String()
    lines = fields.List(fields.String())
    heads = fields.List(fields.Nested(lambda: SignedTextOut()))
    keys = fields.List(fields.Nested(lambda: PublicKeyOut()))


class ProvedLineOut(OutSchema):
    """A line with the path that proves it."""

    seq = fields.Integer()
    line = fields.String()
    path = fields.List(fields.String())


class EntryProofOut(OutSchema):
    """The lines about an entry with their inclusion proofs: what verify_protocol.py reads."""

    format = fields.String()
    edition = fields.String()
    entry = fields.String()
    reg_no = fields.String()
    head = fields.Nested(lambda: SignedTextOut())
    keys = fields.List(fields.Nested(lambda: PublicKeyOut()))
    lines = fields.List(fields.Nested(lambda: ProvedLineOut()))
    words = fields.Dict()
