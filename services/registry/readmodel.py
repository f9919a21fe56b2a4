"""Copies of other services' facts for the landing page; written by handlers only."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import db
from shared.db import Copy


class Edition(Copy, db.Model):
    """A contest edition of the service expertise."""

    __tablename__ = "edition"

    title: Mapped[str] = mapped_column(sa.String(500))
    state: Mapped[str] = mapped_column(sa.String(40), index=True)
    opens_on: Mapped[date | None] = mapped_column(sa.Date())
    closes_on: Mapped[date | None] = mapped_column(sa.Date())


class Report(Copy, db.Model):
    """A report issued by the service reports."""

    __tablename__ = "report"

    report_kind: Mapped[str] = mapped_column(sa.String(40))
    as_of: Mapped[date] = mapped_column(sa.Date(), index=True)
    period_from: Mapped[date] = mapped_column(sa.Date())
    period_to: Mapped[date] = mapped_column(sa.Date())
    issued_on: Mapped[date] = mapped_column(sa.Date())
