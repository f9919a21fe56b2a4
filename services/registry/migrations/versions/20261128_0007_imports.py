"""Imports of tables and the jobs that check and apply them.

Revision: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from shared.db import Json, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_Maybe = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("state", _codes("job_state", "WAITING", "RUNNING", "DONE", "FAILED"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(lease_until IS NOT NULL) = (state = 'RUNNING')", name=op.f("ck_job_lease")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_unfinished",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("state IN ('WAITING', 'RUNNING')"),
            sqlite_where=sa.text("state IN ('WAITING', 'RUNNING')"),
        )

    states = (
        "UPLOADED", "CHECKING", "READY", "APPLYING", "APPLIED", "UNDOING", "UNDONE", "FAILED", "DISCARDED",
    )  # fmt: skip
    op.create_table(
        "import_batch",
        sa.Column("kind", _codes("batch_kind", "ORGANISATIONS", "PLATFORMS"), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", _codes("batch_state", *states), nullable=False),
        sa.Column("header", Json, nullable=False),
        sa.Column("note", _Maybe, nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("applied_at", UtcDateTime(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "applied_at IS NOT NULL OR state NOT IN ('APPLIED', 'UNDOING', 'UNDONE')",
            name=op.f("ck_import_batch_applied"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_batch_created_at"), ["created_at"], unique=False)
        batch_op.create_index(
            "uq_import_batch_file",
            ["kind", "sha256"],
            unique=True,
            postgresql_where=sa.text("state NOT IN ('UNDONE', 'FAILED', 'DISCARDED')"),
            sqlite_where=sa.text("state NOT IN ('UNDONE', 'FAILED', 'DISCARDED')"),
        )

    op.create_table(
        "import_row",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("raw", Json, nullable=False),
        sa.Column("understood", Json, nullable=False),
        sa.Column("changes", Json, nullable=False),
        sa.Column("faults", Json, nullable=False),
        sa.Column("verdict", _codes("verdict", "NEW", "MERGE", "SAME", "UNDECIDED", "ERROR"), nullable=False),
        sa.Column("reason", _Maybe, nullable=True),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("target_row", sa.Integer(), nullable=True),
        sa.Column("candidates", Json, nullable=False),
        sa.Column("decision", _codes("decision", "NEW", "MERGE", "SKIP"), nullable=True),
        sa.Column("decided_id", sa.Uuid(), nullable=True),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("applied", _Maybe, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "decided_id IS NULL OR (decision IS NOT NULL AND decision = 'MERGE')",
            name=op.f("ck_import_row_decided_merge"),
        ),
        sa.CheckConstraint(
            "verdict <> 'MERGE' OR target_id IS NOT NULL", name=op.f("ck_import_row_merge_target")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_import_row_batch_id_number")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_row_result_id"), ["result_id"], unique=False)
        batch_op.create_index("ix_import_row_verdict", ["batch_id", "verdict", "number"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index("ix_import_row_verdict")
        batch_op.drop_index(batch_op.f("ix_import_row_result_id"))

    op.drop_table("import_row")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index("uq_import_batch_file")
        batch_op.drop_index(batch_op.f("ix_import_batch_created_at"))

    op.drop_table("import_batch")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_unfinished")

    op.drop_table("job")
