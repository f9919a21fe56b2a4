"""Frozen rules of editions, names of series, conditions of nominations, conclusions of sheets (BR-36, BR-45).

Revision: x0008
"""

import sqlalchemy as sa
from alembic import op

from shared.db import DecimalText, Json, UtcDateTime
from shared.migrate import append_only, drop_append_only

revision = "x0008"
down_revision = "x0006"
branch_labels = None
depends_on = None

RECOMMENDATION = sa.Enum(
    "RECOMMEND",
    "AFTER_REVISION",
    "NOT_RECOMMEND",
    name="recommendation",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    op.create_table(
        "edition_rules",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("changed", Json, nullable=False),
        sa.Column("act_ref", sa.String(length=300), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_edition_rules_number")),
        sa.CheckConstraint(
            "number = 1 OR (act_ref IS NOT NULL AND reason IS NOT NULL)",
            name=op.f("ck_edition_rules_act_of_amendment"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["contest_edition.id"], name=op.f("fk_edition_rules_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_rules")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_edition_rules_edition_id_number")),
    )
    append_only("edition_rules")
    with op.batch_alter_table("contest_series") as batch_op:
        batch_op.add_column(sa.Column("former_names", Json, nullable=False, server_default="[]"))
    with op.batch_alter_table("contest_series") as batch_op:
        batch_op.alter_column("former_names", server_default=None)
    with op.batch_alter_table("nomination") as batch_op:
        batch_op.add_column(sa.Column("act_ref", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("applicants", Json, nullable=False, server_default="[]"))
    with op.batch_alter_table("nomination") as batch_op:
        batch_op.alter_column("applicants", server_default=None)
    with op.batch_alter_table("score_sheet") as batch_op:
        batch_op.add_column(sa.Column("remarks", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("recommendation", RECOMMENDATION, nullable=True))
        batch_op.add_column(sa.Column("typed", Json, nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("draft_by", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("priority", DecimalText(), nullable=True))
    with op.batch_alter_table("score_sheet") as batch_op:
        batch_op.alter_column("remarks", server_default=None)
        batch_op.alter_column("typed", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("score_sheet") as batch_op:
        batch_op.drop_constraint(op.f("ck_score_sheet_recommendation"), type_="check")
        batch_op.drop_column("priority")
        batch_op.drop_column("draft_by")
        batch_op.drop_column("typed")
        batch_op.drop_column("recommendation")
        batch_op.drop_column("remarks")
    with op.batch_alter_table("nomination") as batch_op:
        batch_op.drop_column("applicants")
        batch_op.drop_column("act_ref")
    with op.batch_alter_table("contest_series") as batch_op:
        batch_op.drop_column("former_names")
    drop_append_only("edition_rules")
    op.drop_table("edition_rules")
