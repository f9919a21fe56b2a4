"""Printed papers of expertise and their numbers (GeneratedDocument of model 3.2)."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.expertise.db import db
from services.expertise.rules.papers import PaperKind
from shared.db import enum_column
from shared.papers import PaperCountMixin, PaperMixin


class Paper(PaperMixin, db.Model):
    """A paper of expertise (BR-67); it belongs to an edition."""

    __tablename__ = "paper"

    kind: Mapped[PaperKind] = mapped_column(enum_column(PaperKind))
    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"), index=True)


class PaperCount(PaperCountMixin, db.Model):
    """How many papers of a kind a year has seen."""

    __tablename__ = "paper_count"

    kind: Mapped[PaperKind] = mapped_column(enum_column(PaperKind), primary_key=True)
