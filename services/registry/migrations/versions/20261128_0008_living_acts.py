"""Acts: term, summary, address, file, drafts; relations with clauses, things of the registry and withdrawal.

Revision: 0008
"""

from datetime import UTC, date, datetime
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from uuid6 import uuid7

from shared.db import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

#: The end of the recording time of what is known now.
UNTIL = datetime(9999, 1, 1, tzinfo=UTC)
_LIVE = sa.text("withdrawn_at IS NULL AND target_id IS NOT NULL")
_KINDS = (
    *("LAW", "GOVERNMENT_DECREE", "DECREE", "ORDER", "DISPOSITION"),
    *("LETTER", "RESOLUTION", "REGULATION", "OTHER"),
)


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


_act = sa.table(
    "act",
    sa.column("id", sa.Uuid()),
    sa.column("in_force_from", sa.Date()),
    sa.column("in_force_to", sa.Date()),
    sa.column("created_at", UtcDateTime()),
)
_relation = sa.table(
    "act_relation",
    sa.column("id", sa.Uuid()),
    sa.column("source_id", sa.Uuid()),
    sa.column("target_id", sa.Uuid()),
    sa.column("type", sa.String()),
    sa.column("recorded_at", UtcDateTime()),
)
_fact = sa.table(
    "fact",
    *(sa.column(name, sa.Uuid()) for name in ("id", "subject_id", "act_id")),
    *(sa.column(name, sa.String()) for name in ("kind", "item", "value", "key", "basis")),
    *(sa.column(name, sa.Date()) for name in ("valid_from", "valid_to")),
    *(sa.column(name, UtcDateTime()) for name in ("recorded_from", "recorded_to")),
)


def _made_at(key: UUID) -> datetime:
    """When a row was made: its key says so (UUID version 7)."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)


def _tell_force(connection: sa.Connection) -> None:
    """Tell as facts from when to when acts are in force; a repeal is known since it was entered."""
    told = set(connection.scalars(sa.select(_fact.c.subject_id).where(_fact.c.kind == "ACT_FORCE")))
    source = _act.alias()
    endings: dict[UUID, tuple[UUID, datetime]] = {}
    for target, source_id, relation_id in connection.execute(
        sa.select(_relation.c.target_id, source.c.id, _relation.c.id)
        .join(source, source.c.id == _relation.c.source_id)
        .where(_relation.c.type.in_(["REPEALS", "REPLACES"]), _relation.c.target_id.is_not(None))
        .order_by(source.c.in_force_from.desc())
    ):
        endings[target] = (source_id, _made_at(relation_id))
    said = []
    for row in connection.execute(sa.select(_act)).all():
        if row.id in told:
            continue
        always = {
            "subject_id": row.id,
            "kind": "ACT_FORCE",
            "item": "",
            "value": "IN_FORCE",
            "key": "IN_FORCE",
            "valid_from": row.in_force_from,
            "basis": "ACT",
        }
        by, known = endings.get(row.id, (row.id, UNTIL))
        if row.in_force_to is None:
            known = UNTIL
        known = max(known, row.created_at)
        said.append(
            {
                **always,
                "id": uuid7(),
                "act_id": row.id,
                "valid_to": date.max,
                "recorded_from": row.created_at,
                "recorded_to": known,
            }
        )
        if row.in_force_to is not None and row.in_force_to > row.in_force_from:
            said.append(
                {
                    **always,
                    "id": uuid7(),
                    "act_id": by,
                    "valid_to": row.in_force_to,
                    "recorded_from": known,
                    "recorded_to": UNTIL,
                }
            )
    if said:
        connection.execute(sa.insert(_fact), said)


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
    for (key,) in op.get_bind().execute(sa.select(_relation.c.id)).all():
        op.get_bind().execute(
            sa.update(_relation).where(_relation.c.id == key).values(recorded_at=_made_at(key))
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

    _tell_force(op.get_bind())
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
