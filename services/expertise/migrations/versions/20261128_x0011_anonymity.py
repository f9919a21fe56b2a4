"""Codes of the works of blind editions and what was decided about telling words (F18).

Revision: x0011
"""

import sqlalchemy as sa
from alembic import op

from shared.db import Json, UtcDateTime

revision = "x0011"
down_revision = "x0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blind_work",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("seen", sa.String(length=64), nullable=True),
        sa.Column("findings", Json, nullable=False),
        sa.Column("waived", Json, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("looked_at", UtcDateTime(), nullable=True),
        sa.Column("looked_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["contest_edition.id"], name=op.f("fk_blind_work_edition_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_blind_work_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blind_work")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_blind_work_edition_id_code")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_blind_work_entry_id")),
    )


def downgrade() -> None:
    op.drop_table("blind_work")
