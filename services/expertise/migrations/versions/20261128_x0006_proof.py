"""Signed heads of logs, the keys that sign them, what opens the sheets (F6).

Revision: x0006
"""

import sqlalchemy as sa
from alembic import op

from shared.db import UtcDateTime
from shared.migrate import append_only, drop_append_only

revision = "x0006"
down_revision = "x0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet_seal",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=True),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["score_sheet.id"], name=op.f("fk_sheet_seal_sheet_id")),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_sheet_seal")),
    )
    op.create_table(
        "log_key",
        sa.Column("kid", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("public", sa.String(length=44), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_log_key_kid")),
    )
    op.create_table(
        "tree_head",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kid", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(length=88), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0 AND size > 0", name=op.f("ck_tree_head_positive")),
        sa.ForeignKeyConstraint(["edition_id"], ["contest_edition.id"], name=op.f("fk_tree_head_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tree_head")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_tree_head_edition_id_number")),
    )
    append_only("tree_head")


def downgrade() -> None:
    drop_append_only("tree_head")
    op.drop_table("tree_head")
    op.drop_table("log_key")
    op.drop_table("sheet_seal")
