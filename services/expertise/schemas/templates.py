"""Forms of entries."""

from typing import Any

from marshmallow import fields, post_load, pre_load, validate

from services.expertise.rules.templates import LONGEST, MOST_SECTIONS, USUAL
from services.expertise.rules.vocabulary import AttachmentKind, SectionKind, SectionSource
from services.expertise.schemas.kinds import enum
from shared.web.schema import InSchema, OutSchema, Text


class SectionRuleIn(InSchema):
    """A section of a form; ``columns`` make a table, ``words`` narrow the acts that it names."""

    code = Text(required=True, max=20)
    title = Text(required=True, max=500)
    part = Text(load_default="", max=300)
    kind = enum(SectionKind, load_default=SectionKind.TEXT)
    source = enum(SectionSource, load_default=None, allow_none=True)
    required = fields.Boolean(load_default=False)
    max_length = fields.Integer(load_default=USUAL, validate=validate.Range(min=1, max=LONGEST))
    help = Text(load_default="", max=2000)
    columns = fields.List(Text(max=100), load_default=list)
    words = fields.List(Text(max=100), load_default=list)


class AttachmentIn(InSchema):
    """A kind of file that a form asks for."""

    kind = enum(AttachmentKind, required=True)
    required = fields.Boolean(load_default=True)


class TemplateIn(InSchema):
    """A form of an entry, or the next version of the one with this code."""

    code = Text(required=True, max=40, validate=validate.Regexp(r"^[A-Z0-9][A-Z0-9-]*$"))
    title = Text(required=True, max=300)
    sections = fields.List(
        fields.Nested(lambda: SectionRuleIn()), required=True, validate=validate.Length(1, MOST_SECTIONS)
    )
    attachments = fields.List(fields.Nested(lambda: AttachmentIn()), load_default=list)
    checks = fields.List(Text(max=300), load_default=list)


class SectionRow(SectionRuleIn):
    """A section as a page sends it: columns and words in one line, apart by «|»."""

    columns = Text(load_default="", max=500)
    words = Text(load_default="", max=500)


class TemplateForm(InSchema):
    """The same as a page sends it: empty rows are left out, requirements stand one a line."""

    code = Text(required=True, max=40, validate=validate.Regexp(r"^[A-Z0-9][A-Z0-9-]*$"))
    title = Text(required=True, max=300)
    sections = fields.List(
        fields.Nested(lambda: SectionRow()), required=True, validate=validate.Length(1, MOST_SECTIONS)
    )
    required_files = fields.List(enum(AttachmentKind), load_default=list)
    optional_files = fields.List(enum(AttachmentKind), load_default=list)
    checks = Text(load_default="", max=5000)

    @pre_load
    def drop_empty_rows(self, data: Any, **_: object) -> Any:
        """Rows without a code and a title are not meant."""
        rows = data.get("sections") or []
        kept = [one for one in rows if one.get("code") or one.get("title")]
        return {**data, "sections": kept} if kept else {k: v for k, v in data.items() if k != "sections"}

    @post_load
    def as_template(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """The same data as :class:`TemplateIn` loads."""
        required, optional = data.pop("required_files"), data.pop("optional_files")
        return {
            **data,
            "sections": [
                {**one, "columns": one["columns"].split("|"), "words": one["words"].split("|")}
                for one in data["sections"]
            ],
            "attachments": [
                *({"kind": kind, "required": True} for kind in required),
                *({"kind": kind, "required": False} for kind in optional if kind not in required),
            ],
            "checks": data["checks"].splitlines(),
        }


class TemplateChoiceIn(InSchema):
    """The form of a nomination's entries; none means topic and summary only."""

    template_id = fields.UUID(load_default=None, allow_none=True)


class TemplateOut(OutSchema):
    """A version of a form."""

    template_id = fields.UUID()
    code = fields.String()
    number = fields.Integer()
    title = fields.String()
    sections = fields.List(fields.Dict())
    attachments = fields.List(fields.Dict())
    checks = fields.List(fields.String())
    used = fields.Integer()
    is_latest = fields.Boolean()
