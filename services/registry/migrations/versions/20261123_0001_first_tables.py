"""First tables of the registry.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

from shared.db import DecimalText, Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("object_kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("note", Json, nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_object_id"), ["object_id"], unique=False)

    op.create_table(
        "edition",
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_state"), ["state"], unique=False)

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
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("handled_at", UtcDateTime(), nullable=True),
        sa.Column("parked_at", UtcDateTime(), nullable=True),
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
        "municipality",
        sa.Column("oktmo", sa.String(length=8), nullable=False),
        sa.Column("in_krai", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("oktmo", name=op.f("uq_municipality_oktmo")),
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
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
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
        "report",
        sa.Column("report_kind", sa.String(length=40), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_as_of"), ["as_of"], unique=False)

    op.create_table(
        "signing_key",
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("sealed_pem", sa.LargeBinary(), nullable=False),
        sa.Column("public_pem", sa.Text(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=True),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_key_kid")),
    )
    op.create_table(
        "municipality_version",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "URBAN_OKRUG",
                "DISTRICT",
                "MUNICIPAL_OKRUG",
                name="municipality_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("official_name", sa.String(length=300), nullable=False),
        sa.Column("centre", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_municipality_version_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality_version")),
        sa.UniqueConstraint(
            "municipality_id", "valid_from", name=op.f("uq_municipality_version_municipality_id_valid_from")
        ),
    )
    op.create_table(
        "org_count",
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("total >= 0", name=op.f("ck_org_count_total")),
        sa.ForeignKeyConstraint(
            ["municipality_oktmo"], ["municipality.oktmo"], name=op.f("fk_org_count_municipality_oktmo")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_org_count")),
        sa.UniqueConstraint("municipality_oktmo", "year", name=op.f("uq_org_count_municipality_oktmo_year")),
    )
    op.create_table(
        "organisation",
        sa.Column("full_name", sa.String(length=500), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("search_key", sa.String(length=500), nullable=False),
        sa.Column(
            "edu_kind",
            sa.Enum(
                "PRESCHOOL",
                "SCHOOL",
                "SUPPLEMENTARY",
                "CORRECTIONAL",
                "VOCATIONAL",
                name="edu_org_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("legal_form", sa.String(length=40), nullable=True),
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=True),
        sa.Column("scope_key", sa.String(length=8), nullable=False),
        sa.Column("inn", sa.String(length=10), nullable=True),
        sa.Column("ogrn", sa.String(length=13), nullable=True),
        sa.Column("site", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "ACTIVE",
                "REORGANISED",
                "LIQUIDATED",
                name="org_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_oktmo"], ["municipality.oktmo"], name=op.f("fk_organisation_municipality_oktmo")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["organisation.id"], name=op.f("fk_organisation_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index("ix_organisation_territory", ["municipality_oktmo", "search_key"], unique=False)
        batch_op.create_index(
            "uq_organisation_name",
            ["search_key", "scope_key"],
            unique=True,
            sqlite_where=sa.text("state = 'ACTIVE'"),
            postgresql_where=sa.text("state = 'ACTIVE'"),
        )

    op.create_table(
        "act",
        sa.Column(
            "kind",
            sa.Enum(
                "LAW",
                "GOVERNMENT_DECREE",
                "DECREE",
                "ORDER",
                "DISPOSITION",
                "LETTER",
                "RESOLUTION",
                "REGULATION",
                "OTHER",
                name="act_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("number_key", sa.String(length=220), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "FEDERAL",
                "REGIONAL",
                "MUNICIPAL",
                "LOCAL",
                name="act_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("issuer_id", sa.Uuid(), nullable=True),
        sa.Column("issuer_text", sa.String(length=500), nullable=True),
        sa.Column("issuer_key", sa.String(length=500), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("search_key", sa.String(length=1200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["issuer_id"], ["organisation.id"], name=op.f("fk_act_issuer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        sa.UniqueConstraint(
            "issuer_key", "kind", "number_key", "date", name=op.f("uq_act_issuer_key_kind_number_key_date")
        ),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_date"), ["date"], unique=False)
        batch_op.create_index(batch_op.f("ix_act_issuer_id"), ["issuer_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("number_key", sa.String(length=64), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("tms_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=1000), nullable=False),
        sa.Column("subject_key", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "ON_SIGNING",
                "SIGNED",
                "IN_FORCE",
                "EXPIRED",
                "TERMINATED",
                "REFUSED",
                name="agreement_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=True),
        sa.Column("scan_waiver", sa.String(length=500), nullable=True),
        sa.Column("over_capacity", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(ended_on IS NOT NULL) = (state IN ('EXPIRED', 'TERMINATED'))",
            name=op.f("ck_agreement_ended_on"),
        ),
        sa.CheckConstraint(
            "(in_force_from IS NOT NULL) = (state IN ('IN_FORCE', 'EXPIRED', 'TERMINATED'))",
            name=op.f("ck_agreement_in_force_from"),
        ),
        sa.CheckConstraint("valid_to > valid_from", name=op.f("ck_agreement_term")),
        sa.ForeignKeyConstraint(
            ["municipality_oktmo"], ["municipality.oktmo"], name=op.f("fk_agreement_municipality_oktmo")
        ),
        sa.ForeignKeyConstraint(["operator_id"], ["organisation.id"], name=op.f("fk_agreement_operator_id")),
        sa.ForeignKeyConstraint(["tms_id"], ["organisation.id"], name=op.f("fk_agreement_tms_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint(
            "operator_id", "number_key", "date", name=op.f("uq_agreement_operator_id_number_key_date")
        ),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_in_force", ["in_force_from", "valid_to"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_agreement_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )
        batch_op.create_index("ix_agreement_parties", ["tms_id", "operator_id", "subject_key"], unique=False)

    op.create_table(
        "organisation_alias",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=700), nullable=False),
        sa.Column("search_key", sa.String(length=700), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_alias_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_alias")),
        sa.UniqueConstraint(
            "organisation_id", "text", name=op.f("uq_organisation_alias_organisation_id_text")
        ),
    )
    with op.batch_alter_table("organisation_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_alias_search_key"), ["search_key"], unique=False)

    op.create_table(
        "organisation_role",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "TMS",
                "EDU_ORG",
                "EDU_AUTHORITY",
                "IRO",
                "NETWORK_OPERATOR",
                "MINISTRY",
                "OTHER",
                name="org_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_role_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "role", name=op.f("pk_organisation_role")),
    )
    with op.batch_alter_table("organisation_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_role_role"), ["role"], unique=False)

    op.create_table(
        "person",
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("middle_name", sa.String(length=80), nullable=True),
        sa.Column("position", sa.String(length=200), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        sa.Column("search_key", sa.String(length=250), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_search_key"), ["search_key"], unique=False)

    op.create_table(
        "platform",
        sa.Column(
            "kind",
            sa.Enum(
                "MUNICIPAL",
                "MUNICIPAL_NETWORK",
                "KRAI",
                "KRAI_EXPERIMENTAL",
                "FEDERAL",
                "PARTNER",
                "FGOS_PILOT",
                name="platform_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("topic", sa.String(length=1000), nullable=False),
        sa.Column("topic_key", sa.String(length=1000), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=True),
        sa.Column("curator_id", sa.Uuid(), nullable=True),
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "APPLIED",
                "ACTIVE",
                "SUSPENDED",
                "EXPIRED",
                "COMPLETED",
                "TERMINATED",
                "DECLINED",
                name="platform_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("counts_in_i02", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["curator_id"], ["organisation.id"], name=op.f("fk_platform_curator_id")),
        sa.ForeignKeyConstraint(["hub_id"], ["organisation.id"], name=op.f("fk_platform_hub_id")),
        sa.ForeignKeyConstraint(
            ["municipality_oktmo"], ["municipality.oktmo"], name=op.f("fk_platform_municipality_oktmo")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform")),
    )
    with op.batch_alter_table("platform", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_platform_curator_id"), ["curator_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_platform_municipality_oktmo"), ["municipality_oktmo"], unique=False
        )
        batch_op.create_index("ix_platform_state", ["state", "kind"], unique=False)
        batch_op.create_index("ix_platform_topic", ["kind", "topic_key"], unique=False)

    op.create_table(
        "transformation",
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=False),
        sa.Column("tms_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "NOT_STARTED",
                "ANALYSIS",
                "AGREEMENT_SIGNED",
                "ROADMAP_APPROVED",
                "STAFF_TRAINED",
                "FIRST_PLATFORM",
                "TRANSFORMED",
                "PAUSED",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_oktmo"], ["municipality.oktmo"], name=op.f("fk_transformation_municipality_oktmo")
        ),
        sa.ForeignKeyConstraint(["tms_id"], ["organisation.id"], name=op.f("fk_transformation_tms_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transformation")),
        sa.UniqueConstraint("municipality_oktmo", name=op.f("uq_transformation_municipality_oktmo")),
    )
    op.create_table(
        "account",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("login_key", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("last_sign_in_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login_key", name=op.f("uq_account_login_key")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_person_id"), ["person_id"], unique=False)

    op.create_table(
        "act_relation",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "AMENDS",
                "REPEALS",
                "REPLACES",
                "APPROVES",
                "BASED_ON",
                "LAUNCHES",
                "AWARDS",
                "TERMINATES",
                name="relation_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("target_ref", sa.String(length=200), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(target_id IS NULL) <> (target_ref IS NULL)", name=op.f("ck_act_relation_one_target")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["act.id"], name=op.f("fk_act_relation_source_id")),
        sa.ForeignKeyConstraint(["target_id"], ["act.id"], name=op.f("fk_act_relation_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_relation")),
        sa.UniqueConstraint(
            "source_id", "type", "target_id", name=op.f("uq_act_relation_source_id_type_target_id")
        ),
    )
    with op.batch_alter_table("act_relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_relation_target_id"), ["target_id"], unique=False)

    op.create_table(
        "agreement_party",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_agreement_party_organisation_id")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "organisation_id", name=op.f("pk_agreement_party")),
    )
    with op.batch_alter_table("agreement_party", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_party_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "agreement_scan",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_scan_agreement_id")
        ),
        sa.PrimaryKeyConstraint("agreement_id", name=op.f("pk_agreement_scan")),
    )
    op.create_table(
        "membership",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "AGREEMENT",
                "TERRITORY",
                name="membership_basis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_membership_agreement_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_membership_agreement_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("ix_membership_days", ["valid_from", "valid_to"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "organisation_name",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.String(length=500), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_organisation_name_act_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_name_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_name")),
        sa.UniqueConstraint(
            "organisation_id", "valid_from", name=op.f("uq_organisation_name_organisation_id_valid_from")
        ),
    )
    op.create_table(
        "platform_party",
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "HOLDER", "MEMBER", name="party_role", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_platform_party_organisation_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_platform_party_platform_id")),
        sa.PrimaryKeyConstraint("platform_id", "organisation_id", name=op.f("pk_platform_party")),
    )
    with op.batch_alter_table("platform_party", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_platform_party_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "resource_centre",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_resource_centre_capacity")),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_resource_centre_act_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_resource_centre_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_centre")),
        sa.UniqueConstraint(
            "organisation_id", "valid_from", name=op.f("uq_resource_centre_organisation_id_valid_from")
        ),
    )
    op.create_table(
        "status_period",
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_status_period_act_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_status_period_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_period")),
    )
    with op.batch_alter_table("status_period", schema=None) as batch_op:
        batch_op.create_index(
            "ix_status_period_days", ["valid_from", "valid_to", "platform_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_status_period_platform_id"), ["platform_id"], unique=False)

    op.create_table(
        "status_proposal",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("edition_title", sa.String(length=500), nullable=False),
        sa.Column("nomination_code", sa.String(length=40), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("co_applicant_ids", Json, nullable=False),
        sa.Column("platform_id", sa.Uuid(), nullable=True),
        sa.Column(
            "platform_kind",
            sa.Enum(
                "MUNICIPAL",
                "MUNICIPAL_NETWORK",
                "KRAI",
                "KRAI_EXPERIMENTAL",
                "FEDERAL",
                "PARTNER",
                "FGOS_PILOT",
                name="platform_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("topic", sa.String(length=1000), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "AWARD_STATUS",
                "EXTEND",
                "COMPLETE",
                "TERMINATE",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("protocol_number", sa.String(length=100), nullable=False),
        sa.Column("protocol_date", sa.Date(), nullable=False),
        sa.Column("final_score", DecimalText(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "WAITING",
                "ENACTED",
                "DECLINED",
                name="proposal_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_status_proposal_act_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_proposal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_status_proposal_entry_id")),
    )
    with op.batch_alter_table("status_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_proposal_state"), ["state"], unique=False)

    op.create_table(
        "status_record",
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "AWARD",
                "EXTEND",
                "SUSPEND",
                "RESUME",
                "EXPIRE",
                "COMPLETE",
                "TERMINATE",
                "DECLINE",
                name="status_step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("basis", sa.String(length=300), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_status_record_act_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_status_record_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_record")),
        sa.UniqueConstraint("platform_id", "ordinal", name=op.f("uq_status_record_platform_id_ordinal")),
    )
    with op.batch_alter_table("status_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_record_act_id"), ["act_id"], unique=False)

    op.create_table(
        "transformation_step",
        sa.Column("transformation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "NOT_STARTED",
                "ANALYSIS",
                "AGREEMENT_SIGNED",
                "ROADMAP_APPROVED",
                "STAFF_TRAINED",
                "FIRST_PLATFORM",
                "TRANSFORMED",
                "PAUSED",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("evidence", Json, nullable=False),
        sa.Column("historical", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transformation_id"],
            ["transformation.id"],
            name=op.f("fk_transformation_step_transformation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transformation_step")),
    )
    with op.batch_alter_table("transformation_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transformation_step_transformation_id"), ["transformation_id"], unique=False
        )

    op.create_table(
        "account_grant",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "SYSTEM_ADMIN",
                "OPERATOR",
                "SECRETARY",
                "COUNCIL",
                "EXPERT",
                "TMS",
                "EDU_AUTHORITY",
                "ORGANISATION",
                "IRO",
                "PARTICIPANT",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_grant_account_id")),
        sa.ForeignKeyConstraint(
            ["municipality_oktmo"], ["municipality.oktmo"], name=op.f("fk_account_grant_municipality_oktmo")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_account_grant_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_grant")),
    )
    with op.batch_alter_table("account_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_grant_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("account_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_grant_account_id"))

    op.drop_table("account_grant")
    with op.batch_alter_table("transformation_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transformation_step_transformation_id"))

    op.drop_table("transformation_step")
    with op.batch_alter_table("status_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_status_record_act_id"))

    op.drop_table("status_record")
    with op.batch_alter_table("status_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_status_proposal_state"))

    op.drop_table("status_proposal")
    with op.batch_alter_table("status_period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_status_period_platform_id"))
        batch_op.drop_index("ix_status_period_days")

    op.drop_table("status_period")
    op.drop_table("resource_centre")
    with op.batch_alter_table("platform_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_platform_party_organisation_id"))

    op.drop_table("platform_party")
    op.drop_table("organisation_name")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))
        batch_op.drop_index("ix_membership_days")

    op.drop_table("membership")
    op.drop_table("agreement_scan")
    with op.batch_alter_table("agreement_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_party_organisation_id"))

    op.drop_table("agreement_party")
    with op.batch_alter_table("act_relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_act_relation_target_id"))

    op.drop_table("act_relation")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_person_id"))

    op.drop_table("account")
    op.drop_table("transformation")
    with op.batch_alter_table("platform", schema=None) as batch_op:
        batch_op.drop_index("ix_platform_topic")
        batch_op.drop_index("ix_platform_state")
        batch_op.drop_index(batch_op.f("ix_platform_municipality_oktmo"))
        batch_op.drop_index(batch_op.f("ix_platform_curator_id"))

    op.drop_table("platform")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_search_key"))
        batch_op.drop_index(batch_op.f("ix_person_organisation_id"))

    op.drop_table("person")
    with op.batch_alter_table("organisation_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_role_role"))

    op.drop_table("organisation_role")
    with op.batch_alter_table("organisation_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_alias_search_key"))

    op.drop_table("organisation_alias")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index("ix_agreement_parties")
        batch_op.drop_index(batch_op.f("ix_agreement_municipality_oktmo"))
        batch_op.drop_index("ix_agreement_in_force")

    op.drop_table("agreement")
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_act_issuer_id"))
        batch_op.drop_index(batch_op.f("ix_act_date"))

    op.drop_table("act")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_organisation_name",
            sqlite_where=sa.text("state = 'ACTIVE'"),
            postgresql_where=sa.text("state = 'ACTIVE'"),
        )
        batch_op.drop_index("ix_organisation_territory")

    op.drop_table("organisation")
    op.drop_table("org_count")
    op.drop_table("municipality_version")
    op.drop_table("signing_key")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_as_of"))

    op.drop_table("report")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unsent",
            postgresql_where=sa.text("published_at IS NULL"),
            sqlite_where=sa.text("published_at IS NULL"),
        )

    op.drop_table("outbox")
    op.drop_table("municipality")
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
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_state"))

    op.drop_table("edition")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_object_id"))
        batch_op.drop_index(batch_op.f("ix_audit_at"))

    op.drop_table("audit")
