"""Rating, decisions, results."""

from typing import Any

from marshmallow import fields, validate

from services.expertise.rules.vocabulary import (
    EntryState,
    Outcome,
    ProtocolState,
    ResultTitle,
    TieBreaker,
)
from services.expertise.schemas.experts import StageScoreOut
from services.expertise.schemas.kinds import VOTES, WHOLE, decimal, enum
from shared.web.schema import InSchema, OutSchema, Text


class DecisionIn(InSchema):
    """The decision about one entry."""

    entry_id = fields.UUID(required=True)
    outcome = enum(Outcome, required=True)
    title = enum(ResultTitle, load_default=None, allow_none=True)
    votes_for = fields.Integer(required=True, validate=VOTES)
    votes_against = fields.Integer(load_default=0, validate=VOTES)
    abstained = fields.Integer(load_default=0, validate=VOTES)


class DecisionsIn(InSchema):
    """A session of the council."""

    number = Text(required=True, max=64)
    date = fields.Date(required=True)
    chair = Text(required=True, max=200)
    secretary = Text(required=True, max=200)
    members_total = fields.Integer(required=True, validate=WHOLE)
    present = fields.Integer(required=True, validate=WHOLE)
    paper_note = Text(load_default="", max=2000)
    supersedes_id = fields.UUID(load_default=None, allow_none=True)
    decisions = fields.List(
        fields.Nested(lambda: DecisionIn()), required=True, validate=validate.Length(min=1)
    )


class CodedSheetOut(OutSchema):
    """One sheet in the rating, its expert coded."""

    expert_code = fields.Function(lambda pair: pair[0])
    stage_kind = fields.Function(lambda pair: pair[1].stage_kind.value)
    kind = fields.Function(lambda pair: pair[1].kind.value)
    percent = fields.Function(lambda pair: str(pair[1].percent))


class RatingRowOut(OutSchema):
    """A line of the rating."""

    entry_id = fields.UUID()
    place = fields.Integer()
    reg_no = fields.String(attribute="label")
    topic = fields.String()
    applicant_name = fields.String()
    municipality_name = fields.String()
    title = enum(ResultTitle)
    title_is_decided = fields.Boolean()
    state = enum(EntryState)
    sheets = fields.List(fields.Nested(lambda: CodedSheetOut()), attribute="coded")
    stages = fields.Method("stage_scores")
    final = decimal()
    tie_breakers = fields.List(enum(TieBreaker))
    passing = fields.Boolean()

    def stage_scores(self, row: Any) -> dict[str, Any]:
        """Stage scores by kind of stage."""
        return {kind.value: StageScoreOut().dump(score) for kind, score in row.stages.items()}


class ResultOut(OutSchema):
    """A published result."""

    entry_id = fields.UUID()
    reg_no = fields.String()
    topic = fields.String()
    applicant_name = fields.String()
    nomination_code = fields.String()
    nomination_title = fields.String()
    place = fields.Integer()
    final_score = decimal()
    outcome = enum(Outcome)
    title = enum(ResultTitle)
    protocol_number = fields.String()
    protocol_date = fields.Date()


class ProtocolOut(OutSchema):
    """A protocol of the council."""

    protocol_id = fields.UUID()
    number = fields.String()
    date = fields.Date()
    chair = fields.String()
    secretary = fields.String()
    members_total = fields.Integer()
    present = fields.Integer()
    decisions = fields.Integer()
    snapshot_hash = fields.String()
    intact = fields.Boolean()
    state = enum(ProtocolState)
    council_title = fields.String()
    superseded_by = fields.String()
    as_signed = fields.Boolean()
