"""Contests: series, editions with stages and nominations, rubrics (model 3.2)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.expertise.db import db
from services.expertise.messages import EditionChanged, NominationTold
from services.expertise.rules import rubrics, templates
from services.expertise.rules.appeals import deadline
from services.expertise.rules.policy import Policy, read_policy
from services.expertise.rules.vocabulary import (
    EXPERT_STAGES,
    ContestLevel,
    EditionState,
    EntryKind,
    OrdinalStyle,
    PlatformKind,
    StageKind,
)
from shared import clock
from shared.db import Aggregate, Json, Row, enum_column


class ContestSeries(Aggregate, db.Model):
    """A contest that is held again and again; ``code`` begins its registration numbers (BR-38)."""

    __tablename__ = "contest_series"

    name: Mapped[str] = mapped_column(sa.String(500))
    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    organiser_id: Mapped[UUID] = mapped_column(sa.Uuid())
    level: Mapped[ContestLevel] = mapped_column(enum_column(ContestLevel))
    ordinal_style: Mapped[OrdinalStyle] = mapped_column(enum_column(OrdinalStyle))
    former_names: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)


class Rubric(Aggregate, db.Model):
    """One version of a rubric. A row never changes: an amendment is a new version (BR-36)."""

    __tablename__ = "rubric"
    __table_args__ = (sa.UniqueConstraint("code", "number"), sa.CheckConstraint("number > 0", name="number"))

    code: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[int] = mapped_column(sa.Integer())
    title: Mapped[str] = mapped_column(sa.String(300))
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    scale: Mapped[dict[str, Any]] = mapped_column(Json)
    frozen_at: Mapped[datetime | None]

    @property
    def rules(self) -> rubrics.Rubric:
        """The rubric as the rules know it."""
        return rubrics.read_rubric(self.criteria, self.scale)


class EntryTemplate(Aggregate, db.Model):
    """One version of the form of an entry. A row never changes: an amendment is a new version (BR-36)."""

    __tablename__ = "entry_template"
    __table_args__ = (sa.UniqueConstraint("code", "number"), sa.CheckConstraint("number > 0", name="number"))

    code: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[int] = mapped_column(sa.Integer())
    title: Mapped[str] = mapped_column(sa.String(300))
    sections: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    checks: Mapped[list[str]] = mapped_column(Json)

    @property
    def rules(self) -> templates.Template:
        """The form as the rules know it."""
        return templates.read_template(self.sections, self.attachments, self.checks)


class ContestEdition(Aggregate, db.Model):
    """One holding of a contest: its dates, settings and where it stands."""

    __tablename__ = "contest_edition"
    __table_args__ = (
        sa.CheckConstraint("closes_on >= opens_on", name="dates"),
        sa.UniqueConstraint("series_id", "ordinal"),
        sa.Index(
            "uq_contest_edition_series_id_year",
            "series_id",
            "year",
            unique=True,
            sqlite_where=sa.text("ordinal IS NULL"),
            postgresql_where=sa.text("ordinal IS NULL"),
        ),
    )

    series_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_series.id"))
    ordinal: Mapped[int | None] = mapped_column(sa.Integer())
    year: Mapped[int] = mapped_column(sa.Integer())
    title: Mapped[str] = mapped_column(sa.String(500))
    opens_on: Mapped[date] = mapped_column(sa.Date())
    closes_on: Mapped[date] = mapped_column(sa.Date())
    state: Mapped[EditionState] = mapped_column(enum_column(EditionState), index=True)
    policy_data: Mapped[dict[str, Any]] = mapped_column("policy", Json)
    act_ref: Mapped[str | None] = mapped_column(sa.String(300))
    published_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None] = mapped_column(sa.Text())

    series: Mapped[ContestSeries] = relationship()
    stages: Mapped[list["Stage"]] = relationship(
        order_by="Stage.position", back_populates="edition", cascade="all, delete-orphan"
    )
    nominations: Mapped[list["Nomination"]] = relationship(
        order_by="Nomination.code", back_populates="edition", cascade="all, delete-orphan"
    )

    @property
    def policy(self) -> Policy:
        """The scoring policy as the rules know it."""
        return read_policy(self.policy_data)

    @property
    def hides_applicants(self) -> bool:
        """Whether experts may not know whose the works are: until the results of a blind edition (F18)."""
        return self.policy.blind and self.published_at is None

    def stage(self, kind: StageKind) -> "Stage | None":
        """The stage of this kind, if the edition has it."""
        return next((stage for stage in self.stages if stage.kind is kind), None)

    @property
    def appeals_until(self) -> datetime | None:
        """The last minute in which an appeal is taken; None before the publication (BR-59)."""
        if self.published_at is None:
            return None
        return deadline(clock.local(self.published_at), self.policy.appeal_days)

    @property
    def expert_stages(self) -> list["Stage"]:
        """The stages in which experts score, in their order."""
        return [stage for stage in self.stages if stage.kind in EXPERT_STAGES]

    def rules_told(self) -> dict[str, Any]:
        """The rules of the edition for its log: policy, stages, nominations with their rubrics (F6)."""
        return {
            "policy": self.policy.as_data(),
            "stages": [
                {
                    "id": str(stage.id),
                    "kind": stage.kind.value,
                    "weight": f"{stage.weight.normalize():f}",
                    "min_experts": stage.min_experts,
                    "closes_at": stage.closes_at.astimezone(UTC).isoformat(),
                }
                for stage in self.stages
            ],
            "nominations": [
                {"id": str(one.id), "code": one.code, "rubric": str(one.rubric.id), "quota": one.quota}
                for one in self.nominations
            ],
        }

    def told(self) -> EditionChanged:
        """The state message of the edition."""
        return EditionChanged(
            edition_id=self.id,
            series_name=self.series.name,
            ordinal=self.ordinal,
            year=self.year,
            title=self.title,
            state=self.state,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            nominations=[
                NominationTold(nomination_id=n.id, code=n.code, title=n.title, entry_kind=n.entry_kind)
                for n in self.nominations
            ],
        )


class EditionRules(Row, db.Model):
    """What an edition is held by, from a moment on: frozen content with its hash. Never changed (triggers).

    Number 1 is frozen at the opening of the reception; the next ones are amendments, each with its act (BR-36).
    """

    __tablename__ = "edition_rules"
    __table_args__ = (
        sa.UniqueConstraint("edition_id", "number"),
        sa.CheckConstraint("number > 0", name="number"),
        sa.CheckConstraint("number = 1 OR (act_ref IS NOT NULL AND reason IS NOT NULL)", name="act_of_amendment"),
    )

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"))
    number: Mapped[int] = mapped_column(sa.Integer())
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    changed: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    act_ref: Mapped[str | None] = mapped_column(sa.String(300))
    reason: Mapped[str | None] = mapped_column(sa.Text())
    at: Mapped[datetime]
    by: Mapped[UUID | None] = mapped_column(sa.Uuid())


class Stage(Row, db.Model):
    """A stage of an edition; weight and number of experts matter for expert stages only (BR-40, BR-50)."""

    __tablename__ = "stage"
    __table_args__ = (
        sa.UniqueConstraint("edition_id", "kind"),
        sa.CheckConstraint("closes_at > opens_at", name="dates"),
        sa.CheckConstraint("min_experts >= 2", name="min_experts"),
    )

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"))
    position: Mapped[int] = mapped_column(sa.Integer())
    kind: Mapped[StageKind] = mapped_column(enum_column(StageKind))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    weight: Mapped[Decimal]
    min_experts: Mapped[int] = mapped_column(sa.Integer())

    edition: Mapped[ContestEdition] = relationship(back_populates="stages")


class Nomination(Row, db.Model):
    """A nomination of an edition; ``last_number`` counts its registration numbers without gaps (BR-38)."""

    __tablename__ = "nomination"
    __table_args__ = (
        sa.UniqueConstraint("edition_id", "code"),
        sa.CheckConstraint("quota > 0", name="quota"),
        sa.CheckConstraint("last_number >= 0", name="last_number"),
    )

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"))
    code: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[str] = mapped_column(sa.String(300))
    entry_kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    rubric_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rubric.id"))
    platform_kind: Mapped[PlatformKind | None] = mapped_column(enum_column(PlatformKind))
    quota: Mapped[int | None] = mapped_column(sa.Integer())
    act_ref: Mapped[str | None] = mapped_column(sa.String(300))
    applicants: Mapped[list[str]] = mapped_column(Json, default=list)
    last_number: Mapped[int] = mapped_column(sa.Integer(), default=0)
    template_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("entry_template.id"))

    edition: Mapped[ContestEdition] = relationship(back_populates="nominations")
    rubric: Mapped[Rubric] = relationship()
    template: Mapped[EntryTemplate | None] = relationship()
