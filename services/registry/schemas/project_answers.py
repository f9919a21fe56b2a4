"""What the API answers about projects, roadmaps, recommendations and support cases."""

from marshmallow import fields

from services.registry.rules.project_kinds import (
    CaseSide,
    CaseState,
    DuePrecision,
    EntryKind,
    ItemState,
    ItemStep,
    ProductKind,
    ProjectLevel,
    RecommendationState,
    Section,
    VersionState,
)
from services.registry.schemas.act_answers import ActOut
from services.registry.schemas.parts import choice
from shared.web.schema import OutSchema


class DirectionOut(OutSchema):
    """A priority direction."""

    id = fields.UUID()
    name = fields.String()


class TaskOut(OutSchema):
    """A numbered task."""

    no = fields.Integer()
    title = fields.String()


class ProductOut(OutSchema):
    """A product of a project."""

    id = fields.UUID()
    kind = choice(ProductKind)
    title = fields.String()
    note = fields.String(allow_none=True)


class ProjectOut(OutSchema):
    """A project of the network."""

    id = fields.UUID()
    name = fields.String()
    level = choice(ProjectLevel)
    owner_id = fields.UUID()
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)


class ProjectCardOut(ProjectOut):
    """A project with everything that belongs to it."""

    goal = fields.String(allow_none=True)
    tasks = fields.List(fields.Nested(lambda: TaskOut()))
    products = fields.List(fields.Nested(lambda: ProductOut()))
    target_ids = fields.List(fields.Pluck(lambda: DirectionOut(), "id"), attribute="targets")
    target_words = fields.List(fields.String())
    directions = fields.List(fields.Nested(lambda: DirectionOut()))
    acts = fields.List(fields.Nested(lambda: ActOut()))


class RoadmapOut(OutSchema):
    """A roadmap."""

    id = fields.UUID()
    title = fields.String()
    project_id = fields.UUID(allow_none=True)
    municipality_oktmo = fields.String(allow_none=True)


class RoadmapItemOut(OutSchema):
    """An item of a version and what it is on the day asked; due_on is the last day of its present term."""

    id = fields.UUID(attribute="item.id")
    item_key = fields.UUID(attribute="item.item_key")
    no = fields.String()
    section = choice(Section, attribute="item.section")
    title = fields.String(attribute="item.title")
    due_on = fields.Date(attribute="standing.due")
    planned_due_on = fields.Date(attribute="item.due_on")
    due_precision = choice(DuePrecision)
    responsible = fields.String(attribute="item.responsible")
    result = fields.String(attribute="item.result", allow_none=True)
    state = choice(ItemState, attribute="standing.state")
    done_on = fields.Date(attribute="standing.done_on", allow_none=True)


class RoadmapVersionOut(OutSchema):
    """A version of a roadmap."""

    no = fields.Integer()
    state = choice(VersionState)
    approved_on = fields.Date(allow_none=True)
    approved_by = fields.String(allow_none=True)
    act_id = fields.UUID(allow_none=True)
    agreement_id = fields.UUID(allow_none=True)


class ProgressOut(OutSchema):
    """I-18 on a day."""

    due = fields.Integer()
    done = fields.Integer()
    late = fields.Integer()
    percent = fields.Decimal(as_string=True, allow_none=True)
    late_percent = fields.Decimal(as_string=True, allow_none=True)


class RoadmapMarkOut(OutSchema):
    """A mark of progress."""

    item_key = fields.UUID()
    step = choice(ItemStep)
    on = fields.Date()
    due_on = fields.Date(allow_none=True)
    words = fields.String(allow_none=True)
    recorded_at = fields.AwareDateTime()


class RoadmapCardOut(OutSchema):
    """A roadmap in one of its versions, on a day."""

    roadmap = fields.Nested(lambda: RoadmapOut())
    on = fields.Date()
    version = fields.Nested(lambda: RoadmapVersionOut(), allow_none=True)
    versions = fields.List(fields.Nested(lambda: RoadmapVersionOut()))
    items = fields.List(fields.Nested(lambda: RoadmapItemOut()))
    progress = fields.Nested(lambda: ProgressOut())
    marks = fields.List(fields.Nested(lambda: RoadmapMarkOut()))


class ChangedItemOut(OutSchema):
    """An item that differs from the previous version, and in what."""

    title = fields.String(attribute="new.title")
    parts = fields.List(fields.String())


class TitleOut(OutSchema):
    """An item by its title."""

    title = fields.String()


class ComparisonOut(OutSchema):
    """A version against the previous one."""

    version = fields.Integer(attribute="version.no")
    previous = fields.Integer(attribute="previous.no", allow_none=True)
    added = fields.List(fields.Nested(lambda: TitleOut()))
    removed = fields.List(fields.Nested(lambda: TitleOut()))
    changed = fields.List(fields.Nested(lambda: ChangedItemOut()))


class RecommendationOut(OutSchema):
    """A recommendation of a municipality."""

    id = fields.UUID()
    municipality_oktmo = fields.String()
    organisation_id = fields.UUID(allow_none=True)
    text = fields.String()
    submitted_on = fields.Date()
    state = choice(RecommendationState)
    decided_on = fields.Date(allow_none=True)
    reason = fields.String(allow_none=True)
    realised_on = fields.Date(allow_none=True)
    item_id = fields.UUID(allow_none=True)
    realised_words = fields.String(allow_none=True)


class TallyOut(OutSchema):
    """I-23: recommendations in numbers."""

    submitted = fields.Integer()
    accepted = fields.Integer()
    realised = fields.Integer()
    rejected = fields.Integer()
    municipalities = fields.Integer()


class CaseOut(OutSchema):
    """A support case; awaited says which side must speak next."""

    id = fields.UUID(attribute="case.id")
    topic = fields.String(attribute="case.topic")
    municipality_oktmo = fields.String(attribute="case.municipality_oktmo")
    organisation_id = fields.UUID(attribute="case.organisation_id", allow_none=True)
    opener = choice(CaseSide, attribute="case.opener")
    opened_on = fields.Date(attribute="case.opened_on")
    state = choice(CaseState, attribute="case.state")
    closed_on = fields.Date(attribute="case.closed_on", allow_none=True)
    awaited = choice(CaseSide, allow_none=True)
    due = fields.Boolean(metadata={"description": "Three working days have passed without an answer"})
    unread = fields.Integer()


class CaseFileOut(OutSchema):
    """An attached file."""

    id = fields.UUID()
    filename = fields.String()
    media_type = fields.String()
    sha256 = fields.String()


class EntryOut(OutSchema):
    """An entry of a thread."""

    no = fields.Integer()
    kind = choice(EntryKind)
    side = choice(CaseSide)
    at = fields.AwareDateTime()
    text = fields.String()
    file = fields.Nested(lambda: CaseFileOut(), allow_none=True)


class CaseCardOut(CaseOut):
    """A case with its thread."""

    responsible_id = fields.UUID(attribute="case.responsible_id", allow_none=True)
    entries = fields.List(fields.Nested(lambda: EntryOut()), attribute="case.entries")


class CaseNumbersOut(OutSchema):
    """I-22 of a period."""

    opened = fields.Integer()
    closed = fields.Integer()
    percent = fields.Decimal(as_string=True, allow_none=True)
    median_days = fields.Decimal(as_string=True, allow_none=True)


class VersionNumberOut(OutSchema):
    """The number of a new version."""

    no = fields.Integer(required=True)
