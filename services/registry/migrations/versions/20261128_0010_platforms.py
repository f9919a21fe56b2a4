"""Platforms: guarded status records, composition by acts, words of the card, yearly reports, drafts of orders.

Revision: 0010
"""

import sqlalchemy as sa
from alembic import op

from shared.db import Json, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SAME_RECORD = " OR ".join(
    f"NEW.{name} IS NOT OLD.{name}"
    for name in (
        *("id", "platform_id", "ordinal", "kind", "on_date", "valid_to", "act_id", "agreement_id", "clause"),
        *("basis", "reason", "recorded_at", "correction_id"),
    )
)
#: The database itself refuses to rewrite or delete an action on a status; a correction withdraws it, once.
GUARDS = {
    "sqlite": (
        "CREATE TRIGGER status_record_withdrawn_once BEFORE UPDATE ON status_record "
        f"WHEN OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR {_SAME_RECORD} "
        "BEGIN SELECT RAISE(ABORT, 'BR-26: a status record is never rewritten'); END",
        "CREATE TRIGGER status_record_stays BEFORE DELETE ON status_record "
        "BEGIN SELECT RAISE(ABORT, 'BR-26: a status record is never deleted'); END",
        "CREATE TRIGGER composition_record_as_is BEFORE UPDATE ON composition_record "
        "BEGIN SELECT RAISE(ABORT, 'BR-21: a composition record is never rewritten'); END",
        "CREATE TRIGGER composition_record_stays BEFORE DELETE ON composition_record "
        "BEGIN SELECT RAISE(ABORT, 'BR-21: a composition record is never deleted'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION status_record_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'BR-26: a status record is never deleted'; END IF; "
        "IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR "
        "(to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id') <> "
        "(to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id') "
        "THEN RAISE EXCEPTION 'BR-26: a status record is never rewritten'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER status_record_withdrawn_once BEFORE UPDATE OR DELETE ON status_record "
        "FOR EACH ROW EXECUTE FUNCTION status_record_guard()",
        "CREATE FUNCTION composition_record_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'BR-21: a composition record is never rewritten'; END $$",
        "CREATE TRIGGER composition_record_as_is BEFORE UPDATE OR DELETE ON composition_record "
        "FOR EACH ROW EXECUTE FUNCTION composition_record_guard()",
    ),
}
UNGUARD = {
    "sqlite": (
        "DROP TRIGGER status_record_withdrawn_once",
        "DROP TRIGGER status_record_stays",
        "DROP TRIGGER composition_record_as_is",
        "DROP TRIGGER composition_record_stays",
    ),
    "postgresql": (
        "DROP TRIGGER status_record_withdrawn_once ON status_record",
        "DROP FUNCTION status_record_guard()",
        "DROP TRIGGER composition_record_as_is ON composition_record",
        "DROP FUNCTION composition_record_guard()",
    ),
}
CHECKS = {
    "term": "valid_to IS NULL OR valid_to > on_date",
    "terminated_by_act": "kind <> 'TERMINATE' OR act_id IS NOT NULL",
    "awarded_by_act": (
        "kind NOT IN ('AWARD', 'EXTEND') OR act_id IS NOT NULL OR agreement_id IS NOT NULL OR basis IS NOT NULL"
    ),
    "ground": "kind NOT IN ('SUSPEND', 'DECLINE') OR act_id IS NOT NULL OR reason IS NOT NULL",
    "withdrawn": "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
}
WORDS = ("directions", "priority_directions", "calendar_plan")


def codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def aggregate() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
    )


def upgrade() -> None:
    with op.batch_alter_table("platform") as batch_op:
        batch_op.add_column(sa.Column("supervisor_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("scientific_supervisor_id", sa.Uuid(), nullable=True))
        for name in WORDS:
            batch_op.add_column(sa.Column(name, Json, nullable=False, server_default="[]"))
        for name in ("supervisor_id", "scientific_supervisor_id"):
            batch_op.create_foreign_key(batch_op.f(f"fk_platform_{name}"), "person", [name], ["id"])
    with op.batch_alter_table("platform") as batch_op:
        for name in WORDS:
            batch_op.alter_column(name, server_default=None)

    with op.batch_alter_table("status_record") as batch_op:
        batch_op.add_column(sa.Column("agreement_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_status_record_agreement_id"), "agreement", ["agreement_id"], ["id"]
        )
        for name, text in CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_status_record_{name}"), text)

    op.create_table(
        "composition_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("role", codes("party_role", "HUB", "HOLDER", "MEMBER"), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("clause", sa.String(length=100), nullable=True),
        sa.Column("basis", sa.String(length=300), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "act_id IS NOT NULL OR basis IS NOT NULL", name=op.f("ck_composition_record_ground")
        ),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_composition_record_act_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_composition_record_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platform.id"], name=op.f("fk_composition_record_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_composition_record")),
        sa.UniqueConstraint(
            "platform_id",
            "organisation_id",
            "on_date",
            name=op.f("uq_composition_record_platform_id_organisation_id_on_date"),
        ),
    )
    with op.batch_alter_table("composition_record") as batch_op:
        batch_op.create_index(batch_op.f("ix_composition_record_act_id"), ["act_id"])
        batch_op.create_index(batch_op.f("ix_composition_record_organisation_id"), ["organisation_id"])

    op.create_table(
        "platform_report",
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            codes(
                "report_state", "OPEN", "SUBMITTED", "RETURNED", "ACCEPTED", "NOT_ACCEPTED", "OVERDUE"
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=True),
        sa.Column("filename", sa.String(length=200), nullable=True),
        sa.Column("media_type", sa.String(length=40), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("remarks", sa.String(length=2000), nullable=True),
        sa.Column("again_by", sa.Date(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        *aggregate(),
        sa.CheckConstraint("state <> 'OVERDUE'", name=op.f("ck_platform_report_computed")),
        sa.CheckConstraint(
            "state NOT IN ('RETURNED', 'NOT_ACCEPTED') OR remarks IS NOT NULL",
            name=op.f("ck_platform_report_remarks"),
        ),
        sa.CheckConstraint(
            "link IS NOT NULL OR content IS NOT NULL", name=op.f("ck_platform_report_handed_in")
        ),
        sa.CheckConstraint("(content IS NULL) = (filename IS NULL)", name=op.f("ck_platform_report_file")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_platform_report_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_report")),
        sa.UniqueConstraint("platform_id", "year", name=op.f("uq_platform_report_platform_id_year")),
    )
    with op.batch_alter_table("platform_report") as batch_op:
        batch_op.create_index(batch_op.f("ix_platform_report_due_on"), ["due_on"])

    op.create_table(
        "order_draft",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("months", sa.SmallInteger(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        *aggregate(),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_order_draft_act_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_order_draft_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_draft")),
        sa.UniqueConstraint("number", name=op.f("uq_order_draft_number")),
    )
    op.create_table(
        "order_draft_line",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column(
            "outcome", codes("outcome", "AWARD_STATUS", "EXTEND", "COMPLETE", "TERMINATE"), nullable=False
        ),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=1000), nullable=False),
        sa.Column("protocol_number", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["order_draft.id"], name=op.f("fk_order_draft_line_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", "proposal_id", name=op.f("pk_order_draft_line")),
    )
    for guard in GUARDS[op.get_bind().dialect.name]:
        op.execute(guard)


def downgrade() -> None:
    """Back to unguarded records; reports, drafts and composition by acts are lost."""
    for guard in UNGUARD[op.get_bind().dialect.name]:
        op.execute(guard)
    op.drop_table("order_draft_line")
    op.drop_table("order_draft")
    with op.batch_alter_table("platform_report") as batch_op:
        batch_op.drop_index(batch_op.f("ix_platform_report_due_on"))
    op.drop_table("platform_report")
    with op.batch_alter_table("composition_record") as batch_op:
        batch_op.drop_index(batch_op.f("ix_composition_record_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_composition_record_act_id"))
    op.drop_table("composition_record")
    with op.batch_alter_table("status_record") as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(batch_op.f(f"ck_status_record_{name}"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_status_record_agreement_id"), type_="foreignkey")
        batch_op.drop_column("agreement_id")
    with op.batch_alter_table("platform") as batch_op:
        for name in ("supervisor_id", "scientific_supervisor_id"):
            batch_op.drop_constraint(batch_op.f(f"fk_platform_{name}"), type_="foreignkey")
            batch_op.drop_column(name)
        for name in WORDS:
            batch_op.drop_column(name)
