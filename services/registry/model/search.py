"""What the search finds: one row per thing, the same words on both databases.

PostgreSQL searches the stems as a ``tsvector`` under a GIN index; SQLite keeps the full-text table
``search_entry_fts`` beside this one, which triggers of the migration feed.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import db
from services.registry.rules.kinds import SearchKind
from shared.db import enum_column


class Stems(sa.TypeDecorator[str]):
    """Stems of a title and, on the second line, of all the rest; a word of the title weighs more.

    They are made of letters and digits only, hence need no quoting. SQLite's ranking knows no
    weights inside a column, so there the title stands twice.
    """

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else sa.Text())

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        if value is None:
            return None
        title, _, rest = value.partition("\n")
        if dialect.name != "postgresql":
            return f"{title} {title} {rest}"
        weighed = [(word, "A") for word in title.split()] + [(word, "C") for word in rest.split()]
        return " ".join(f"{word}:{place}{weight}" for place, (word, weight) in enumerate(weighed, 1))


class SearchEntry(db.Model):
    """A thing as the search knows it; written in the transaction that changes the thing."""

    __tablename__ = "search_entry"
    __table_args__ = (
        sa.Index("ix_search_entry_stems", "stems", postgresql_using="gin").ddl_if(dialect="postgresql"),
        sa.Index("ix_search_entry_key", "key"),
        sa.Index("ix_search_entry_number", "number"),
    )

    #: A whole number, because SQLite's full-text table knows rows by it.
    seq: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True
    )
    kind: Mapped[SearchKind] = mapped_column(enum_column(SearchKind))
    subject_id: Mapped[UUID] = mapped_column(sa.Uuid(), unique=True)
    #: The last part of the address of the card.
    slug: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(1000))
    subtitle: Mapped[str] = mapped_column(sa.String(1000))
    #: Title and number as they are compared (BR-07).
    key: Mapped[str] = mapped_column(sa.String(500))
    number: Mapped[str | None] = mapped_column(sa.String(220))
    stems: Mapped[str] = mapped_column(Stems())
    #: Found only by those who keep the register: drafts, and what was entered by mistake.
    is_hidden: Mapped[bool] = mapped_column(sa.Boolean())


#: SQLite's full-text table; its rows are those of ``search_entry``, by ``seq``.
fts = sa.table("search_entry_fts", sa.column("rowid", sa.Integer()), sa.column("rank", sa.Float()))
