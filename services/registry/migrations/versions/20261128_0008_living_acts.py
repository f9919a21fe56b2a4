"""Acts: term, summary, address, file, drafts; relations with clauses, things of the registry and withdrawal.

Revision: 0008
"""

import sqlalchemy as sa
from alembic import op

from shared.db import UtcDateTime

revision = "0008"
down_revision = "0003"
branch_labels = None
depends_on = None

_LIVE = sa.text("withdrawn_at IS NULL AND target_id IS NOT NULL")
_KINDS = (
    *("LAW", "GOVERNMENT_DECREE", "DECREE", "ORDER", "DISPOSITION"),
    *("LETTER", "RESOLUTION", "REGULATION", "OTHER"),
)


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.add_column(sa.Column("term_to", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("summary", sa.String(length=2000), nullable=True))
        batch_op.add_column(sa.Column("url", sa.String(length=500), nullable=True))
        batch_op.create_check_constraint("term", "term_to IS NULL OR term_to > in_force_from")
        batch_op.create_check_constraint("end", "term_to IS NULL OR in_force_to <= term_to")

    with op.batch_alter_table("act_relation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("source_clause", sa.String(length=60), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("target_clause", sa.String(length=60), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "object_kind",
                _codes("act_target", "PLATFORM", "AGREEMENT", "ORGANISATION", "PROJECT"),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("object_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("recorded_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("recorded_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(length=500), nullable=True))
    # A relation entered before this revision was entered, as far as is known, with its act.
    op.execute(
        "UPDATE act_relation SET recorded_at ="
        " (SELECT act.created_at FROM act WHERE act.id = act_relation.source_id)"
    )
    with op.batch_alter_table("act_relation", schema=None) as batch_op:
        batch_op.alter_column("source_clause", server_default=None)
        batch_op.alter_column("target_clause", server_default=None)
        batch_op.alter_column("recorded_at", nullable=False, existing_type=UtcDateTime())
        batch_op.drop_constraint(op.f("uq_act_relation_source_id_type_target_id"), type_="unique")
        batch_op.drop_constraint(op.f("ck_act_relation_one_target"), type_="check")
        batch_op.create_check_constraint(
            "one_target",
            "(CASE WHEN target_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN object_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN target_ref IS NULL THEN 0 ELSE 1 END) = 1",
        )
        batch_op.create_check_constraint("object", "(object_id IS NULL) = (object_kind IS NULL)")
        batch_op.create_check_constraint("withdrawn", "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)")
        batch_op.create_index(batch_op.f("ix_act_relation_object_id"), ["object_id"], unique=False)
        batch_op.create_index(
            "uq_act_relation_live",
            ["source_id", "type", "target_id", "source_clause", "target_clause"],
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        )

    op.create_table(
        "act_file",
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_act_file_act_id")),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_act_file")),
    )
    op.create_table(
        "act_draft",
        sa.Column("kind", _codes("act_kind", *_KINDS), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("level", _codes("act_level", "FEDERAL", "REGIONAL", "MUNICIPAL", "LOCAL"), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=True),
        sa.Column("issuer_text", sa.String(length=500), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("summary", sa.String(length=2000), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column(
            "state",
            _codes("act_state", "DRAFT", "NOT_YET", "IN_FORCE", "REPEALED", "REJECTED"),
            nullable=False,
        ),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state IN ('DRAFT', 'IN_FORCE', 'REJECTED')", name=op.f("ck_act_draft_state")),
        sa.CheckConstraint("(act_id IS NOT NULL) = (state = 'IN_FORCE')", name=op.f("ck_act_draft_act")),
        sa.CheckConstraint("(reason IS NOT NULL) = (state = 'REJECTED')", name=op.f("ck_act_draft_reason")),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_act_draft_act_id")),
        sa.ForeignKeyConstraint(["issuer_id"], ["organisation.id"], name=op.f("fk_act_draft_issuer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_draft")),
    )
    with op.batch_alter_table("act_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_draft_state"), ["state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("act_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_act_draft_state"))
    op.drop_table("act_draft")
    op.drop_table("act_file")
    # What the older form of the table cannot say goes with the way back.
    op.execute("DELETE FROM act_relation WHERE withdrawn_at IS NOT NULL OR object_id IS NOT NULL")
    op.execute(
        "DELETE FROM act_relation WHERE target_id IS NOT NULL AND EXISTS (SELECT 1 FROM act_relation other"
        " WHERE other.source_id = act_relation.source_id AND other.type = act_relation.type"
        " AND other.target_id = act_relation.target_id AND other.id < act_relation.id)"
    )
    with op.batch_alter_table("act_relation", schema=None) as batch_op:
        batch_op.drop_index("uq_act_relation_live", sqlite_where=_LIVE, postgresql_where=_LIVE)
        batch_op.drop_index(batch_op.f("ix_act_relation_object_id"))
        for name in ("withdrawn", "object", "one_target"):
            batch_op.drop_constraint(op.f(f"ck_act_relation_{name}"), type_="check")
        batch_op.drop_constraint(op.f("ck_act_relation_act_target"), type_="check")
        for name in (
            *("withdrawn_reason", "withdrawn_by", "withdrawn_at", "recorded_by", "recorded_at"),
            *("object_id", "object_kind", "target_clause", "source_clause"),
        ):
            batch_op.drop_column(name)
        batch_op.create_check_constraint("one_target", "(target_id IS NULL) <> (target_ref IS NULL)")
        batch_op.create_unique_constraint(
            op.f("uq_act_relation_source_id_type_target_id"), ["source_id", "type", "target_id"]
        )
    with op.batch_alter_table("act", schema=None) as batch_op:
        for name in ("end", "term"):
            batch_op.drop_constraint(op.f(f"ck_act_{name}"), type_="check")
        for name in ("url", "summary", "term_to"):
            batch_op.drop_column(name)
