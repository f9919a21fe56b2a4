"""Printed papers and their numbers (GeneratedDocument of model 3.2)."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import db
from services.registry.rules.papers import PaperKind
from shared.db import enum_column
from shared.papers import PaperCountMixin, PaperMixin


class Paper(PaperMixin, db.Model):
    """A paper of the registry (BR-67)."""

    __tablename__ = "paper"

    kind: Mapped[PaperKind] = mapped_column(enum_column(PaperKind))
    #: Whose personal data the paper carries.
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)


class PaperCount(PaperCountMixin, db.Model):
    """How many papers of a kind a year has seen."""

    __tablename__ = "paper_count"

    kind: Mapped[PaperKind] = mapped_column(enum_column(PaperKind), primary_key=True)
