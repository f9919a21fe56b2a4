"""Printed papers of a service: the table, the numbers without gaps, issuing (BR-67, BR-68)."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from shared import clock, requisites
from shared.db import Row, UtcDateTime, enum_column
from shared.documents import Document
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.requisites import MEDIA_TYPES, PaperFormat, PaperState, Requisites
from shared.service import current
from shared.unit import Unit, read, work
from shared.web import links


class PaperMixin(Row):
    """A paper as it was issued: number, code, both files and their hashes (BR-67).

    The files of a personal paper are taken away when the person's data are destroyed; the hashes stay.
    The concrete class adds ``kind``, an enumeration of its own.
    """

    #: What the paper is about.
    object_id: Mapped[UUID] = mapped_column(sa.Uuid())
    number: Mapped[str] = mapped_column(sa.String(40))
    issued_on: Mapped[date] = mapped_column(sa.Date())
    state: Mapped[PaperState] = mapped_column(enum_column(PaperState), default=PaperState.ISSUED)
    cancel_reason: Mapped[str | None] = mapped_column(sa.String(500))
    verify_code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    docx_sha256: Mapped[str] = mapped_column(sa.String(64))
    pdf_sha256: Mapped[str] = mapped_column(sa.String(64))
    docx: Mapped[bytes | None] = mapped_column(sa.LargeBinary(), deferred=True)
    pdf: Mapped[bytes | None] = mapped_column(sa.LargeBinary(), deferred=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    created_by: Mapped[UUID | None] = mapped_column(sa.Uuid())

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (
            sa.UniqueConstraint("kind", "number"),
            sa.Index("ix_paper_object", "object_id", "kind"),
            sa.CheckConstraint(
                "(state = 'CANCELLED') = (cancel_reason IS NOT NULL)", name="cancelled_for_a_reason"
            ),
            sa.CheckConstraint("(docx IS NULL) = (pdf IS NULL)", name="both_files"),
        )


class PaperCountMixin:
    """How many papers of a kind a year has seen; locked while a number is taken.

    The concrete class adds ``kind`` as a part of the key.
    """

    year: Mapped[int] = mapped_column(sa.Integer(), primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(sa.Integer())


@dataclass(frozen=True)
class PaperTables:
    """The two tables of a service's papers."""

    paper: Any
    count: Any


@dataclass(frozen=True)
class PaperFile:
    """A file of a paper to save."""

    name: str
    media_type: str
    content: bytes


def issue(
    u: Unit,
    tables: PaperTables,
    *,
    kind: StrEnum,
    prefix: str,
    object_id: UUID,
    build: Callable[[Requisites], Document],
    **more: Any,
) -> Any:
    """Print a paper: the next number of its kind and year, a checking code, both files with hashes (BR-67).

    Called by the action that knows what is printed and who may; ``build`` gets the requisites and gives the
    document; ``more`` are columns of the service's own table.
    """
    today = clock.today()
    code = requisites.verify_code(secrets.choice)
    required = Requisites(
        number=requisites.number_of(prefix, today.year, _next(u, tables.count, kind, today.year)),
        issued_on=today,
        verify_code=code,
        verify_url=links.absolute(current().name, f"/verify/{code}"),
    )
    document = build(required)
    docx, pdf = document.docx(), document.pdf()
    paper = u.add(
        tables.paper(
            kind=kind,
            object_id=object_id,
            number=required.number,
            issued_on=today,
            verify_code=code,
            docx=docx,
            pdf=pdf,
            docx_sha256=hashlib.sha256(docx).hexdigest(),
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            created_by=u.who.account_id,
            **more,
        )
    )
    u.journal("paper.issued", paper, {"kind": kind.value, "number": paper.number})
    return paper


def _next(u: Unit, counts: Any, kind: StrEnum, year: int) -> int:
    """The next number, without gaps: the counter is locked until the end of the unit."""
    counter = u.session.get(counts, (kind, year), with_for_update=True)
    if counter is None:
        counter = u.add(counts(kind=kind, year=year, count=0))
    counter.count += 1
    u.session.flush()
    number: int = counter.count
    return number


PAPER = N_("документ")


@dataclass(frozen=True)
class Verified:
    """What the public learns from a checking code: nothing about any person (BR-67)."""

    kind: StrEnum
    number: str
    issued_on: date
    state: PaperState


@dataclass(frozen=True)
class PaperCard:
    """A paper and what its reader may do with it."""

    paper: Any
    may_cancel: bool
    #: The files were destroyed with the person's data; number and hashes stay (BR-70).
    is_destroyed: bool


@dataclass(frozen=True)
class PaperShelf:
    """The papers of a service for those who may read them, and their public check (BR-67, BR-68)."""

    kind: Any
    may_read: Callable[[Person, Any], bool]
    may_cancel: Callable[[Person], bool]

    def paper(self, who: Person, paper_id: UUID) -> PaperCard:
        """A paper; for whoever may not read it, it does not exist."""
        row = self._readable(who, paper_id)
        gone = read().scalar(sa.select(self.kind.pdf.is_(None)).where(self.kind.id == paper_id))
        return PaperCard(row, self.may_cancel(who) and row.state is PaperState.ISSUED, bool(gone))

    def paper_file(self, who: Person, paper_id: UUID, form: PaperFormat) -> PaperFile:
        """One of the two files of a paper, byte for byte as it was issued."""
        row = self._readable(who, paper_id)
        content = getattr(row, form.value)
        if content is None:
            raise NotFound(PAPER)
        return PaperFile(requisites.file_name(row.kind, row.number, form), MEDIA_TYPES[form], content)

    def papers_of(self, who: Person, object_id: UUID, *kinds: StrEnum) -> list[Any]:
        """Papers about a thing that this person may read, the latest first."""
        query = sa.select(self.kind).where(self.kind.object_id == object_id)
        if kinds:
            query = query.where(self.kind.kind.in_(kinds))
        rows = read().scalars(query.order_by(self.kind.issued_on.desc(), self.kind.id.desc()))
        return [row for row in rows if self.may_read(who, row)]

    def verify(self, typed: str) -> Verified:
        """The public check of a printed paper; a cancelled one is found too, as «аннулирован» (BR-67, BR-68)."""
        code = requisites.typed_code(typed)
        row = read().scalar(sa.select(self.kind).where(self.kind.verify_code == code))
        if row is None:
            raise NotFound(PAPER)
        return Verified(row.kind, row.number, row.issued_on, row.state)

    def _readable(self, who: Person, paper_id: UUID) -> Any:
        row = read().get(self.kind, paper_id)
        if row is None or not self.may_read(who, row):
            raise NotFound(PAPER)
        return row


def cancel(who: Person, kind: Any, paper_id: UUID, reason: str) -> None:
    """Declare a paper void; it stays verifiable as «аннулирован» (BR-68). The caller has asked who may."""
    with work(who) as u:
        paper = u.get(kind, paper_id)
        paper.state = requisites.cancelled(paper.state, reason)
        paper.cancel_reason = " ".join(reason.split())
        u.journal("paper.cancelled", paper, {"number": paper.number})
