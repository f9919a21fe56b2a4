"""Batches of an import and their rows, with the raw text, what was understood and what was decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import db
from services.registry.rules.importing.kinds import BatchKind, BatchState, Decision, Verdict
from shared import clock
from shared.db import Json, Row, UtcDateTime, enum_column

#: JSON, or nothing at all (and not the word «null»).
_Maybe = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
_LIVE = sa.text("state NOT IN ('UNDONE', 'FAILED', 'DISCARDED')")


class ImportBatch(Row, db.Model):
    """One sent file: checked and applied by a job, as a whole or not at all."""

    __tablename__ = "import_batch"
    __table_args__ = (
        sa.Index(
            "uq_import_batch_file", "kind", "sha256", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
        ),
        sa.CheckConstraint(
            "applied_at IS NOT NULL OR state NOT IN ('APPLIED', 'UNDOING', 'UNDONE')", name="applied"
        ),
    )

    kind: Mapped[BatchKind] = mapped_column(enum_column(BatchKind))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)
    state: Mapped[BatchState] = mapped_column(enum_column(BatchState), default=BatchState.UPLOADED)
    #: The header as it stands in the file, its fields by position, and what was not understood.
    header: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    #: Why it failed, or why it was not applied.
    note: Mapped[dict[str, Any] | None] = mapped_column(_Maybe)
    total: Mapped[int] = mapped_column(sa.Integer(), default=0)
    #: The job that is at it, or was last.
    job_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now, index=True)
    created_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class ImportRow(Row, db.Model):
    """One row of a file. What it means is proposed with a reason; where a doubt remains, a person decides."""

    __tablename__ = "import_row"
    __table_args__ = (
        sa.UniqueConstraint("batch_id", "number"),
        sa.Index("ix_import_row_verdict", "batch_id", "verdict", "number"),
        sa.CheckConstraint(
            "decided_id IS NULL OR (decision IS NOT NULL AND decision = 'MERGE')", name="decided_merge"
        ),
        sa.CheckConstraint("verdict <> 'MERGE' OR target_id IS NOT NULL", name="merge_target"),
    )

    batch_id: Mapped[UUID] = mapped_column(sa.ForeignKey("import_batch.id"))
    #: The number of the row in the file, as a spreadsheet counts.
    number: Mapped[int] = mapped_column(sa.Integer())
    raw: Mapped[list[str]] = mapped_column(Json)
    understood: Mapped[dict[str, Any]] = mapped_column(Json)
    #: Field → [as it stands in the file, as it will be kept].
    changes: Mapped[dict[str, list[str]]] = mapped_column(Json)
    #: Field → what is wrong with it.
    faults: Mapped[dict[str, Any]] = mapped_column(Json)
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    reason: Mapped[dict[str, Any] | None] = mapped_column(_Maybe)
    #: What the row is thought to mean: an organisation, or what row ``target_row`` of this file will become.
    target_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    target_row: Mapped[int | None] = mapped_column(sa.Integer())
    #: Everything the row may mean: identifier, name, row, reason, what a merge adds, what stays as it is.
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    decision: Mapped[Decision | None] = mapped_column(enum_column(Decision))
    decided_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    #: The identifier under which a new thing of this row is entered.
    result_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    #: What the application changed in a known organisation, so that it can be taken back.
    applied: Mapped[dict[str, Any] | None] = mapped_column(_Maybe)
