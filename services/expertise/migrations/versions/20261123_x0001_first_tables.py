"""All tables of expertise.

Revision: x0001
After: nothing
Made: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

from shared.db import DecimalText, Json, UtcDateTime

revision = "x0001"
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
        "contest_series",
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organiser_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "MUNICIPAL",
                "KRAI",
                "FEDERAL",
                name="contest_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "ordinal_style",
            sa.Enum(
                "ROMAN", "ARABIC", name="ordinal_style", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_series")),
        sa.UniqueConstraint("code", name=op.f("uq_contest_series_code")),
    )
    op.create_table(
        "expert_profile",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "LEAD",
                "SENIOR",
                "BASE",
                name="expert_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("max_load", sa.Integer(), nullable=False),
        sa.Column("specialities", Json, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("max_load > 0", name=op.f("ck_expert_profile_max_load")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_profile")),
        sa.UniqueConstraint("person_id", name=op.f("uq_expert_profile_person_id")),
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
        "known_account",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("grants", Json, nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_account")),
    )
    op.create_table(
        "known_key",
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("public_pem", sa.Text(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_known_key_kid")),
    )
    op.create_table(
        "municipality",
        sa.Column("oktmo", sa.String(length=8), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("oktmo", name=op.f("uq_municipality_oktmo")),
    )
    op.create_table(
        "organisation",
        sa.Column("full_name", sa.String(length=500), nullable=False),
        sa.Column("short_name", sa.String(length=300), nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
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
        "person",
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("middle_name", sa.String(length=100), nullable=True),
        sa.Column("position", sa.String(length=300), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "platform",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("holder_ids", Json, nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform")),
    )
    op.create_table(
        "rubric",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("criteria", Json, nullable=False),
        sa.Column("scale", Json, nullable=False),
        sa.Column("frozen_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_rubric_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_rubric_code_number")),
    )
    op.create_table(
        "contest_edition",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "ANNOUNCED",
                "ACCEPTING",
                "TECHNICAL",
                "CORRESPONDENCE",
                "IN_PERSON",
                "DECISION",
                "APPEALS",
                "COMPLETED",
                "ARCHIVED",
                "CANCELLED",
                name="edition_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("policy", Json, nullable=False),
        sa.Column("act_ref", sa.String(length=300), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_contest_edition_dates")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["contest_series.id"], name=op.f("fk_contest_edition_series_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_edition")),
        sa.UniqueConstraint("series_id", "ordinal", name=op.f("uq_contest_edition_series_id_ordinal")),
    )
    with op.batch_alter_table("contest_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contest_edition_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_contest_edition_series_id_year",
            ["series_id", "year"],
            unique=True,
            sqlite_where=sa.text("ordinal IS NULL"),
            postgresql_where=sa.text("ordinal IS NULL"),
        )

    op.create_table(
        "nomination",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column(
            "entry_kind",
            sa.Enum(
                "PROJECT",
                "PRODUCT",
                "REPORT",
                "PROGRAMME",
                name="entry_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rubric_id", sa.Uuid(), nullable=False),
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
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("last_number >= 0", name=op.f("ck_nomination_last_number")),
        sa.CheckConstraint("quota > 0", name=op.f("ck_nomination_quota")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["contest_edition.id"], name=op.f("fk_nomination_edition_id")
        ),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubric.id"], name=op.f("fk_nomination_rubric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_nomination_edition_id_code")),
    )
    op.create_table(
        "protocol",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("chair", sa.String(length=200), nullable=False),
        sa.Column("secretary", sa.String(length=200), nullable=False),
        sa.Column("members_total", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("rating_snapshot", Json, nullable=False),
        sa.Column("snapshot_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "present * 2 > members_total AND present <= members_total", name=op.f("ck_protocol_quorum")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["contest_edition.id"], name=op.f("fk_protocol_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol")),
        sa.UniqueConstraint("edition_id", "number", "date", name=op.f("uq_protocol_edition_id_number_date")),
    )
    op.create_table(
        "stage",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "SUBMISSION",
                "TECHNICAL",
                "CORRESPONDENCE",
                "IN_PERSON",
                "DECISION",
                name="stage_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opens_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("weight", DecimalText(), nullable=False),
        sa.Column("min_experts", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_stage_dates")),
        sa.CheckConstraint("min_experts >= 2", name=op.f("ck_stage_min_experts")),
        sa.ForeignKeyConstraint(["edition_id"], ["contest_edition.id"], name=op.f("fk_stage_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sa.UniqueConstraint("edition_id", "kind", name=op.f("uq_stage_edition_id_kind")),
    )
    op.create_table(
        "assignment_run",
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("assigned", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_assignment_run_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_run")),
    )
    with op.batch_alter_table("assignment_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_run_stage_id"), ["stage_id"], unique=False)

    op.create_table(
        "entry",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "PROJECT",
                "PRODUCT",
                "REPORT",
                "PROGRAMME",
                name="entry_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_oktmo", sa.String(length=8), nullable=True),
        sa.Column("platform_id", sa.Uuid(), nullable=True),
        sa.Column("contact_person_id", sa.Uuid(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "REGISTERED",
                "ADMITTED",
                "ADMITTED_WITH_REMARKS",
                "CONDITIONAL",
                "REJECTED",
                "IN_EXPERTISE",
                "REVISION",
                "SCORED",
                "FINALIST",
                "SCORED_FINAL",
                "AWARDED",
                "LAUREATE",
                "DIPLOMA",
                "PARTICIPANT",
                "DECLINED",
                "WITHDRAWN",
                name="entry_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reg_no", sa.String(length=80), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("withdraw_reason", sa.Text(), nullable=True),
        sa.Column("final_score", DecimalText(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column(
            "title",
            sa.Enum(
                "WINNER",
                "PRIZE_WINNER",
                "LAUREATE",
                "DIPLOMA",
                "PARTICIPANT",
                name="result_title",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN state IN ('DRAFT', 'SUBMITTED') THEN reg_no IS NULL"
            " ELSE reg_no IS NOT NULL OR state = 'WITHDRAWN' END",
            name=op.f("ck_entry_reg_no"),
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'WITHDRAWN') OR submitted_at IS NOT NULL", name=op.f("ck_entry_submitted_at")
        ),
        sa.CheckConstraint("rank > 0", name=op.f("ck_entry_rank")),
        sa.ForeignKeyConstraint(["edition_id"], ["contest_edition.id"], name=op.f("fk_entry_edition_id")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_entry_nomination_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("reg_no", name=op.f("uq_entry_reg_no")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index("ix_entry_edition_id_state", ["edition_id", "state"], unique=False)
        batch_op.create_index(
            "ix_entry_nomination_id_applicant_id", ["nomination_id", "applicant_id"], unique=False
        )

    op.create_table(
        "assignment",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "REGULAR",
                "EXTRA",
                name="assignment_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "PROPOSED",
                "ACCEPTED",
                "IN_WORK",
                "DONE",
                "RECUSED",
                "REPLACED",
                name="assignment_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state IN ('PROPOSED', 'RECUSED', 'REPLACED') OR accepted_at IS NOT NULL",
            name=op.f("ck_assignment_accepted_at"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_assignment_entry_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert_profile.id"], name=op.f("fk_assignment_expert_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_assignment_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_expert_id_state", ["expert_id", "state"], unique=False)
        batch_op.create_index("ix_assignment_stage_id_state", ["stage_id", "state"], unique=False)
        batch_op.create_index(
            "uq_assignment_live",
            ["entry_id", "stage_id", "expert_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('RECUSED', 'REPLACED')"),
            postgresql_where=sa.text("state NOT IN ('RECUSED', 'REPLACED')"),
        )

    op.create_table(
        "co_applicant",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_co_applicant_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_applicant")),
        sa.UniqueConstraint(
            "entry_id", "organisation_id", name=op.f("uq_co_applicant_entry_id_organisation_id")
        ),
    )
    with op.batch_alter_table("co_applicant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_co_applicant_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "decision",
        sa.Column("protocol_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "AWARD_STATUS",
                "EXTEND",
                "COMPLETE",
                "TERMINATE",
                "RETURN",
                "DECLINE",
                "RECOMMEND",
                "DIPLOMA",
                "PARTICIPANT",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "title",
            sa.Enum(
                "WINNER",
                "PRIZE_WINNER",
                "LAUREATE",
                "DIPLOMA",
                "PARTICIPANT",
                name="result_title",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("final_score", DecimalText(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "votes_for > 0 AND votes_against >= 0 AND abstained >= 0", name=op.f("ck_decision_votes")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_decision_entry_id")),
        sa.ForeignKeyConstraint(["protocol_id"], ["protocol.id"], name=op.f("fk_decision_protocol_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_decision_entry_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_protocol_id"), ["protocol_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("returned_at", UtcDateTime(), nullable=False),
        sa.Column("old_topic", sa.Text(), nullable=False),
        sa.Column("new_topic", sa.Text(), nullable=True),
        sa.Column("resubmitted_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_revision_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "technical_check",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "ADMITTED",
                "ADMITTED_WITH_REMARKS",
                "CONDITIONAL",
                "REJECTED",
                name="check_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("items", Json, nullable=False),
        sa.Column("fix_until", UtcDateTime(), nullable=True),
        sa.Column("checker_id", sa.Uuid(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("fixed_at", UtcDateTime(), nullable=True),
        sa.Column("fix_note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'CONDITIONAL') = (fix_until IS NOT NULL)", name=op.f("ck_technical_check_fix_until")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_technical_check_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technical_check")),
    )
    with op.batch_alter_table("technical_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_technical_check_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "score_sheet",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "SIGNED",
                "CANCELLED",
                name="sheet_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scores", Json, nullable=False),
        sa.Column("comments", Json, nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("total", DecimalText(), nullable=False),
        sa.Column("percent", DecimalText(), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state <> 'CANCELLED' OR cancel_reason IS NOT NULL", name=op.f("ck_score_sheet_cancel_reason")
        ),
        sa.CheckConstraint(
            "state <> 'SIGNED' OR signed_at IS NOT NULL", name=op.f("ck_score_sheet_signed_at")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_score_sheet_assignment_id")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_score_sheet_entry_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert_profile.id"], name=op.f("fk_score_sheet_expert_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["score_sheet.id"], name=op.f("fk_score_sheet_replaces_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_score_sheet_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_sheet")),
    )
    with op.batch_alter_table("score_sheet", schema=None) as batch_op:
        batch_op.create_index("ix_score_sheet_entry_id_stage_id", ["entry_id", "stage_id"], unique=False)
        batch_op.create_index("ix_score_sheet_stage_id_state", ["stage_id", "state"], unique=False)
        batch_op.create_index(
            "uq_score_sheet_live",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('DRAFT', 'SIGNED')"),
            postgresql_where=sa.text("state IN ('DRAFT', 'SIGNED')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("score_sheet", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_score_sheet_live",
            sqlite_where=sa.text("state IN ('DRAFT', 'SIGNED')"),
            postgresql_where=sa.text("state IN ('DRAFT', 'SIGNED')"),
        )
        batch_op.drop_index("ix_score_sheet_stage_id_state")
        batch_op.drop_index("ix_score_sheet_entry_id_stage_id")

    op.drop_table("score_sheet")
    with op.batch_alter_table("technical_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_technical_check_entry_id"))

    op.drop_table("technical_check")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_entry_id"))

    op.drop_table("revision")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_protocol_id"))

    op.drop_table("decision")
    with op.batch_alter_table("co_applicant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_co_applicant_organisation_id"))

    op.drop_table("co_applicant")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_assignment_live",
            sqlite_where=sa.text("state NOT IN ('RECUSED', 'REPLACED')"),
            postgresql_where=sa.text("state NOT IN ('RECUSED', 'REPLACED')"),
        )
        batch_op.drop_index("ix_assignment_stage_id_state")
        batch_op.drop_index("ix_assignment_expert_id_state")

    op.drop_table("assignment")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_nomination_id_applicant_id")
        batch_op.drop_index("ix_entry_edition_id_state")
        batch_op.drop_index(batch_op.f("ix_entry_applicant_id"))

    op.drop_table("entry")
    with op.batch_alter_table("assignment_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_run_stage_id"))

    op.drop_table("assignment_run")
    op.drop_table("stage")
    op.drop_table("protocol")
    op.drop_table("nomination")
    with op.batch_alter_table("contest_edition", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_contest_edition_series_id_year",
            sqlite_where=sa.text("ordinal IS NULL"),
            postgresql_where=sa.text("ordinal IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_contest_edition_state"))

    op.drop_table("contest_edition")
    op.drop_table("rubric")
    op.drop_table("platform")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_organisation_id"))

    op.drop_table("person")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unsent",
            postgresql_where=sa.text("published_at IS NULL"),
            sqlite_where=sa.text("published_at IS NULL"),
        )

    op.drop_table("outbox")
    op.drop_table("organisation")
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
    op.drop_table("expert_profile")
    op.drop_table("contest_series")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_object_id"))
        batch_op.drop_index(batch_op.f("ix_audit_at"))

    op.drop_table("audit")
