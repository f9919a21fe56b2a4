"""Forms of entries, answers by section, authors, answers to remarks; copies to fill sections from; jobs.

Replay the registry and events afterwards: acts, agreements, roadmaps, transformations, platforms, events.

Revision: x0007
"""

import sqlalchemy as sa
from alembic import op

from shared.db import Json, UtcDateTime

revision = "x0007"
down_revision = "x0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issuer_name", sa.String(length=500), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("amends", Json, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    op.create_table(
        "agreement",
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("tms_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "entry_template",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("sections", Json, nullable=False),
        sa.Column("attachments", Json, nullable=False),
        sa.Column("checks", Json, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_entry_template_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_template")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_entry_template_code_number")),
    )
    op.create_table(
        "event",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("date_precision", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "WAITING",
                "RUNNING",
                "DONE",
                "FAILED",
                name="job_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
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

    op.create_table(
        "roadmap",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("items", Json, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap")),
    )
    op.create_table(
        "transformation",
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transformation")),
    )
    op.create_table(
        "entry_author",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "AUTHOR",
                "SUPERVISOR",
                name="author_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (name IS NULL)", name=op.f("ck_entry_author_person_or_name")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_author_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_author")),
        sa.UniqueConstraint(
            "entry_id", "person_id", "role", name=op.f("uq_entry_author_entry_id_person_id_role")
        ),
    )
    with op.batch_alter_table("entry_author", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_author_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_author_person_id"), ["person_id"], unique=False)

    op.add_column("entry", sa.Column("answers", Json, server_default=sa.text("'{}'"), nullable=False))

    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.add_column(sa.Column("template_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_nomination_template_id"), "entry_template", ["template_id"], ["id"]
        )

    op.add_column("platform", sa.Column("member_ids", Json, server_default=sa.text("'[]'"), nullable=False))
    op.add_column("platform", sa.Column("periods", Json, server_default=sa.text("'[]'"), nullable=False))
    op.add_column(
        "platform", sa.Column("counts_in_i02", sa.Boolean(), server_default=sa.false(), nullable=False)
    )

    op.add_column("revision", sa.Column("old_answers", Json, server_default=sa.text("'{}'"), nullable=False))
    op.add_column("revision", sa.Column("changed", Json, server_default=sa.text("'[]'"), nullable=False))
    op.add_column("revision", sa.Column("answer", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("revision", "answer")
    op.drop_column("revision", "changed")
    op.drop_column("revision", "old_answers")

    op.drop_column("platform", "counts_in_i02")
    op.drop_column("platform", "periods")
    op.drop_column("platform", "member_ids")

    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_nomination_template_id"), type_="foreignkey")
        batch_op.drop_column("template_id")

    op.drop_column("entry", "answers")

    with op.batch_alter_table("entry_author", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_author_person_id"))
        batch_op.drop_index(batch_op.f("ix_entry_author_entry_id"))

    op.drop_table("entry_author")
    op.drop_table("transformation")
    op.drop_table("roadmap")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_job_unfinished",
            postgresql_where=sa.text("state IN ('WAITING', 'RUNNING')"),
            sqlite_where=sa.text("state IN ('WAITING', 'RUNNING')"),
        )

    op.drop_table("job")
    op.drop_table("event")
    op.drop_table("entry_template")
    op.drop_table("agreement")
    op.drop_table("act")
