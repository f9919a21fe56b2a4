"""Printed papers; consents, requests, readings and erasures of personal data.

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

from shared.db import Json, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PAPER_KINDS = (
    "D07_ORDER_DRAFT",
    "D11_ROADMAP",
    "D13_AGREEMENT",
    "D14_DESTRUCTION",
    "D15_CONSENT",
    "D19_EXTRACT",
    "D20_BIBLIOGRAPHY",
)
PURPOSES = ("PROCESSING", "DISTRIBUTION", "PHOTO_VIDEO", "CROSS_BORDER")
APPEND_ONLY = ("reading", "reading_person")


def codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "paper_count",
        sa.Column("kind", codes("paper_kind", *PAPER_KINDS), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_paper_count")),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", codes("paper_kind", *PAPER_KINDS), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("state", codes("paper_state", "ISSUED", "CANCELLED"), nullable=False),
        sa.Column("cancel_reason", sa.String(length=500), nullable=True),
        sa.Column("verify_code", sa.String(length=20), nullable=False),
        sa.Column("docx_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("docx", sa.LargeBinary(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'CANCELLED') = (cancel_reason IS NOT NULL)",
            name=op.f("ck_paper_cancelled_for_a_reason"),
        ),
        sa.CheckConstraint("(docx IS NULL) = (pdf IS NULL)", name=op.f("ck_paper_both_files")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_paper_kind_number")),
        sa.UniqueConstraint("verify_code", name=op.f("uq_paper_verify_code")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index("ix_paper_object", ["object_id", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_person_id"), ["person_id"], unique=False)
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_on", sa.Date(), nullable=True))
    consents()
    processing()
    readings()
    erasures()


def consents() -> None:
    """Texts of consents, consents, their scans."""
    op.create_table(
        "consent_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", codes("consent_purpose", *PURPOSES), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint("purpose", "version", name=op.f("uq_consent_text_purpose_version")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", codes("consent_purpose", *PURPOSES), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("categories", Json, nullable=False),
        sa.Column("method", codes("consent_method", "CABINET", "PAPER"), nullable=False),
        sa.Column("state", codes("consent_state", "GIVEN", "WITHDRAWN", "ERASED", "EXPIRED"), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("erased_note", sa.String(length=500), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_on IS NOT NULL) = (state IN ('WITHDRAWN', 'ERASED'))",
            name=op.f("ck_consent_withdrawn_on"),
        ),
        sa.CheckConstraint("(erased_on IS NOT NULL) = (state = 'ERASED')", name=op.f("ck_consent_erased_on")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > given_on", name=op.f("ck_consent_term")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.ForeignKeyConstraint(["text_id"], ["consent_text.id"], name=op.f("fk_consent_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_consent_person_purpose_given",
            ["person_id", "purpose"],
            unique=True,
            sqlite_where=sa.text("state = 'GIVEN'"),
            postgresql_where=sa.text("state = 'GIVEN'"),
        )
    op.create_table(
        "consent_scan",
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_scan_consent_id")),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_consent_scan")),
    )


def processing() -> None:
    """Bases and terms, requests of people."""
    op.create_table(
        "processing",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("basis", codes("legal_basis", "CONSENT", "CONTRACT", "LEGAL_DUTY"), nullable=False),
        sa.Column("basis_note", sa.String(length=500), nullable=True),
        sa.Column("purpose_reached_on", sa.Date(), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("keep_basis", sa.String(length=500), nullable=True),
        sa.Column("anonymisation_keeps", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(keep_until IS NULL) = (keep_basis IS NULL)", name=op.f("ck_processing_term_with_its_basis")
        ),
        sa.CheckConstraint(
            "keep_until IS NOT NULL OR NOT anonymisation_keeps",
            name=op.f("ck_processing_anonymisation_keeps"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_processing_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_processing")),
    )
    op.create_table(
        "personal_data_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", codes("request_kind", "EXPORT", "ERASURE"), nullable=False),
        sa.Column("state", codes("request_state", "NEW", "DONE", "REFUSED"), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'REFUSED') = (reason IS NOT NULL)",
            name=op.f("ck_personal_data_request_refused_for_a_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'NEW') = (answered_on IS NULL)", name=op.f("ck_personal_data_request_answered_on")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_personal_data_request_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_data_request")),
    )
    with op.batch_alter_table("personal_data_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_personal_data_request_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_personal_data_request_new",
            ["person_id", "kind"],
            unique=True,
            sqlite_where=sa.text("state = 'NEW'"),
            postgresql_where=sa.text("state = 'NEW'"),
        )


def readings() -> None:
    """Who looked at whose data, append only (BR-71)."""
    op.create_table(
        "reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("reader_id", sa.Uuid(), nullable=True),
        sa.Column(
            "screen",
            codes("screen", "PERSON", "PEOPLE", "ACCOUNTS", "PRIVACY", "EXPORT", "DISCLOSURE"),
            nullable=False,
        ),
        sa.Column(
            "purpose",
            codes("reading_purpose", "REGISTER", "ACCOUNTS", "RIGHTS", "DISCLOSURE", "INSPECTION"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_reader_id"), ["reader_id"], unique=False)
    op.create_table(
        "reading_person",
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_reading_person_reading_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reading_person_person_id")),
        sa.PrimaryKeyConstraint("reading_id", "person_id", name=op.f("pk_reading_person")),
    )
    with op.batch_alter_table("reading_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_person_person_id"), ["person_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for event in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'append only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append only: %', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )


def erasures() -> None:
    """Acts of destruction, incidents, the policy."""
    op.create_table(
        "erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            codes("erasure_reason", "WITHDRAWAL", "PURPOSE_REACHED", "REQUEST", "UNLAWFUL"),
            nullable=False,
        ),
        sa.Column("categories", Json, nullable=False),
        sa.Column("kept", sa.String(length=500), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("extract", sa.LargeBinary(), nullable=False),
        sa.Column("extract_sha256", sa.String(length=64), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_erasure_person_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_erasure_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("number", name=op.f("uq_erasure_number")),
        sa.UniqueConstraint("person_id", name=op.f("uq_erasure_person_id")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", codes("incident_kind", "LEAK", "UNLAWFUL_PROCESSING"), nullable=False),
        sa.Column("discovered_at", UtcDateTime(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closing_note IS NULL)", name=op.f("ck_incident_closed_with_a_note")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_discovered_at"), ["discovered_at"], unique=False)
    op.create_table(
        "policy_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_text")),
        sa.UniqueConstraint("version", name=op.f("uq_policy_text_version")),
    )


def downgrade() -> None:
    for table in (
        "policy_text",
        "incident",
        "erasure",
        "reading_person",
        "reading",
        "personal_data_request",
        "processing",
        "consent_scan",
        "consent",
        "consent_text",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION append_only()")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("erased_on")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_person_id"))
        batch_op.drop_index("ix_paper_object")
    op.drop_table("paper")
    op.drop_table("paper_count")
