"""The reliability of a jury (F2, F3, F4, F20)."""

from typing import Any

from marshmallow import fields

from services.expertise.rules.statistics.terms import Fit, Form, Guard, Light, Method, Tone
from services.expertise.rules.vocabulary import StageKind
from services.expertise.schemas.kinds import WHOLE, decimal, enum
from shared.web.schema import InSchema, OutSchema
from shared.web.wording import word


class AnalysisFilter(InSchema):
    """At which stage and around which cut-off."""

    stage = enum(StageKind, load_default=None)
    first = fields.Integer(load_default=None, validate=WHOLE)


class CriterionAgreementOut(OutSchema):
    """Agreement on a criterion; no alpha where it is not defined."""

    code = fields.String()
    title = fields.String()
    alpha = fields.Float()
    light = enum(Light)
    mean = fields.Float()
    difficulty = fields.Float()


class IntraclassOut(OutSchema):
    """An intraclass correlation with its 95 % interval."""

    form = enum(Form)
    value = fields.Float()
    low = fields.Float()
    high = fields.Float()
    f = fields.Float()
    p = fields.Float()


class ConcordanceOut(OutSchema):
    """Kendall's W."""

    w = fields.Float()
    chi_square = fields.Float()
    p = fields.Float()


class JuryPartOut(OutSchema):
    """A connected part of the jury."""

    number = fields.Integer()
    works = fields.Integer()
    experts = fields.Integer()
    method = enum(Method)
    guard = enum(Guard)
    severity_p = fields.Float()


class WorkLineOut(OutSchema):
    """A work: official and calibrated place, its interval and chances."""

    entry_id = fields.UUID()
    reg_no = fields.String(attribute="label")
    part = fields.Integer()
    official_place = fields.Integer()
    official = decimal()
    mean = fields.Float()
    value = fields.Float()
    error = fields.Float()
    place = fields.Integer()
    low = fields.Integer()
    high = fields.Integer()
    chance = fields.Float()
    beats_next = fields.Float()
    in_zone = fields.Boolean()


class ExpertReliabilityOut(OutSchema):
    """How an expert marked; coded."""

    code = fields.String()
    sheets = fields.Integer()
    severity = fields.Float()
    severity_error = fields.Float()
    deviation = fields.Float()
    residual = fields.Float()
    fit = enum(Fit)
    range_used = fields.Float()
    halo = fields.Float()
    identical = fields.Float()
    hours = fields.Float()
    decisive = fields.Boolean()


class WeightIntervalOut(OutSchema):
    """Within which shares of one weight the leader stays."""

    code = fields.String()
    title = fields.String()
    share = fields.Float()
    low = fields.Float()
    high = fields.Float()


class AskedWorkOut(OutSchema):
    """A work of which one more mark would tell most."""

    entry_id = fields.UUID()
    reg_no = fields.String(attribute="label")
    chance = fields.Float()
    doubt = fields.Float()
    left = fields.Float()


class RemarkOut(OutSchema):
    """A sentence in the language of the reader."""

    tone = enum(Tone)
    text = fields.Method("said")

    def said(self, remark: Any) -> str:
        """The sentence with its numbers."""
        params = {
            key: f"{value:.2f}" if isinstance(value, float) else value for key, value in remark.params.items()
        }
        return word(remark.text) % params


class AnalysisOut(OutSchema):
    """The reliability of the jury of a nomination at a stage; advisory."""

    stage = enum(StageKind)
    stages = fields.List(enum(StageKind))
    sheets = fields.Integer()
    first = fields.Integer()
    cut = fields.Integer()
    alpha = fields.Float()
    light = enum(Light)
    criteria = fields.List(fields.Nested(lambda: CriterionAgreementOut()))
    intraclass = fields.List(fields.Nested(lambda: IntraclassOut()))
    concordance = fields.Nested(lambda: ConcordanceOut(), allow_none=True)
    parts = fields.List(fields.Nested(lambda: JuryPartOut()))
    works = fields.List(fields.Nested(lambda: WorkLineOut()))
    experts = fields.List(fields.Nested(lambda: ExpertReliabilityOut()))
    weights = fields.List(fields.Nested(lambda: WeightIntervalOut()))
    asked = fields.List(fields.Nested(lambda: AskedWorkOut()))
    remarks = fields.List(fields.Nested(lambda: RemarkOut()))
