"""Project work of the network: projects, roadmaps, recommendations, support cases.

Revision: 0005
"""

import sqlalchemy as sa
from alembic import op

from shared.db import Json, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "priority_direction",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_direction")),
        sa.UniqueConstraint("name_key", name=op.f("uq_priority_direction_name_key")),
    )
    op.create_table(
        "network_project",
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("name_key", sa.String(length=500), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "MUNICIPAL",
                "KRAI",
                "FEDERAL",
                name="project_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("goal", sa.String(length=2000), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "target_words",
            Json,
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on > starts_on",
            name=op.f("ck_network_project_period"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_network_project_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_project")),
        sa.UniqueConstraint("owner_id", "name_key", name=op.f("uq_network_project_owner_id_name_key")),
    )
    with op.batch_alter_table("network_project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_project_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "project_act",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_project_act_act_id")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["network_project.id"], name=op.f("fk_project_act_project_id")
        ),
        sa.PrimaryKeyConstraint("project_id", "act_id", name=op.f("pk_project_act")),
    )
    op.create_table(
        "project_direction",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("direction_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["direction_id"], ["priority_direction.id"], name=op.f("fk_project_direction_direction_id")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["network_project.id"], name=op.f("fk_project_direction_project_id")
        ),
        sa.PrimaryKeyConstraint("project_id", "direction_id", name=op.f("pk_project_direction")),
    )
    op.create_table(
        "project_product",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "APPROACH",
                "MECHANISM",
                "MODEL",
                "CONDITION",
                "METHODICAL",
                "RESOURCE",
                "OTHER",
                name="product_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["network_project.id"], name=op.f("fk_project_product_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_product")),
    )
    with op.batch_alter_table("project_product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_product_project_id"), ["project_id"], unique=False)

    op.create_table(
        "project_target",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_project_target_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["network_project.id"], name=op.f("fk_project_target_project_id")
        ),
        sa.PrimaryKeyConstraint("project_id", "organisation_id", name=op.f("pk_project_target")),
    )
    op.create_table(
        "project_task",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("no", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["network_project.id"], name=op.f("fk_project_task_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_task")),
        sa.UniqueConstraint("project_id", "no", name=op.f("uq_project_task_project_id_no")),
    )
    op.create_table(
        "roadmap",
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(project_id IS NULL) <> (municipality_oktmo IS NULL)", name=op.f("ck_roadmap_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_oktmo"], ["municipality.oktmo"], name=op.f("fk_roadmap_municipality_oktmo")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["network_project.id"], name=op.f("fk_roadmap_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap")),
    )
    with op.batch_alter_table("roadmap", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_roadmap_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_roadmap_project_id"), ["project_id"], unique=False)

    op.create_table(
        "support_case",
        sa.Column("topic", sa.String(length=300), nullable=False),
        sa.Column("topic_key", sa.String(length=300), nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "opener",
            sa.Enum(
                "OPERATOR",
                "REQUESTER",
                name="case_side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "OPEN",
                "ANSWERED",
                "CLOSED",
                name="case_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "last_side",
            sa.Enum(
                "OPERATOR",
                "REQUESTER",
                name="case_last_side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("entries_count", sa.Integer(), nullable=False),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'CLOSED') = (closed_on IS NOT NULL)", name=op.f("ck_support_case_closed_on")
        ),
        sa.CheckConstraint("entries_count > 0", name=op.f("ck_support_case_entries_count")),
        sa.ForeignKeyConstraint(
            ["municipality_oktmo"], ["municipality.oktmo"], name=op.f("fk_support_case_municipality_oktmo")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_support_case_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["person.id"], name=op.f("fk_support_case_responsible_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_case")),
    )
    with op.batch_alter_table("support_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_support_case_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_support_case_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_support_case_waiting", ["state", "last_side", "last_on"], unique=False)

    op.create_table(
        "case_entry",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "MESSAGE",
                "CLOSING",
                "REOPENING",
                name="entry_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum(
                "OPERATOR",
                "REQUESTER",
                name="case_side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["support_case.id"], name=op.f("fk_case_entry_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_entry")),
        sa.UniqueConstraint("case_id", "no", name=op.f("uq_case_entry_case_id_no")),
    )
    op.create_table(
        "case_seen",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("entries_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["support_case.id"], name=op.f("fk_case_seen_case_id")),
        sa.PrimaryKeyConstraint("case_id", "account_id", name=op.f("pk_case_seen")),
    )
    op.create_table(
        "roadmap_mark",
        sa.Column("roadmap_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.Uuid(), nullable=False),
        sa.Column("version_no", sa.SmallInteger(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "START",
                "FINISH",
                "MOVE",
                "CANCEL",
                "REOPEN",
                name="item_step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "due_precision",
            sa.Enum(
                "DAY",
                "MONTH",
                "QUARTER",
                "YEAR",
                name="due_precision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.String(length=1000), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(step = 'MOVE') = (due_on IS NOT NULL AND due_precision IS NOT NULL)",
            name=op.f("ck_roadmap_mark_new_due"),
        ),
        sa.CheckConstraint("step = 'START' OR words IS NOT NULL", name=op.f("ck_roadmap_mark_words")),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_roadmap_mark_roadmap_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap_mark")),
    )
    with op.batch_alter_table("roadmap_mark", schema=None) as batch_op:
        batch_op.create_index("ix_roadmap_mark_item", ["roadmap_id", "item_key"], unique=False)

    op.create_table(
        "roadmap_version",
        sa.Column("roadmap_id", sa.Uuid(), nullable=False),
        sa.Column("no", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "APPROVED",
                name="version_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(length=300), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'APPROVED') = (approved_on IS NOT NULL AND approved_by IS NOT NULL)",
            name=op.f("ck_roadmap_version_approval"),
        ),
        sa.CheckConstraint(
            "state = 'DRAFT' OR (act_id IS NULL) <> (agreement_id IS NULL)",
            name=op.f("ck_roadmap_version_one_basis"),
        ),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_roadmap_version_act_id")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_roadmap_version_agreement_id")
        ),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_roadmap_version_roadmap_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap_version")),
        sa.UniqueConstraint("roadmap_id", "no", name=op.f("uq_roadmap_version_roadmap_id_no")),
    )
    with op.batch_alter_table("roadmap_version", schema=None) as batch_op:
        batch_op.create_index(
            "uq_roadmap_version_draft",
            ["roadmap_id"],
            unique=True,
            sqlite_where=sa.text("state = 'DRAFT'"),
            postgresql_where=sa.text("state = 'DRAFT'"),
        )

    op.create_table(
        "case_file",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["case_entry.id"], name=op.f("fk_case_file_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_case_file_entry_id")),
    )
    op.create_table(
        "roadmap_item",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column(
            "section",
            sa.Enum(
                "NORMATIVE",
                "IMPLEMENTATION",
                "DISSEMINATION",
                name="section",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "due_precision",
            sa.Enum(
                "DAY",
                "MONTH",
                "QUARTER",
                "YEAR",
                name="due_precision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        sa.Column("responsible_words", sa.String(length=300), nullable=True),
        sa.Column("result", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "responsible_id IS NOT NULL OR responsible_words IS NOT NULL",
            name=op.f("ck_roadmap_item_responsible"),
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["organisation.id"], name=op.f("fk_roadmap_item_responsible_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["roadmap_version.id"], name=op.f("fk_roadmap_item_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap_item")),
        sa.UniqueConstraint("version_id", "item_key", name=op.f("uq_roadmap_item_version_id_item_key")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_roadmap_item_version_id_position")),
    )
    with op.batch_alter_table("roadmap_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roadmap_item_responsible_id"), ["responsible_id"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "SUBMITTED",
                "ACCEPTED",
                "REJECTED",
                "REALISED",
                name="recommendation_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("realised_on", sa.Date(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("realised_words", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'REALISED') = (realised_on IS NOT NULL AND (item_id IS NOT NULL OR realised_words IS NOT NULL))",
            name=op.f("ck_recommendation_realised"),
        ),
        sa.CheckConstraint(
            "(state = 'REJECTED') = (reason IS NOT NULL)", name=op.f("ck_recommendation_reason")
        ),
        sa.CheckConstraint(
            "(state = 'SUBMITTED') = (decided_on IS NULL)", name=op.f("ck_recommendation_decided_on")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["roadmap_item.id"], name=op.f("fk_recommendation_item_id")),
        sa.ForeignKeyConstraint(
            ["municipality_oktmo"], ["municipality.oktmo"], name=op.f("fk_recommendation_municipality_oktmo")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_recommendation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_recommendation_state"), ["state"], unique=False)


def downgrade() -> None:
    op.drop_table("recommendation")
    op.drop_table("roadmap_item")
    op.drop_table("case_file")
    op.drop_table("roadmap_version")
    op.drop_table("roadmap_mark")
    op.drop_table("case_seen")
    op.drop_table("case_entry")
    op.drop_table("support_case")
    op.drop_table("roadmap")
    op.drop_table("project_task")
    op.drop_table("project_target")
    op.drop_table("project_product")
    op.drop_table("project_direction")
    op.drop_table("project_act")
    op.drop_table("network_project")
    op.drop_table("priority_direction")
