"""Marks of progress on a roadmap's items; each is an immutable record (model 3.3)."""

from datetime import date
from uuid import UUID

from services.registry import model
from services.registry.actions.roadmaps import owned
from services.registry.rules import roadmaps
from services.registry.rules.names import clean
from services.registry.rules.project_kinds import DuePrecision, ItemStep
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import work


def start_item(who: Person, *, roadmap_id: UUID, item_key: UUID, on: date) -> None:
    """Work on an item has begun: PLANNED → IN_PROGRESS (model 3.3)."""
    _mark(who, roadmap_id, item_key, ItemStep.START, on)


def finish_item(who: Person, *, roadmap_id: UUID, item_key: UUID, on: date, evidence: str) -> None:
    """An item is done, with its evidence: IN_PROGRESS → DONE (model 3.3)."""
    _mark(who, roadmap_id, item_key, ItemStep.FINISH, on, evidence)


def move_item(
    who: Person,
    *,
    roadmap_id: UUID,
    item_key: UUID,
    on: date,
    due_on: date,
    due_precision: DuePrecision | str = DuePrecision.DAY,
    reason: str,
) -> None:
    """An item gets a new due date for a reason; a draft of the next version follows (model 3.3)."""
    _mark(who, roadmap_id, item_key, ItemStep.MOVE, on, reason, (due_on, DuePrecision(due_precision)))


def cancel_item(who: Person, *, roadmap_id: UUID, item_key: UUID, on: date, reason: str) -> None:
    """An item is cancelled for a reason and leaves the count of I-18 (model 3.3)."""
    _mark(who, roadmap_id, item_key, ItemStep.CANCEL, on, reason)


def reopen_item(who: Person, *, roadmap_id: UUID, item_key: UUID, on: date, reason: str) -> None:
    """A mark of doing or cancelling is withdrawn for a reason; the record of it stays (model 3.3)."""
    _mark(who, roadmap_id, item_key, ItemStep.REOPEN, on, reason)


def _mark(
    who: Person,
    roadmap_id: UUID,
    item_key: UUID,
    step: ItemStep,
    on: date,
    words: str | None = None,
    term: tuple[date, DuePrecision] | None = None,
) -> None:
    due = roadmaps.last_day(*term) if term else None
    with work(who) as u:
        row = owned(u, roadmap_id)
        version = row.newest
        if version is None:
            raise Refused("ROADMAP_ITEM", N_("Отмечают пункты утверждённой карты"))
        item = next((one for one in version.items if one.item_key == item_key), None)
        if item is None:
            raise NotFound(N_("пункт дорожной карты"))
        marks = [mark.seen for mark in row.marks_of(item_key)]
        roadmaps.check_mark(marks, step, on, clock.today(), version.no, words=words, due=due)
        before = roadmaps.state_on(marks, item.due_on, date.max, version.no).due
        row.marks.append(
            model.RoadmapMark(
                item_key=item_key,
                version_no=version.no,
                step=step,
                on=on,
                due_on=due,
                due_precision=term[1] if term else None,
                words=clean(words) if words else None,
                account_id=who.account_id,
            )
        )
        copies = row.draft.items if row.draft and due else []
        for copy in copies:
            if copy.item_key == item_key and copy.due_on == before and due and term:
                copy.due_on, copy.due_precision = due, term[1]
        u.journal("roadmap.item_marked", row, {"item": str(item_key), "step": step.value})
        u.announce(row)
