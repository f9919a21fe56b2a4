"""Works of blind editions: their codes and what the secretary decided about telling words (F18)."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.expertise.db import db
from shared.db import Json, Row


class BlindWork(Row, db.Model):
    """An entry as experts of a blind edition know it: a code drawn by lot, the words that are not masked.

    The code is random, so that neither the registration number nor the order of filing leads to it. ``seen`` is the
    fingerprint of what the secretary looked at: after any change the work is looked at again, and waivers lapse.
    """

    __tablename__ = "blind_work"
    __table_args__ = (sa.UniqueConstraint("edition_id", "code"),)

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entry.id"), unique=True)
    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_edition.id"))
    code: Mapped[str] = mapped_column(sa.String(12))
    seen: Mapped[str | None] = mapped_column(sa.String(64))
    findings: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    waived: Mapped[list[str]] = mapped_column(Json, default=list)
    reason: Mapped[str | None] = mapped_column(sa.Text())
    looked_at: Mapped[datetime | None]
    looked_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
