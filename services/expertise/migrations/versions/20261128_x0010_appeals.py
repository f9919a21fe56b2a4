"""Appeals, who heard them, what was set instead of the experts' marks (BR-59, BR-60).

Revision: x0010
"""

import sqlalchemy as sa
from alembic import op

from shared.db import DecimalText, Json, UtcDateTime
from shared.migrate import append_only, drop_append_only

revision = "x0010"
down_revision = "x0009"
branch_labels = None
depends_on = None

_DECIDED = "state IN ('UPHELD_UP', 'UPHELD_DOWN', 'UNCHANGED')"


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    states = ("FILED", "IN_REVIEW", "UPHELD_UP", "UPHELD_DOWN", "UNCHANGED", "REFUSED", "WITHDRAWN")
    op.create_table(
        "appeal",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("filed_by", sa.Uuid(), nullable=True),
        sa.Column("filed_at", UtcDateTime(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("criteria", Json, nullable=False),
        sa.Column("state", _enum("appeal_state", *states), nullable=False),
        sa.Column("refusal", _enum("appeal_refusal", "LATE", "NO_GROUNDS"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("commission_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("score_before", DecimalText(), nullable=True),
        sa.Column("score_after", DecimalText(), nullable=True),
        sa.Column("place_before", sa.Integer(), nullable=True),
        sa.Column("place_after", sa.Integer(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(state = 'REFUSED') = (refusal IS NOT NULL)", name=op.f("ck_appeal_refusal")),
        sa.CheckConstraint(
            f"({_DECIDED}) = (decided_at IS NOT NULL AND score_before IS NOT NULL AND score_after IS NOT NULL)",
            name=op.f("ck_appeal_decided"),
        ),
        sa.CheckConstraint(
            "votes_for IS NULL OR (votes_for > 0 AND votes_against >= 0 AND abstained >= 0)",
            name=op.f("ck_appeal_votes"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_appeal_entry_id")),
        sa.ForeignKeyConstraint(["commission_id"], ["council.id"], name=op.f("fk_appeal_commission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_appeal_entry_id")),
    )
    op.create_index("ix_appeal_state", "appeal", ["state"])
    op.create_table(
        "appeal_member",
        sa.Column("appeal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", _enum("council_role", "CHAIR", "SECRETARY", "MEMBER"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("presence", _enum("presence", "PRESENT", "REMOTE", "ABSENT"), nullable=False),
        sa.Column(
            "bar",
            _enum("appeal_bar", "SCORED", "SAME_ORG", "AUTHOR", "SAME_NOMINATION", "DECLARED"),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("choice", _enum("vote_choice", "FOR", "AGAINST", "ABSTAIN"), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("bar IS NULL OR choice IS NULL", name=op.f("ck_appeal_member_barred_or_votes")),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_member_appeal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_member")),
        sa.UniqueConstraint("appeal_id", "person_id", name=op.f("uq_appeal_member_appeal_id_person_id")),
    )
    op.create_index("ix_appeal_member_person_id", "appeal_member", ["person_id"])
    op.create_table(
        "appeal_correction",
        sa.Column("appeal_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("value", DecimalText(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_correction_appeal_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_appeal_correction_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_correction")),
        sa.UniqueConstraint(
            "appeal_id",
            "stage_id",
            "criterion",
            name=op.f("uq_appeal_correction_appeal_id_stage_id_criterion"),
        ),
    )
    append_only("appeal_correction")


def downgrade() -> None:
    drop_append_only("appeal_correction")
    op.drop_table("appeal_correction")
    op.drop_index("ix_appeal_member_person_id", table_name="appeal_member")
    op.drop_table("appeal_member")
    op.drop_index("ix_appeal_state", table_name="appeal")
    op.drop_table("appeal")
