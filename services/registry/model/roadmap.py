"""Roadmaps: versions with their items, and the marks of progress (S-053, D-11)."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import RoadmapChanged, RoadmapItemTold
from services.registry.model.act import Act
from services.registry.model.agreement import Agreement
from services.registry.model.organisation import Organisation
from services.registry.model.project import NetworkProject
from services.registry.rules import roadmaps
from services.registry.rules.project_kinds import DuePrecision, ItemStep, Section, VersionState
from shared import clock, ids
from shared.db import Aggregate, Row, UtcDateTime, enum_column

_DRAFT = sa.text("state = 'DRAFT'")


class Roadmap(Aggregate, db.Model):
    """A roadmap of a project or of a municipality (S-053, BR-18)."""

    __tablename__ = "roadmap"
    __table_args__ = (
        sa.CheckConstraint("(project_id IS NULL) <> (municipality_oktmo IS NULL)", name="one_owner"),
    )

    title: Mapped[str] = mapped_column(sa.String(500))
    project_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("network_project.id"), index=True)
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.ForeignKey("municipality.oktmo"), index=True)

    project: Mapped[NetworkProject | None] = relationship()
    versions: Mapped[list["RoadmapVersion"]] = relationship(
        order_by="RoadmapVersion.no", cascade="all, delete-orphan"
    )
    marks: Mapped[list["RoadmapMark"]] = relationship(
        order_by="RoadmapMark.on, RoadmapMark.id", cascade="all, delete-orphan"
    )

    @property
    def draft(self) -> "RoadmapVersion | None":
        """The version that is being composed."""
        return next((one for one in self.versions if one.state is VersionState.DRAFT), None)

    @property
    def newest(self) -> "RoadmapVersion | None":
        """The newest approved version."""
        return self.version_on(dt.date.max)

    def version_on(self, day: dt.date) -> "RoadmapVersion | None":
        """The version in force on a day: the last one approved by then."""
        known = [one for one in self.versions if one.approved_on and one.approved_on <= day]
        return known[-1] if known else None

    def marks_of(self, item_key: UUID) -> list["RoadmapMark"]:
        """The marks of one item in their order."""
        return [mark for mark in self.marks if mark.item_key == item_key]

    def standing(self, item: "RoadmapItem", version_no: int, day: dt.date) -> roadmaps.Standing:
        """What an item of a version is on a day (model 3.3)."""
        marks = [mark.seen for mark in self.marks_of(item.item_key)]
        return roadmaps.state_on(marks, item.due_on, day, version_no)

    def told(self) -> RoadmapChanged:
        """The state message: the newest approved version with what its marks say."""
        version = self.newest
        told = []
        for number, item in version.numbered if version else []:
            marks = [mark.seen for mark in self.marks_of(item.item_key)]
            assert version is not None
            standing = roadmaps.state_on(marks, item.due_on, dt.date.max, version.no)
            told.append(
                RoadmapItemTold(
                    item_id=item.item_key,
                    no=number,
                    section=item.section,
                    title=item.title,
                    due_on=standing.due,
                    state=roadmaps.stored_state(marks, version.no),
                    done_on=standing.done_on,
                    cancelled_on=standing.cancelled_on,
                )
            )
        return RoadmapChanged(
            roadmap_id=self.id,
            title=self.title,
            project_id=self.project_id,
            project_name=self.project.name if self.project else None,
            municipality_oktmo=self.municipality_oktmo,
            version_no=version.no if version else None,
            approved_on=version.approved_on if version else None,
            items=told,
        )


class RoadmapVersion(Row, db.Model):
    """A version of a roadmap; once approved it is never edited (D-11)."""

    __tablename__ = "roadmap_version"
    __table_args__ = (
        sa.UniqueConstraint("roadmap_id", "no"),
        sa.Index(
            "uq_roadmap_version_draft",
            "roadmap_id",
            unique=True,
            sqlite_where=_DRAFT,
            postgresql_where=_DRAFT,
        ),
        sa.CheckConstraint(
            "(state = 'APPROVED') = (approved_on IS NOT NULL AND approved_by IS NOT NULL)", name="approval"
        ),
        sa.CheckConstraint("state = 'DRAFT' OR (act_id IS NULL) <> (agreement_id IS NULL)", name="one_basis"),
    )

    roadmap_id: Mapped[UUID] = mapped_column(sa.ForeignKey("roadmap.id"))
    no: Mapped[int] = mapped_column(sa.SmallInteger())
    state: Mapped[VersionState] = mapped_column(enum_column(VersionState), default=VersionState.DRAFT)
    approved_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    #: Who approved it, position and name, as the paper prints it.
    approved_by: Mapped[str | None] = mapped_column(sa.String(300))
    act_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"))
    agreement_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("agreement.id"))
    recorded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime())
    recorded_by: Mapped[UUID | None] = mapped_column(sa.Uuid())

    act: Mapped[Act | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()
    items: Mapped[list["RoadmapItem"]] = relationship(
        back_populates="version", order_by="RoadmapItem.position", cascade="all, delete-orphan"
    )

    @property
    def ordered(self) -> list["RoadmapItem"]:
        """Items as the paper prints them: by section, then as they were entered (D-11)."""
        order = list(Section)
        return sorted(self.items, key=lambda item: (order.index(item.section), item.position))

    @property
    def numbered(self) -> list[tuple[str, "RoadmapItem"]]:
        """The same with their numbers."""
        return list(zip(roadmaps.numbers(i.section for i in self.ordered), self.ordered, strict=True))


class RoadmapItem(Row, db.Model):
    """An item of one version; ``item_key`` is the same in all versions that have it."""

    __tablename__ = "roadmap_item"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "item_key"),
        sa.UniqueConstraint("version_id", "position"),
        sa.CheckConstraint("responsible_id IS NOT NULL OR responsible_words IS NOT NULL", name="responsible"),
    )

    version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("roadmap_version.id"))
    item_key: Mapped[UUID] = mapped_column(sa.Uuid(), default=ids.new_id)
    position: Mapped[int] = mapped_column(sa.SmallInteger())
    section: Mapped[Section] = mapped_column(enum_column(Section))
    title: Mapped[str] = mapped_column(sa.String(1000))
    #: The last day of the term.
    due_on: Mapped[dt.date] = mapped_column(sa.Date())
    due_precision: Mapped[DuePrecision] = mapped_column(enum_column(DuePrecision))
    responsible_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    responsible_words: Mapped[str | None] = mapped_column(sa.String(300))
    result: Mapped[str | None] = mapped_column(sa.String(1000))

    responsible_org: Mapped[Organisation | None] = relationship()
    version: Mapped[RoadmapVersion] = relationship(back_populates="items")

    @property
    def responsible(self) -> str:
        """Who answers for the item: an organisation, words, or both."""
        named = [self.responsible_org.short_name if self.responsible_org else None, self.responsible_words]
        return ", ".join(name for name in named if name)

    @property
    def line(self) -> roadmaps.Line:
        """What the item says, for comparison."""
        return roadmaps.Line(
            self.section, self.title, self.due_on, self.due_precision, self.responsible, self.result or ""
        )


class RoadmapMark(Row, db.Model):
    """A mark of progress on an item; never changed (model 3.3)."""

    __tablename__ = "roadmap_mark"
    __table_args__ = (
        sa.Index("ix_roadmap_mark_item", "roadmap_id", "item_key"),
        sa.CheckConstraint(
            "(step = 'MOVE') = (due_on IS NOT NULL AND due_precision IS NOT NULL)", name="new_due"
        ),
        sa.CheckConstraint("step = 'START' OR words IS NOT NULL", name="words"),
    )

    roadmap_id: Mapped[UUID] = mapped_column(sa.ForeignKey("roadmap.id"))
    item_key: Mapped[UUID] = mapped_column(sa.Uuid())
    #: The version in force when the mark was made.
    version_no: Mapped[int] = mapped_column(sa.SmallInteger())
    step: Mapped[ItemStep] = mapped_column(enum_column(ItemStep))
    on: Mapped[dt.date] = mapped_column(sa.Date())
    due_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    due_precision: Mapped[DuePrecision | None] = mapped_column(enum_column(DuePrecision))
    #: The evidence of what is done, the reason of what is moved, cancelled or withdrawn.
    words: Mapped[str | None] = mapped_column(sa.String(1000))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime(), default=clock.now)
    account_id: Mapped[UUID | None] = mapped_column(sa.Uuid())

    @property
    def seen(self) -> roadmaps.Mark:
        """The mark as the rules see it."""
        return roadmaps.Mark(self.step, self.on, self.version_no, self.due_on)
