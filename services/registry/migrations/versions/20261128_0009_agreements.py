"""Prolongations, acts and reminders of agreements; daily duties.

Revision: 0009
"""

import sqlalchemy as sa
from alembic import op

from shared.db import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CHECKS = {
    "force_within_term": "in_force_from BETWEEN date AND valid_to",
    "ended_after_force": "ended_on > in_force_from",
    "termination": "state <> 'TERMINATED' OR end_reason IS NOT NULL OR end_act_id IS NOT NULL",
    "refusal": "state <> 'REFUSED' OR end_reason IS NOT NULL",
    "auto_prolongation": "auto_prolongation_months BETWEEN 1 AND 120",
}
#: A prolongation that was recorded is never changed or taken away.
GUARDS = {
    "sqlite": tuple(
        f"CREATE TRIGGER agreement_change_no_{event.lower()} BEFORE {event} ON agreement_change "
        "BEGIN SELECT RAISE(ABORT, 'a prolongation is never rewritten'); END"
        for event in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        "CREATE FUNCTION agreement_change_guard() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a prolongation is never rewritten'; END $$",
        "CREATE TRIGGER agreement_change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON agreement_change "
        "FOR EACH STATEMENT EXECUTE FUNCTION agreement_change_guard()",
    ),
}


def upgrade() -> None:
    with op.batch_alter_table("agreement") as batch_op:
        batch_op.add_column(sa.Column("end_act_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("auto_prolongation_months", sa.SmallInteger(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_agreement_end_act_id"), "act", ["end_act_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_agreement_end_act_id"), ["end_act_id"], unique=False)
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_agreement_{name}"), condition)
    op.create_table(
        "agreement_change",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "SUPPLEMENT",
                "AUTO",
                name="agreement_change_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("was_to", sa.Date(), nullable=False),
        sa.Column("now_to", sa.Date(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("now_to > was_to", name=op.f("ck_agreement_change_longer")),
        sa.CheckConstraint(
            "(kind = 'SUPPLEMENT') = (number IS NOT NULL)", name=op.f("ck_agreement_change_number")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_change_agreement_id")
        ),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_agreement_change_act_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_change")),
        sa.UniqueConstraint("agreement_id", "was_to", name=op.f("uq_agreement_change_agreement_id_was_to")),
    )
    op.create_index(op.f("ix_agreement_change_act_id"), "agreement_change", ["act_id"], unique=False)
    op.create_table(
        "agreement_act",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_act_agreement_id")
        ),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_agreement_act_act_id")),
        sa.PrimaryKeyConstraint("agreement_id", "act_id", name=op.f("pk_agreement_act")),
    )
    op.create_index(op.f("ix_agreement_act_act_id"), "agreement_act", ["act_id"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("threshold", sa.SmallInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("threshold IN (60, 30, 7)", name=op.f("ck_reminder_threshold")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_reminder_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "agreement_id", "threshold", "due_on", name=op.f("uq_reminder_agreement_id_threshold_due_on")
        ),
    )
    op.create_table(
        "reminder_reading",
        sa.Column("reminder_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminder.id"], name=op.f("fk_reminder_reading_reminder_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_reminder_reading_organisation_id")
        ),
        sa.PrimaryKeyConstraint("reminder_id", "organisation_id", name=op.f("pk_reminder_reading")),
    )
    op.create_table(
        "daily_duty",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_daily_duty")),
    )
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for name in ("daily_duty", "reminder_reading", "reminder", "agreement_act", "agreement_change"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION agreement_change_guard()")
    with op.batch_alter_table("agreement") as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(op.f(f"ck_agreement_{name}"), type_="check")
        batch_op.drop_index(batch_op.f("ix_agreement_end_act_id"))
        batch_op.drop_constraint(op.f("fk_agreement_end_act_id"), type_="foreignkey")
        batch_op.drop_column("auto_prolongation_months")
        batch_op.drop_column("end_act_id")
