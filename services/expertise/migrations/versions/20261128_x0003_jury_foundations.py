"""The log of an edition, printed papers, files of entries, councils (F6, BR-67, model 3.2).

Revision: x0003
"""

import sqlalchemy as sa
from alembic import op

from shared.db import UtcDateTime
from shared.migrate import append_only, drop_append_only

revision = "x0003"
down_revision = "x0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_count",
        sa.Column(
            "kind",
            sa.Enum(
                "D01_EXPERT_PROTOCOL",
                "D02_CONCLUSION",
                "D03_SHEET",
                "D04_TECHNICAL_ACT",
                "D05_RATING",
                "D06_COORDINATION_PROTOCOL",
                "D09_DIPLOMA",
                "D18_APPLICATION",
                "D21_APPEAL_DECISION",
                name="paper_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_paper_count")),
    )
    op.create_table(
        "council",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "EXPERT",
                "COORDINATION",
                "JURY",
                "APPEAL",
                name="council_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["contest_edition.id"], name=op.f("fk_council_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
        sa.UniqueConstraint("edition_id", "kind", name=op.f("uq_council_edition_id_kind")),
    )
    op.create_table(
        "ledger_count",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["contest_edition.id"], name=op.f("fk_ledger_count_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_ledger_count")),
    )
    op.create_table(
        "ledger_line",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "EDITION_STAGE",
                "EDITION_RULES",
                "RUBRIC_FROZEN",
                "ENTRY_SUBMITTED",
                "ENTRY_REGISTERED",
                "ENTRY_CHECKED",
                "ENTRY_CHANGED",
                "FILE_ADDED",
                "ASSIGNED",
                "ASSIGNMENT_ACCEPTED",
                "ASSIGNMENT_ENDED",
                "CONFLICT_DECLARED",
                "CONFLICT_WAIVED",
                "SHEET_COMMITTED",
                "SHEET_OPENED",
                "SHEET_CANCELLED",
                "COUNCIL_CHANGED",
                "VOTE",
                "DECISION",
                "PROTOCOL_SIGNED",
                "PROTOCOL_PUBLISHED",
                "RESULTS_PUBLISHED",
                "APPEAL_FILED",
                "APPEAL_DECIDED",
                "RESULTS_FINAL",
                "PAPER_ISSUED",
                name="ledger_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["contest_edition.id"], name=op.f("fk_ledger_line_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "seq", name=op.f("pk_ledger_line")),
    )
    with op.batch_alter_table("ledger_line", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_line_subject_id", ["subject_id"], unique=False)

    op.create_table(
        "ledger_salt",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["contest_edition.id"], name=op.f("fk_ledger_salt_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_salt")),
        sa.UniqueConstraint("commitment", name=op.f("uq_ledger_salt_commitment")),
    )
    with op.batch_alter_table("ledger_salt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_salt_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "paper",
        sa.Column(
            "kind",
            sa.Enum(
                "D01_EXPERT_PROTOCOL",
                "D02_CONCLUSION",
                "D03_SHEET",
                "D04_TECHNICAL_ACT",
                "D05_RATING",
                "D06_COORDINATION_PROTOCOL",
                "D09_DIPLOMA",
                "D18_APPLICATION",
                "D21_APPEAL_DECISION",
                name="paper_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ISSUED",
                "CANCELLED",
                name="paper_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("cancel_reason", sa.String(length=500), nullable=True),
        sa.Column("verify_code", sa.String(length=20), nullable=False),
        sa.Column("docx_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("docx", sa.LargeBinary(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'CANCELLED') = (cancel_reason IS NOT NULL)",
            name=op.f("ck_paper_cancelled_for_a_reason"),
        ),
        sa.CheckConstraint("(docx IS NULL) = (pdf IS NULL)", name=op.f("ck_paper_both_files")),
        sa.ForeignKeyConstraint(["edition_id"], ["contest_edition.id"], name=op.f("fk_paper_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_paper_kind_number")),
        sa.UniqueConstraint("verify_code", name=op.f("uq_paper_verify_code")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index("ix_paper_object", ["object_id", "kind"], unique=False)

    op.create_table(
        "council_member",
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "CHAIR",
                "SECRETARY",
                "MEMBER",
                name="council_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_council_member_council_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_member")),
        sa.UniqueConstraint("council_id", "person_id", name=op.f("uq_council_member_council_id_person_id")),
    )
    with op.batch_alter_table("council_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "entry_file",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "APPLICATION",
                "PROGRAMME",
                "CALENDAR_PLAN",
                "COLLEGIAL_DECISION",
                "FOUNDER_APPROVAL",
                "REPORT",
                "PRODUCT",
                "OTHER",
                name="attachment_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("masked_of", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_entry_file_size")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_file_entry_id")),
        sa.ForeignKeyConstraint(["masked_of"], ["entry_file.id"], name=op.f("fk_entry_file_masked_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_file")),
    )
    with op.batch_alter_table("entry_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_file_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_file_masked_of"), ["masked_of"], unique=False)

    append_only("ledger_line")


def downgrade() -> None:
    drop_append_only("ledger_line")
    with op.batch_alter_table("entry_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_file_masked_of"))
        batch_op.drop_index(batch_op.f("ix_entry_file_entry_id"))

    op.drop_table("entry_file")
    with op.batch_alter_table("council_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_member_person_id"))

    op.drop_table("council_member")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index("ix_paper_object")
        batch_op.drop_index(batch_op.f("ix_paper_edition_id"))

    op.drop_table("paper")
    with op.batch_alter_table("ledger_salt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_salt_edition_id"))

    op.drop_table("ledger_salt")
    with op.batch_alter_table("ledger_line", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_line_subject_id")

    op.drop_table("ledger_line")
    op.drop_table("ledger_count")
    op.drop_table("council")
    op.drop_table("paper_count")
