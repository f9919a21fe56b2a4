"""Sessions of councils: states, seats, agenda, ballots, conflicts, signatures (BR-56, BR-57, BR-58, BR-62).

A protocol recorded before was signed on paper; it is published when the results of its edition are. Going back
keeps what the older tables can hold: protocols that were never signed and decisions that do not bind are dropped.

Revision: x0009
"""

import sqlalchemy as sa
from alembic import op

from shared.db import UtcDateTime

revision = "x0009"
down_revision = "x0007"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


ON_PAPER = "Протокол подписан на бумаге"


def upgrade() -> None:
    _widen_protocol()
    _widen_decision()
    op.create_table(
        "agenda_item",
        sa.Column("protocol_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=True),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("spoke", sa.Text(), nullable=False),
        sa.Column("resolved", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_agenda_item_position")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_agenda_item_nomination_id")
        ),
        sa.ForeignKeyConstraint(["protocol_id"], ["protocol.id"], name=op.f("fk_agenda_item_protocol_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index("ix_agenda_item_protocol_id", "agenda_item", ["protocol_id"])
    op.create_table(
        "attendee",
        sa.Column("protocol_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", _enum("seat_role", "CHAIR", "SECRETARY", "MEMBER", "OBSERVER"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("presence", _enum("presence", "PRESENT", "REMOTE", "ABSENT"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["protocol_id"], ["protocol.id"], name=op.f("fk_attendee_protocol_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendee")),
        sa.UniqueConstraint("protocol_id", "person_id", name=op.f("uq_attendee_protocol_id_person_id")),
    )
    op.create_index("ix_attendee_person_id", "attendee", ["person_id"])
    op.create_table(
        "ballot",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("choice", _enum("vote_choice", "FOR", "AGAINST", "ABSTAIN"), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_ballot_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("decision_id", "person_id", name=op.f("uq_ballot_decision_id_person_id")),
    )
    op.create_table(
        "council_conflict",
        sa.Column("protocol_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "bar", _enum("vote_bar", "SAME_ORG", "AUTHOR", "SAME_NOMINATION", "DECLARED"), nullable=False
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_council_conflict_entry_id")),
        sa.ForeignKeyConstraint(
            ["protocol_id"], ["protocol.id"], name=op.f("fk_council_conflict_protocol_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_conflict")),
        sa.UniqueConstraint(
            "protocol_id",
            "entry_id",
            "person_id",
            name=op.f("uq_council_conflict_protocol_id_entry_id_person_id"),
        ),
    )
    op.create_table(
        "protocol_signature",
        sa.Column("protocol_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["protocol_id"], ["protocol.id"], name=op.f("fk_protocol_signature_protocol_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol_signature")),
        sa.UniqueConstraint(
            "protocol_id", "person_id", name=op.f("uq_protocol_signature_protocol_id_person_id")
        ),
    )


def _widen_protocol() -> None:
    state = _enum("protocol_state", "DRAFT", "ON_SIGNING", "SIGNED", "PUBLISHED")
    with op.batch_alter_table("protocol") as batch_op:
        batch_op.add_column(sa.Column("council_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("state", state, nullable=True))
        batch_op.add_column(sa.Column("place", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("started_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("chair_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("secretary_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("content_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("paper_note", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("supersedes_id", sa.Uuid(), nullable=True))
    protocol = sa.table("protocol", sa.column("state"), sa.column("paper_note"), sa.column("edition_id"))
    edition = sa.table("contest_edition", sa.column("id"), sa.column("published_at"))
    told = sa.select(edition.c.id).where(edition.c.published_at.is_not(None))
    op.execute(
        protocol.update().values(
            state=sa.case((protocol.c.edition_id.in_(told), "PUBLISHED"), else_="SIGNED"), paper_note=ON_PAPER
        )
    )
    with op.batch_alter_table("protocol") as batch_op:
        batch_op.drop_constraint(op.f("ck_protocol_quorum"), type_="check")
        batch_op.alter_column("state", existing_type=sa.String(length=40), nullable=False)
        batch_op.alter_column("place", server_default=None)
        batch_op.alter_column("snapshot_hash", existing_type=sa.String(length=64), nullable=True)
        batch_op.create_check_constraint(
            op.f("ck_protocol_quorum"),
            "state = 'DRAFT' OR (present * 2 > members_total AND present <= members_total)",
        )
        batch_op.create_check_constraint(
            op.f("ck_protocol_frozen"), "(state = 'DRAFT') = (snapshot_hash IS NULL)"
        )
        batch_op.create_check_constraint(
            op.f("ck_protocol_whose"), "council_id IS NOT NULL OR paper_note IS NOT NULL"
        )
        batch_op.create_foreign_key(op.f("fk_protocol_council_id"), "council", ["council_id"], ["id"])
        batch_op.create_foreign_key(op.f("fk_protocol_supersedes_id"), "protocol", ["supersedes_id"], ["id"])
        batch_op.create_unique_constraint(op.f("uq_protocol_supersedes_id"), ["supersedes_id"])
        batch_op.create_index("ix_protocol_council_id", ["council_id"])


def _widen_decision() -> None:
    with op.batch_alter_table("decision") as batch_op:
        batch_op.add_column(sa.Column("title_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("tie_votes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("hand_note", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("in_force", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("decision") as batch_op:
        batch_op.alter_column("in_force", server_default=None)
        batch_op.drop_constraint(op.f("ck_decision_votes"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_decision_votes"),
            "votes_for >= 0 AND votes_against >= 0 AND abstained >= 0 AND tie_votes >= 0",
        )
        batch_op.create_check_constraint(op.f("ck_decision_adopted"), "NOT in_force OR votes_for > 0")
        batch_op.drop_constraint(op.f("uq_decision_entry_id"), type_="unique")
        batch_op.drop_index("ix_decision_protocol_id")
        batch_op.create_unique_constraint(
            op.f("uq_decision_protocol_id_entry_id"), ["protocol_id", "entry_id"]
        )
        batch_op.create_index("ix_decision_entry_id", ["entry_id"])
    in_force = sa.text("in_force")
    op.create_index(
        "uq_decision_in_force",
        "decision",
        ["entry_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def downgrade() -> None:
    op.drop_table("protocol_signature")
    op.drop_table("council_conflict")
    op.drop_table("ballot")
    op.drop_index("ix_attendee_person_id", table_name="attendee")
    op.drop_table("attendee")
    op.drop_index("ix_agenda_item_protocol_id", table_name="agenda_item")
    op.drop_table("agenda_item")
    decision = sa.table("decision", sa.column("in_force"), sa.column("protocol_id"))
    op.execute(decision.delete().where(sa.not_(decision.c.in_force)))
    op.drop_index("uq_decision_in_force", table_name="decision")
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_constraint(op.f("ck_decision_votes"), type_="check")
        batch_op.drop_constraint(op.f("ck_decision_adopted"), type_="check")
        batch_op.drop_constraint(op.f("uq_decision_protocol_id_entry_id"), type_="unique")
        batch_op.drop_index("ix_decision_entry_id")
        batch_op.create_check_constraint(
            op.f("ck_decision_votes"), "votes_for > 0 AND votes_against >= 0 AND abstained >= 0"
        )
        batch_op.create_unique_constraint(op.f("uq_decision_entry_id"), ["entry_id"])
        batch_op.create_index("ix_decision_protocol_id", ["protocol_id"])
        for column in ("title_reason", "tie_votes", "hand_note", "in_force"):
            batch_op.drop_column(column)
    protocol = sa.table("protocol", sa.column("id"), sa.column("state"), sa.column("supersedes_id"))
    op.execute(protocol.update().values(supersedes_id=None))
    op.execute(protocol.delete().where(protocol.c.state.in_(["DRAFT", "ON_SIGNING"])))
    with op.batch_alter_table("protocol") as batch_op:
        batch_op.drop_constraint(op.f("ck_protocol_quorum"), type_="check")
        batch_op.drop_constraint(op.f("ck_protocol_frozen"), type_="check")
        batch_op.drop_constraint(op.f("ck_protocol_whose"), type_="check")
        batch_op.drop_constraint(op.f("fk_protocol_council_id"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_protocol_supersedes_id"), type_="foreignkey")
        batch_op.drop_constraint(op.f("uq_protocol_supersedes_id"), type_="unique")
        batch_op.drop_constraint("protocol_state", type_="check")
        batch_op.drop_index("ix_protocol_council_id")
        batch_op.create_check_constraint(
            op.f("ck_protocol_quorum"), "present * 2 > members_total AND present <= members_total"
        )
        batch_op.alter_column("snapshot_hash", existing_type=sa.String(length=64), nullable=False)
        for column in (
            "council_id",
            "state",
            "place",
            "started_at",
            "ended_at",
            "chair_id",
            "secretary_id",
            "content_hash",
            "paper_note",
            "supersedes_id",
        ):
            batch_op.drop_column(column)
