"""Marks of sheets are told when their stage is closed and are kept apart (I-13).

Revision: r0003
"""

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None

DECIMAL = sa.Numeric(12, 4).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sheet_mark",
        sa.Column("percent", DECIMAL, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_mark")),
    )
    op.execute("INSERT INTO sheet_mark (id, source_version, percent) SELECT id, source_version, percent FROM sheet")
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_column("percent")


def downgrade() -> None:
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("percent", DECIMAL, nullable=True))
    op.execute(
        "UPDATE sheet SET percent = coalesce("
        "(SELECT percent FROM sheet_mark WHERE sheet_mark.id = sheet.id), (SELECT 0))"
    )
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.alter_column("percent", existing_type=DECIMAL, nullable=False)
    op.drop_table("sheet_mark")
