"""Roadmaps: the list with I-18, the card on a day, versions compared (S-053, D-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from services.registry import access, model
from services.registry.queries.authors import author_names
from services.registry.queries.papers import papers_of
from services.registry.rules import roadmaps as rules
from services.registry.rules.papers import PaperKind
from services.registry.rules.project_kinds import DuePrecision, ItemStep, VersionState
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


@dataclass(frozen=True)
class ItemRow:
    """An item of a version with its number and what it is on the day asked."""

    no: str
    item: model.RoadmapItem
    standing: rules.Standing
    #: How exactly the present due date is known: a move may have changed it.
    due_precision: DuePrecision


@dataclass(frozen=True)
class RoadmapCard:
    """A roadmap in one of its versions, on a day."""

    roadmap: model.Roadmap
    on: date
    #: Nothing when no version was approved by that day.
    version: model.RoadmapVersion | None
    #: Versions this person may see, the newest first.
    versions: list[model.RoadmapVersion]
    items: list[ItemRow]
    progress: rules.Progress
    marks: list[model.RoadmapMark]
    authors: dict[UUID, str]
    #: Papers that were issued of this version.
    papers: list[model.Paper]
    may_edit: bool
    may_approve: bool
    #: Whether marks are made here: the version shown is the one in force today.
    may_mark: bool

    def steps(self, row: ItemRow) -> list[ItemStep]:
        """What may be marked on an item today."""
        assert self.version is not None
        marks = [mark.seen for mark in self.roadmap.marks_of(row.item.item_key)]
        return rules.steps_from(rules.stored_state(marks, self.version.no))

    def marks_of(self, row: ItemRow) -> list[model.RoadmapMark]:
        """The marks of an item, the newest first."""
        return [mark for mark in reversed(self.marks) if mark.item_key == row.item.item_key]


@dataclass(frozen=True)
class RoadmapRow:
    """A roadmap in a list: its newest approved version and I-18 today."""

    roadmap: model.Roadmap
    newest: model.RoadmapVersion | None
    #: A draft, for those who may see it.
    draft: model.RoadmapVersion | None
    progress: rules.Progress


def roadmaps(who: Person, *, on: date | None = None) -> list[RoadmapRow]:
    """Roadmaps of the network: those of projects first; drafts are seen by those who compose them."""
    access.require(access.may_read_projects(who))
    day = on or clock.today()
    rows = []
    for one in load_roadmaps():
        edits = access.may_draft_roadmap(who, one.municipality_oktmo)
        version = one.version_on(day)
        if version is not None or edits:
            found = rules.progress((row.standing for row in item_rows(one, version, day)), day)
            rows.append(RoadmapRow(one, version, one.draft if edits else None, found))
    return rows


def load_roadmaps(*conditions: sa.ColumnElement[bool]) -> Iterable[model.Roadmap]:
    """Roadmaps with everything that their states follow from, in as many queries as there are tables."""
    table = model.Roadmap
    versions = selectinload(table.versions)
    return read().scalars(
        sa.select(table)
        .where(*conditions)
        .options(
            joinedload(table.project),
            versions.selectinload(model.RoadmapVersion.items).joinedload(model.RoadmapItem.responsible_org),
            selectinload(table.marks),
        )
        .order_by(table.municipality_oktmo.is_not(None), table.municipality_oktmo, table.created_at, table.id)
    )


def roadmap(
    who: Person, roadmap_id: UUID, *, on: date | None = None, version: int | None = None
) -> RoadmapCard:
    """The card of a roadmap on a day: the version in force then, or the version asked."""
    row = _readable(who, roadmap_id)
    today = clock.today()
    edits = access.may_draft_roadmap(who, row.municipality_oktmo)
    seen = [one for one in row.versions if edits or one.state is VersionState.APPROVED]
    day = on or today
    shown = row.version_on(day)
    if version is not None:
        shown = next((one for one in seen if one.no == version), None)
        if shown is None:
            raise NotFound(N_("версия дорожной карты"))
    elif shown is None and edits and on is None:
        shown = row.draft
    items = item_rows(row, shown, day)
    marks = [mark for mark in row.marks if mark.on <= day]
    return RoadmapCard(
        roadmap=row,
        on=day,
        version=shown,
        versions=seen[::-1],
        items=items,
        progress=rules.progress((one.standing for one in items), day),
        marks=marks,
        authors=author_names(mark.account_id for mark in marks),
        papers=papers_of(who, shown.id, PaperKind.D11_ROADMAP) if shown else [],
        may_edit=edits,
        may_approve=access.may_operate(who),
        may_mark=edits and on is None and shown is not None and shown is row.newest,
    )


@dataclass(frozen=True)
class ChangedItem:
    """An item that differs from the previous version, and the parts that differ."""

    old: model.RoadmapItem
    new: model.RoadmapItem
    parts: list[str]


@dataclass(frozen=True)
class VersionComparison:
    """A version against the previous one."""

    roadmap: model.Roadmap
    version: model.RoadmapVersion
    previous: model.RoadmapVersion | None
    added: list[model.RoadmapItem]
    removed: list[model.RoadmapItem]
    changed: list[ChangedItem]


def compare_versions(who: Person, roadmap_id: UUID, version: int) -> VersionComparison:
    """What a version adds, removes and changes against the previous one (S-053)."""
    card = roadmap(who, roadmap_id, version=version)
    assert card.version is not None
    previous = next((one for one in card.versions if one.no < version), None)
    old = {item.item_key: item for item in previous.ordered} if previous else {}
    new = {item.item_key: item for item in card.version.ordered}
    found = rules.compare(
        {key: item.line for key, item in old.items()}, {key: item.line for key, item in new.items()}
    )
    return VersionComparison(
        roadmap=card.roadmap,
        version=card.version,
        previous=previous,
        added=[new[key] for key in found.added],
        removed=[old[key] for key in found.removed],
        changed=[ChangedItem(old[key], new[key], parts) for key, parts in found.changed.items()],
    )


def item_rows(one: model.Roadmap, version: model.RoadmapVersion | None, day: date) -> list[ItemRow]:
    """The items of a version with their numbers and states on a day."""
    rows = []
    for number, item in version.numbered if version else []:
        moves = [
            mark
            for mark in one.marks_of(item.item_key)
            if version is not None and mark.due_precision and mark.on <= day and mark.version_no == version.no
        ]
        precision = moves[-1].due_precision if moves else None
        assert version is not None
        rows.append(
            ItemRow(number, item, one.standing(item, version.no, day), precision or item.due_precision)
        )
    return rows


def item_choices() -> list[tuple[str, str]]:
    """Items of the roadmaps in force, for a form's list: value and text."""
    found = []
    for one in load_roadmaps():
        version = one.newest
        found += [
            (str(item.id), f"{no}. {item.title[:120]}") for no, item in (version.numbered if version else [])
        ]
    return found


def _readable(who: Person, roadmap_id: UUID) -> model.Roadmap:
    access.require(access.may_read_projects(who))
    row = next(iter(load_roadmaps(model.Roadmap.id == roadmap_id)), None)
    if row is None or (row.newest is None and not access.may_draft_roadmap(who, row.municipality_oktmo)):
        raise NotFound(N_("дорожная карта"))
    return row
