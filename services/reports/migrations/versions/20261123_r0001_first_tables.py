"""First tables: imported values, plans, reports with their papers, copies, bookkeeping.

Revision: r0001
After: nothing
Made: 2026-11-23 19:57:04.308101
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
DECIMAL = sa.Numeric(12, 4).with_variant(sa.String(32), "sqlite")  # SQLite has only floats (BR-47)


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    op.create_table(
        "agreement",
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("tms_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=11), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )

    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("object_kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("note", JSON, nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_object_id"), ["object_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_registration_id"), ["registration_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("protocol_number", sa.String(length=64), nullable=False),
        sa.Column("protocol_date", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_table(
        "edition",
        sa.Column("series_name", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("nominations", JSON, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_closes_on"), ["closes_on"], unique=False)

    op.create_table(
        "entry",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=11), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("reg_no", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_municipality_oktmo"), ["municipality_oktmo"], unique=False)

    op.create_table(
        "event",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("date_precision", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("series_name", sa.Text(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_starts_on"), ["starts_on"], unique=False)

    op.create_table(
        "imported_value",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=11), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "comparator",
            sa.Enum("=", ">", "≥", name="comparator", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("value", DECIMAL, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_value")),
        sa.UniqueConstraint(
            "code", "municipality_oktmo", "year", name=op.f("uq_imported_value_code_municipality_oktmo_year")
        ),
    )
    op.create_table(
        "inbox",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_inbox")),
        sa.UniqueConstraint("source", "message_id", name=op.f("uq_inbox_source_message_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_parked",
            ["parked_at"],
            unique=False,
            postgresql_where=sa.text("parked_at IS NOT NULL AND handled_at IS NULL"),
            sqlite_where=sa.text("parked_at IS NOT NULL AND handled_at IS NULL"),
        )
        batch_op.create_index(
            "ix_inbox_subject",
            ["source", "subject", "seq"],
            unique=False,
            postgresql_where=sa.text("handled_at IS NULL AND parked_at IS NULL"),
            sqlite_where=sa.text("handled_at IS NULL AND parked_at IS NULL"),
        )
        batch_op.create_index(
            "ix_inbox_waiting",
            ["lane", "seq"],
            unique=False,
            postgresql_where=sa.text("handled_at IS NULL AND parked_at IS NULL"),
            sqlite_where=sa.text("handled_at IS NULL AND parked_at IS NULL"),
        )

    op.create_table(
        "known_account",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("grants", JSON, nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_account")),
    )
    op.create_table(
        "known_key",
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("public_pem", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_known_key_kid")),
    )
    op.create_table(
        "municipality",
        sa.Column("oktmo", sa.String(length=11), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("in_krai", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
    )
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_municipality_oktmo"), ["oktmo"], unique=False)

    op.create_table(
        "network_report",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ISSUED",
                "CANCELLED",
                name="report_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("inputs_hash", sa.String(length=64), nullable=False),
        sa.Column("verify_code", sa.String(length=20), nullable=False),
        sa.Column("frozen", JSON, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "period_from <= period_to AND period_to <= as_of", name=op.f("ck_network_report_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_report")),
        sa.UniqueConstraint("number", name=op.f("uq_network_report_number")),
        sa.UniqueConstraint("verify_code", name=op.f("uq_network_report_verify_code")),
    )
    with op.batch_alter_table("network_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_report_year"), ["year"], unique=False)

    op.create_table(
        "org_count",
        sa.Column("municipality_oktmo", sa.String(length=11), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_org_count")),
    )
    with op.batch_alter_table("org_count", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_org_count_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )

    op.create_table(
        "organisation",
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("roles", JSON, nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=11), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )

    op.create_table(
        "outbox",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_unsent",
            ["seq"],
            unique=False,
            postgresql_where=sa.text("published_at IS NULL"),
            sqlite_where=sa.text("published_at IS NULL"),
        )

    op.create_table(
        "participation",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("municipality_oktmo", sa.String(length=11), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participation_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_participation_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )

    op.create_table(
        "plan",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", DECIMAL, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("code", "year", name=op.f("uq_plan_code_year")),
    )
    op.create_table(
        "platform",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("holder_ids", JSON, nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=True),
        sa.Column("member_ids", JSON, nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=11), nullable=True),
        sa.Column("counts_in_i02", sa.Boolean(), nullable=False),
        sa.Column("periods", JSON, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform")),
    )
    with op.batch_alter_table("platform", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_platform_kind"), ["kind"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_platform_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )

    op.create_table(
        "sheet",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("expert_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("expert_municipality_oktmo", sa.String(length=11), nullable=True),
        sa.Column("stage_kind", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("percent", DECIMAL, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
    )
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sheet_expert_municipality_oktmo"), ["expert_municipality_oktmo"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sheet_signed_on"), ["signed_on"], unique=False)

    op.create_table(
        "transformation_stage",
        sa.Column("transformation_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=11), nullable=False),
        sa.Column("tms_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transformation_stage")),
    )
    with op.batch_alter_table("transformation_stage", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transformation_stage_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_transformation_stage_transformation_id"), ["transformation_id"], unique=False
        )

    op.create_table(
        "report_file",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column(
            "edition",
            sa.Enum("FULL", "OPEN", name="edition", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "format",
            sa.Enum("DOCX", "PDF", name="file_format", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["network_report.id"], name=op.f("fk_report_file_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_file")),
        sa.UniqueConstraint(
            "report_id", "edition", "format", name=op.f("uq_report_file_report_id_edition_format")
        ),
    )


def downgrade() -> None:
    op.drop_table("report_file")
    with op.batch_alter_table("transformation_stage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transformation_stage_transformation_id"))
        batch_op.drop_index(batch_op.f("ix_transformation_stage_municipality_oktmo"))

    op.drop_table("transformation_stage")
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_signed_on"))
        batch_op.drop_index(batch_op.f("ix_sheet_expert_municipality_oktmo"))
        batch_op.drop_index(batch_op.f("ix_sheet_entry_id"))

    op.drop_table("sheet")
    with op.batch_alter_table("platform", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_platform_municipality_oktmo"))
        batch_op.drop_index(batch_op.f("ix_platform_kind"))

    op.drop_table("platform")
    op.drop_table("plan")
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participation_municipality_oktmo"))
        batch_op.drop_index(batch_op.f("ix_participation_event_id"))

    op.drop_table("participation")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unsent",
            postgresql_where=sa.text("published_at IS NULL"),
            sqlite_where=sa.text("published_at IS NULL"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_municipality_oktmo"))

    op.drop_table("organisation")
    with op.batch_alter_table("org_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_org_count_municipality_oktmo"))

    op.drop_table("org_count")
    with op.batch_alter_table("network_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_report_year"))

    op.drop_table("network_report")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_municipality_oktmo"))

    op.drop_table("municipality")
    op.drop_table("known_key")
    op.drop_table("known_account")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_waiting",
            postgresql_where=sa.text("handled_at IS NULL AND parked_at IS NULL"),
            sqlite_where=sa.text("handled_at IS NULL AND parked_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_inbox_subject",
            postgresql_where=sa.text("handled_at IS NULL AND parked_at IS NULL"),
            sqlite_where=sa.text("handled_at IS NULL AND parked_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_inbox_parked",
            postgresql_where=sa.text("parked_at IS NOT NULL AND handled_at IS NULL"),
            sqlite_where=sa.text("parked_at IS NOT NULL AND handled_at IS NULL"),
        )

    op.drop_table("inbox")
    op.drop_table("imported_value")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_starts_on"))

    op.drop_table("event")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_municipality_oktmo"))
        batch_op.drop_index(batch_op.f("ix_entry_edition_id"))

    op.drop_table("entry")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_closes_on"))

    op.drop_table("edition")
    op.drop_table("decision")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_registration_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_event_id"))

    op.drop_table("certificate")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_object_id"))
        batch_op.drop_index(batch_op.f("ix_audit_at"))

    op.drop_table("audit")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_municipality_oktmo"))

    op.drop_table("agreement")
    op.drop_table("act")
