"""Copies of expertise: contests, entries, decisions, signed sheets."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.reports.db import db
from shared.db import Copy, DecimalText, Json


class Edition(Copy, db.Model):
    """An edition of a contest; `nominations` hold nomination_id, code, title, entry_kind."""

    __tablename__ = "edition"

    series_name: Mapped[str] = mapped_column(sa.Text())
    year: Mapped[int] = mapped_column(sa.Integer())
    title: Mapped[str] = mapped_column(sa.Text())
    state: Mapped[str] = mapped_column(sa.String(40))
    opens_on: Mapped[date] = mapped_column(sa.Date())
    closes_on: Mapped[date] = mapped_column(sa.Date(), index=True)
    nominations: Mapped[list[dict[str, Any]]] = mapped_column(Json)


class Entry(Copy, db.Model):
    """A contest entry."""

    __tablename__ = "entry"

    edition_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    nomination_id: Mapped[UUID] = mapped_column(sa.Uuid())
    kind: Mapped[str] = mapped_column(sa.String(40))
    applicant_id: Mapped[UUID] = mapped_column(sa.Uuid())
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.String(11), index=True)
    topic: Mapped[str] = mapped_column(sa.Text())
    reg_no: Mapped[str | None] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(40))


class Decision(Copy, db.Model):
    """The last decision about an entry; the key is the entry's, a later decision replaces an earlier one."""

    __tablename__ = "decision"

    outcome: Mapped[str] = mapped_column(sa.String(40))
    protocol_number: Mapped[str] = mapped_column(sa.String(64))
    protocol_date: Mapped[date] = mapped_column(sa.Date())


class Sheet(Copy, db.Model):
    """A signed score sheet."""

    __tablename__ = "sheet"

    entry_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    edition_id: Mapped[UUID] = mapped_column(sa.Uuid())
    expert_id: Mapped[UUID] = mapped_column(sa.Uuid())
    expert_organisation_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    expert_municipality_oktmo: Mapped[str | None] = mapped_column(sa.String(11), index=True)
    stage_kind: Mapped[str] = mapped_column(sa.String(40))
    signed_on: Mapped[date] = mapped_column(sa.Date(), index=True)
    kind: Mapped[str] = mapped_column(sa.String(40))


class SheetMark(Copy, db.Model):
    """The mark of a sheet, told when its stage is closed; ``id`` is that of the sheet."""

    __tablename__ = "sheet_mark"

    percent: Mapped[Decimal] = mapped_column(DecimalText())
