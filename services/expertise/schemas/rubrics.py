"""Rubrics: as programs send them, as a page types them, as they are told."""

import re
from typing import Any

import marshmallow as ma
from marshmallow import fields, post_load, pre_load

from services.expertise.schemas.kinds import decimal
from shared.refusal import N_
from shared.web.schema import InSchema, OutSchema, Text

_NUMBER = r"\d+(?:[.,]\d+)?"
#: «0…10 шаг 0,5».
_RANGE = re.compile(rf"^({_NUMBER})\s*(?:\.\.+|…|-|–|—)\s*({_NUMBER})(?:\s*(?:шаг|step|/)\s*({_NUMBER}))?$")
_ANCHOR = re.compile(rf"^({_NUMBER})\s*[—–:=-]\s*(.+)$")


class CriterionIn(InSchema):
    """A criterion of a rubric; ``anchors`` say what a value means, ``scale`` differs from the common one."""

    code = Text(required=True, max=20)
    title = Text(required=True)
    weight = fields.Decimal(required=True)
    priority = fields.Boolean(load_default=False)
    description = Text(load_default="", max=2000)
    scale = fields.Dict(load_default=None, allow_none=True)
    anchors = fields.Dict(keys=Text(max=20), values=Text(max=1000), load_default=dict)
    comment_below = fields.Decimal(load_default=None, allow_none=True)


class RubricIn(InSchema):
    """A rubric or its next version."""

    code = Text(required=True, max=40)
    title = Text(required=True, max=300)
    criteria = fields.List(fields.Nested(lambda: CriterionIn()), required=True)
    scale = fields.Dict(
        required=True,
        metadata={
            "example": {"type": "SET", "values": [0, 1, 2]},
            "description": "SET values or RANGE min max step",
        },
    )


class CriterionForm(InSchema):
    """A criterion as the page types it: the scale in one line, an anchor in each line."""

    code = Text(required=True, max=20)
    title = Text(required=True)
    weight = fields.Decimal(required=True)
    priority = fields.Boolean(load_default=False)
    description = Text(load_default="", max=2000)
    values = Text(load_default="", max=500)
    anchors = Text(load_default="", max=5000)
    comment_below = fields.Decimal(load_default=None, allow_none=True)

    @post_load
    def as_criterion(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """The typed lines become a scale and anchors."""
        values = data.pop("values")
        return {**data, "scale": typed_scale(values) if values else None, "anchors": typed_anchors(data["anchors"])}


class RubricForm(InSchema):
    """The page's form of a rubric: the common scale is typed in one line."""

    code = Text(required=True, max=40)
    title = Text(required=True, max=300)
    values = Text(required=True, max=500)
    criteria = fields.List(fields.Nested(lambda: CriterionForm()), required=True)

    @pre_load
    def drop_empty_rows(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """A criterion without a code was not filled in."""
        return {**data, "criteria": [row for row in data.get("criteria", ()) if row.get("code")]}

    @post_load
    def as_scale(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """The typed values become a scale."""
        values = data.pop("values")
        return {**data, "scale": typed_scale(values)}


def typed_scale(text: str) -> dict[str, Any]:
    """«0 1 2» is a set of values, «0…10 шаг 0,5» a range."""
    span = _RANGE.match(text.strip())
    if span:
        low, high, step = (part.replace(",", ".") if part else "1" for part in span.groups())
        return {"type": "RANGE", "min": low, "max": high, "step": step}
    return {"type": "SET", "values": [value.replace(",", ".") for value in text.replace(";", " ").split()]}


def typed_anchors(text: str) -> dict[str, str]:
    """Each line is «оценка — что она означает»."""
    anchors = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _ANCHOR.match(line)
        if found is None:
            raise ma.ValidationError(N_("Пояснение пишется так: оценка — что она означает"), "anchors")
        anchors[found[1].replace(",", ".")] = found[2].strip()
    return anchors


class CriterionOut(OutSchema):
    """A criterion with its own scale, when it has one, and its anchors."""

    code = fields.String()
    title = fields.String()
    weight = decimal()
    priority = fields.Boolean()
    description = fields.String()
    values = fields.List(decimal())
    anchors = fields.Function(lambda one: {str(value): text for value, text in one.anchors})
    comment_below = decimal()


class RubricRulesOut(OutSchema):
    """Criteria and the values of a score."""

    criteria = fields.List(fields.Nested(lambda: CriterionOut()))
    values = fields.List(decimal())
    maximum = decimal()


class RubricOut(OutSchema):
    """A version of a rubric."""

    rubric_id = fields.UUID()
    code = fields.String()
    number = fields.Integer()
    title = fields.String()
    frozen_at = fields.AwareDateTime()
    rules = fields.Nested(lambda: RubricRulesOut())
