"""The search: one row per thing, a full-text index of each kind of database.

Revision: 0006
"""

import sqlalchemy as sa
from alembic import op

from services.registry.model.search import Stems

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: SQLite's index stands beside the table; triggers keep the two together.
SQLITE = (
    """
    CREATE VIRTUAL TABLE search_entry_fts USING fts5(
        stems, content='search_entry', content_rowid='seq', tokenize='unicode61 remove_diacritics 0'
    )
    """,
    """
    CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_entry_fts (rowid, stems) VALUES (new.seq, new.stems);
    END
    """,
    """
    CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_entry_fts (search_entry_fts, rowid, stems) VALUES ('delete', old.seq, old.stems);
    END
    """,
    """
    CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_entry_fts (search_entry_fts, rowid, stems) VALUES ('delete', old.seq, old.stems);
        INSERT INTO search_entry_fts (rowid, stems) VALUES (new.seq, new.stems);
    END
    """,
)


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "ORGANISATION",
                "PLATFORM",
                "ACT",
                "AGREEMENT",
                "MUNICIPALITY",
                "PERSON",
                name="search_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("subtitle", sa.String(length=1000), nullable=False),
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("number", sa.String(length=220), nullable=True),
        sa.Column("stems", Stems(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_search_entry_subject_id")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index("ix_search_entry_key", ["key"], unique=False)
        batch_op.create_index("ix_search_entry_number", ["number"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_search_entry_stems", "search_entry", ["stems"], postgresql_using="gin")
    else:
        for statement in SQLITE:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_search_entry_stems", "search_entry")
    else:
        for name in ("added", "removed", "changed"):
            op.execute(f"DROP TRIGGER search_entry_{name}")
        op.execute("DROP TABLE search_entry_fts")
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_search_entry_number")
        batch_op.drop_index("ix_search_entry_key")

    op.drop_table("search_entry")
