"""Plans of assignments, conflicts of interest with ties and waivers, where people worked before (F1, F17).

Revision: x0004
"""

import sqlalchemy as sa
from alembic import op

from shared.db import Json, UtcDateTime

revision = "x0004"
down_revision = "x0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employment",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("first_seen", sa.Date(), nullable=False),
        sa.Column("last_seen", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
    )
    with op.batch_alter_table("employment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_employment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_relation",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "SAME_ORG",
                "AUTHOR",
                "SAME_NOMINATION",
                "RECUSED",
                "DECLARED",
                "FORMER_ORG",
                "CO_AUTHOR",
                "MENTOR",
                "RELATIVE",
                "JOINT_PROJECT",
                "RECIPROCAL",
                "SAME_MUNICIPALITY",
                "MUNICIPALITY_CAP",
                name="conflict_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('MENTOR', 'RELATIVE', 'JOINT_PROJECT')", name=op.f("ck_person_relation_tie")
        ),
        sa.CheckConstraint(
            "(other_person_id IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_person_relation_one_side")
        ),
        sa.CheckConstraint("person_id <> other_person_id", name=op.f("ck_person_relation_two_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_relation")),
    )
    with op.batch_alter_table("person_relation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_relation_other_person_id"), ["other_person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_relation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "conflict_of_interest",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["contest_edition.id"], name=op.f("fk_conflict_of_interest_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["expert_profile.id"], name=op.f("fk_conflict_of_interest_expert_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_of_interest")),
        sa.UniqueConstraint(
            "edition_id",
            "expert_id",
            "organisation_id",
            name=op.f("uq_conflict_of_interest_edition_id_expert_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("conflict_of_interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_of_interest_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conflict_of_interest_expert_id"), ["expert_id"], unique=False)

    op.create_table(
        "assignment_plan",
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "WAITING",
                "READY",
                "IMPOSSIBLE",
                "APPLIED",
                "STALE",
                "FAILED",
                name="plan_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("options", Json, nullable=False),
        sa.Column("inputs", sa.String(length=64), nullable=False),
        sa.Column("result", Json, nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'APPLIED') = (applied_at IS NOT NULL)", name=op.f("ck_assignment_plan_applied_at")
        ),
        sa.CheckConstraint(
            "state NOT IN ('READY', 'IMPOSSIBLE', 'APPLIED') OR inputs <> ''",
            name=op.f("ck_assignment_plan_inputs"),
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_assignment_plan_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_plan")),
    )
    with op.batch_alter_table("assignment_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_plan_stage_id"), ["stage_id"], unique=False)

    op.create_table(
        "conflict_waiver",
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "SAME_ORG",
                "AUTHOR",
                "SAME_NOMINATION",
                "RECUSED",
                "DECLARED",
                "FORMER_ORG",
                "CO_AUTHOR",
                "MENTOR",
                "RELATIVE",
                "JOINT_PROJECT",
                "RECIPROCAL",
                "SAME_MUNICIPALITY",
                "MUNICIPALITY_CAP",
                name="conflict_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("act_ref", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("waived_at", UtcDateTime(), nullable=False),
        sa.Column("waived_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind NOT IN ('SAME_ORG', 'AUTHOR', 'RECUSED')", name=op.f("ck_conflict_waiver_may_be_waived")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_conflict_waiver_entry_id")),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["expert_profile.id"], name=op.f("fk_conflict_waiver_expert_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_waiver")),
        sa.UniqueConstraint(
            "expert_id", "entry_id", "kind", name=op.f("uq_conflict_waiver_expert_id_entry_id_kind")
        ),
    )
    with op.batch_alter_table("conflict_waiver", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_waiver_entry_id"), ["entry_id"], unique=False)

    # Whoever works somewhere today is seen there for the first time today: the registry tells no dates.
    op.execute(
        "INSERT INTO employment (id, person_id, organisation_id, first_seen)"
        " SELECT id, id, organisation_id, CURRENT_DATE FROM person WHERE organisation_id IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("conflict_waiver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_waiver_entry_id"))

    op.drop_table("conflict_waiver")
    with op.batch_alter_table("assignment_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_plan_stage_id"))

    op.drop_table("assignment_plan")
    with op.batch_alter_table("conflict_of_interest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_of_interest_expert_id"))
        batch_op.drop_index(batch_op.f("ix_conflict_of_interest_edition_id"))

    op.drop_table("conflict_of_interest")
    with op.batch_alter_table("person_relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_relation_person_id"))
        batch_op.drop_index(batch_op.f("ix_person_relation_other_person_id"))

    op.drop_table("person_relation")
    with op.batch_alter_table("employment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employment_person_id"))

    op.drop_table("employment")
