"""Heads of contest logs kept as an outside witness, append-only (F6).

Revision: 0011
"""

import sqlalchemy as sa
from alembic import op

from shared.db import UtcDateTime
from shared.migrate import append_only, drop_append_only

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "witnessed_head",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.Column("kid", sa.String(length=32), nullable=False),
        sa.Column("public_key", sa.String(length=44), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(length=88), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column(
            "trouble",
            sa.Enum(
                "BAD_SIGNATURE",
                "FORKED",
                "SHRUNK",
                "REWRITTEN",
                "GAP",
                name="trouble",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witnessed_head")),
    )
    op.create_index("ix_witnessed_head_edition_id_number", "witnessed_head", ["edition_id", "number"])
    op.create_index(op.f("ix_witnessed_head_trouble"), "witnessed_head", ["trouble"])
    append_only("witnessed_head")


def downgrade() -> None:
    drop_append_only("witnessed_head")
    op.drop_index(op.f("ix_witnessed_head_trouble"), "witnessed_head")
    op.drop_index("ix_witnessed_head_edition_id_number", "witnessed_head")
    op.drop_table("witnessed_head")
