"""What is entered about projects, roadmaps and recommendations, and how they are filtered."""

from marshmallow import fields, validate

from services.registry.rules.project_kinds import (
    DuePrecision,
    ProductKind,
    ProjectLevel,
    RecommendationState,
    Section,
)
from services.registry.schemas.parts import Day, choice, maybe, several
from shared.web.schema import InSchema, Text


class ProjectIn(InSchema):
    """A project of the network as it shall be."""

    name = Text(required=True, max=500)
    level = choice(ProjectLevel, required=True)
    owner_id = fields.UUID(required=True)
    goal = maybe(Text, max=2000)
    starts_on = maybe(Day)
    ends_on = maybe(Day)
    tasks = fields.List(Text(max=1000), load_default=list, validate=validate.Length(max=50))
    target_ids = several(load_default=list)
    target_words = fields.List(Text(max=300), load_default=list, validate=validate.Length(max=50))
    direction_ids = several(load_default=list)
    act_ids = several(load_default=list)


class ProductIn(InSchema):
    """A product of a project."""

    kind = choice(ProductKind, required=True)
    title = Text(required=True, max=500)
    note = maybe(Text, max=1000)


class DirectionIn(InSchema):
    """A priority direction."""

    name = Text(required=True, max=300)


class RoadmapIn(InSchema):
    """A new roadmap of a project or of a municipality."""

    title = Text(required=True, max=500)
    project_id = maybe(fields.UUID)
    municipality_oktmo = maybe(Text, max=8)


class ItemIn(InSchema):
    """An item of a roadmap; the due date may be any day of its month, quarter or year."""

    section = choice(Section, required=True)
    title = Text(required=True, max=1000)
    due_on = Day(required=True)
    due_precision = choice(DuePrecision, load_default=DuePrecision.DAY)
    responsible_id = maybe(fields.UUID)
    responsible_words = maybe(Text, max=300)
    result = maybe(Text, max=1000)


class ApprovalIn(InSchema):
    """The approval of a roadmap."""

    approved_on = Day(required=True)
    approved_by = Text(required=True, max=300)
    act_id = maybe(fields.UUID)
    agreement_id = maybe(fields.UUID)


class StartIn(InSchema):
    """Work on an item has begun."""

    on = Day(required=True)


class FinishIn(InSchema):
    """An item is done."""

    on = Day(required=True)
    evidence = Text(required=True, max=1000)


class MoveIn(InSchema):
    """A new due date of an item."""

    on = Day(required=True)
    due_on = Day(required=True)
    due_precision = choice(DuePrecision, load_default=DuePrecision.DAY)
    reason = Text(required=True, max=1000)


class ItemReasonIn(InSchema):
    """An item is cancelled, or a mark is withdrawn."""

    on = Day(required=True)
    reason = Text(required=True, max=1000)


class RecommendationIn(InSchema):
    """A recommendation of a municipality."""

    municipality_oktmo = Text(required=True, max=8)
    text = Text(required=True, max=4000)
    organisation_id = maybe(fields.UUID)


class RealisedIn(InSchema):
    """Where a recommendation was realised."""

    item_id = maybe(fields.UUID)
    realised_words = maybe(Text, max=1000)


class RoadmapFilter(InSchema):
    """Roadmaps as of a day."""

    on = maybe(Day)


class RoadmapDayFilter(RoadmapFilter):
    """A roadmap as of a day, or one of its versions."""

    version = maybe(fields.Integer, validate=validate.Range(min=1, max=1000))


class RecommendationFilter(InSchema):
    """Which recommendations are wanted."""

    state = choice(RecommendationState, load_default=None, allow_none=True)
    municipality_oktmo = maybe(Text, max=8)
