"""Projects of the network: tasks, products, target groups, priority directions (S-001…S-004, S-041…S-050)."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.model.act import Act
from services.registry.model.organisation import Organisation
from services.registry.rules.project_kinds import ProductKind, ProjectLevel
from shared.db import Aggregate, Json, Row, enum_column

_targets = db.Table(
    "project_target",
    sa.Column("project_id", sa.Uuid(), sa.ForeignKey("network_project.id"), primary_key=True),
    sa.Column("organisation_id", sa.Uuid(), sa.ForeignKey("organisation.id"), primary_key=True),
)
_directions = db.Table(
    "project_direction",
    sa.Column("project_id", sa.Uuid(), sa.ForeignKey("network_project.id"), primary_key=True),
    sa.Column("direction_id", sa.Uuid(), sa.ForeignKey("priority_direction.id"), primary_key=True),
)
_acts = db.Table(
    "project_act",
    sa.Column("project_id", sa.Uuid(), sa.ForeignKey("network_project.id"), primary_key=True),
    sa.Column("act_id", sa.Uuid(), sa.ForeignKey("act.id"), primary_key=True),
)


class PriorityDirection(Row, db.Model):
    """A priority direction, an entry of a dictionary (S-102)."""

    __tablename__ = "priority_direction"

    name: Mapped[str] = mapped_column(sa.String(300))
    name_key: Mapped[str] = mapped_column(sa.String(300), unique=True)


class NetworkProject(Aggregate, db.Model):
    """A project of the network (S-001)."""

    __tablename__ = "network_project"
    __table_args__ = (
        sa.UniqueConstraint("owner_id", "name_key"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on > starts_on", name="period"),
    )

    name: Mapped[str] = mapped_column(sa.String(500))
    name_key: Mapped[str] = mapped_column(sa.String(500))
    level: Mapped[ProjectLevel] = mapped_column(enum_column(ProjectLevel))
    owner_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    goal: Mapped[str | None] = mapped_column(sa.String(2000))
    starts_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    ends_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    #: Target groups that are no organisations of the registry.
    target_words: Mapped[list[str]] = mapped_column(Json)

    owner: Mapped[Organisation] = relationship()
    tasks: Mapped[list["ProjectTask"]] = relationship(order_by="ProjectTask.no", cascade="all, delete-orphan")
    products: Mapped[list["ProjectProduct"]] = relationship(
        order_by="ProjectProduct.id", cascade="all, delete-orphan"
    )
    targets: Mapped[list[Organisation]] = relationship(secondary=_targets, order_by=Organisation.search_key)
    directions: Mapped[list[PriorityDirection]] = relationship(
        secondary=_directions, order_by=PriorityDirection.name_key
    )
    acts: Mapped[list[Act]] = relationship(secondary=_acts, order_by=Act.date)


class ProjectTask(Row, db.Model):
    """A numbered task of a project (S-041…S-046)."""

    __tablename__ = "project_task"
    __table_args__ = (sa.UniqueConstraint("project_id", "no"),)

    project_id: Mapped[UUID] = mapped_column(sa.ForeignKey("network_project.id"))
    no: Mapped[int] = mapped_column(sa.SmallInteger())
    title: Mapped[str] = mapped_column(sa.String(1000))


class ProjectProduct(Row, db.Model):
    """What a project leaves behind (S-002, S-049)."""

    __tablename__ = "project_product"

    project_id: Mapped[UUID] = mapped_column(sa.ForeignKey("network_project.id"), index=True)
    kind: Mapped[ProductKind] = mapped_column(enum_column(ProductKind))
    title: Mapped[str] = mapped_column(sa.String(500))
    note: Mapped[str | None] = mapped_column(sa.String(1000))
