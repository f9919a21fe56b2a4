"""Roadmaps: versions, items, approval, marks of progress, the paper."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from services.registry import actions, queries, schemas
from services.registry.api.door import bp
from services.registry.schemas import answers, project_answers
from services.registry.schemas.projects import RoadmapDayFilter, RoadmapFilter
from shared.requisites import PaperFormat
from shared.web.export import attachment
from shared.web.person import current_person


@bp.route("/roadmaps")
class Roadmaps(MethodView):
    """Roadmaps."""

    @bp.arguments(RoadmapFilter, location="query", unknown="exclude")
    @bp.response(200, project_answers.RoadmapOut(many=True))
    def get(self, wanted: dict[str, Any]) -> Any:
        """Roadmaps in force on a day, and drafts of your own; open to everybody signed in."""
        return [row.roadmap for row in queries.roadmaps(current_person(), **wanted)]

    @bp.arguments(schemas.RoadmapIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Begin a roadmap of a project (operator) or of your municipality (ТМС, МОУО)."""
        return {"id": actions.draft_roadmap(current_person(), **data)}


@bp.route("/roadmaps/<uuid:roadmap_id>")
class OneRoadmap(MethodView):
    """A roadmap."""

    @bp.arguments(RoadmapDayFilter, location="query", unknown="exclude")
    @bp.response(200, project_answers.RoadmapCardOut)
    def get(self, wanted: dict[str, Any], roadmap_id: UUID) -> Any:
        """A roadmap on a day: the version in force, the state of each item, I-18."""
        return queries.roadmap(current_person(), roadmap_id, **wanted)


@bp.route("/roadmaps/<uuid:roadmap_id>/items")
class RoadmapItems(MethodView):
    """Items of a draft."""

    @bp.arguments(schemas.ItemIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], roadmap_id: UUID) -> Any:
        """Enter an item into the draft."""
        return {"id": actions.add_item(current_person(), roadmap_id=roadmap_id, **data)}


@bp.route("/roadmaps/<uuid:roadmap_id>/items/<uuid:item_id>")
class OneRoadmapItem(MethodView):
    """An item of a draft."""

    @bp.arguments(schemas.ItemIn)
    @bp.response(204)
    def put(self, data: dict[str, Any], roadmap_id: UUID, item_id: UUID) -> None:
        """Correct an item of the draft."""
        actions.change_item(current_person(), roadmap_id=roadmap_id, item_id=item_id, **data)

    @bp.response(204)
    def delete(self, roadmap_id: UUID, item_id: UUID) -> None:
        """Take an item out of the draft."""
        actions.drop_item(current_person(), roadmap_id=roadmap_id, item_id=item_id)


@bp.route("/roadmaps/<uuid:roadmap_id>/versions")
class RoadmapVersions(MethodView):
    """Versions."""

    @bp.response(201, project_answers.VersionNumberOut)
    def post(self, roadmap_id: UUID) -> Any:
        """Begin a new version, a copy of the approved one."""
        return {"no": actions.new_version(current_person(), roadmap_id=roadmap_id)}


@bp.route("/roadmaps/<uuid:roadmap_id>/versions/<int:version>/changes")
class RoadmapChanges(MethodView):
    """Versions compared."""

    @bp.response(200, project_answers.ComparisonOut)
    def get(self, roadmap_id: UUID, version: int) -> Any:
        """What a version adds, removes and changes against the previous one."""
        return queries.compare_versions(current_person(), roadmap_id, version)


@bp.route("/roadmaps/<uuid:roadmap_id>/paper.<any(docx,pdf):kind>")
class RoadmapPaper(MethodView):
    """The roadmap on paper."""

    @bp.arguments(RoadmapDayFilter, location="query", unknown="exclude")
    @bp.response(200, content_type="application/octet-stream", description="DOCX or PDF")
    def get(self, wanted: dict[str, Any], roadmap_id: UUID, kind: str) -> Response:
        """A working print-out of the roadmap, DOCX or PDF (D-11)."""
        paper = queries.roadmap_file(current_person(), roadmap_id, PaperFormat(kind), **wanted)
        return attachment(paper.content, paper.name, paper.media_type)


@bp.route("/roadmaps/<uuid:roadmap_id>/papers")
class RoadmapPapers(MethodView):
    """Papers of a roadmap."""

    @bp.response(201, answers.CreatedOut)
    def post(self, roadmap_id: UUID) -> Any:
        """Issue the approved roadmap on paper, with number, code and hashes (D-11, BR-67)."""
        return {"id": actions.print_roadmap(current_person(), roadmap_id=roadmap_id)}


@bp.route("/roadmaps/<uuid:roadmap_id>/discard")
class RoadmapDiscarding(MethodView):
    """A draft given up."""

    @bp.response(204)
    def post(self, roadmap_id: UUID) -> None:
        """Give up the draft of a new version."""
        actions.discard_draft(current_person(), roadmap_id=roadmap_id)


@bp.route("/roadmaps/<uuid:roadmap_id>/approve")
class RoadmapApproval(MethodView):
    """Approval."""

    @bp.arguments(schemas.ApprovalIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], roadmap_id: UUID) -> None:
        """Record the approval of the draft, by whom and on what ground (operator)."""
        actions.approve_roadmap(current_person(), roadmap_id=roadmap_id, **data)


@bp.route("/roadmaps/<uuid:roadmap_id>/marks/<uuid:item_key>/start")
class ItemStart(MethodView):
    """Work begun."""

    @bp.arguments(schemas.StartIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], roadmap_id: UUID, item_key: UUID) -> None:
        """Work on an item has begun."""
        actions.start_item(current_person(), roadmap_id=roadmap_id, item_key=item_key, **data)


@bp.route("/roadmaps/<uuid:roadmap_id>/marks/<uuid:item_key>/finish")
class ItemFinish(MethodView):
    """Work done."""

    @bp.arguments(schemas.FinishIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], roadmap_id: UUID, item_key: UUID) -> None:
        """An item is done, with its evidence."""
        actions.finish_item(current_person(), roadmap_id=roadmap_id, item_key=item_key, **data)


@bp.route("/roadmaps/<uuid:roadmap_id>/marks/<uuid:item_key>/move")
class ItemMove(MethodView):
    """A new due date."""

    @bp.arguments(schemas.MoveIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], roadmap_id: UUID, item_key: UUID) -> None:
        """An item gets a new due date, with the reason."""
        actions.move_item(current_person(), roadmap_id=roadmap_id, item_key=item_key, **data)


@bp.route("/roadmaps/<uuid:roadmap_id>/marks/<uuid:item_key>/cancel")
class ItemCancel(MethodView):
    """Cancellation."""

    @bp.arguments(schemas.ItemReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], roadmap_id: UUID, item_key: UUID) -> None:
        """An item is cancelled, with the reason."""
        actions.cancel_item(current_person(), roadmap_id=roadmap_id, item_key=item_key, **data)


@bp.route("/roadmaps/<uuid:roadmap_id>/marks/<uuid:item_key>/reopen")
class ItemReopen(MethodView):
    """A mark withdrawn."""

    @bp.arguments(schemas.ItemReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], roadmap_id: UUID, item_key: UUID) -> None:
        """Withdraw the mark of doing or cancelling, with the reason."""
        actions.reopen_item(current_person(), roadmap_id=roadmap_id, item_key=item_key, **data)
