"""Our own tables: imported values, plans, issued reports with their files, and the bookkeeping."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.reports.db import db
from services.reports.messages import ReportIssued
from services.reports.rules.terms import Comparator, Edition, FileFormat, ReportKind, ReportState
from shared.audit import AuditMixin
from shared.db import Aggregate, DecimalText, Json, Row, enum_column
from shared.messaging.store import InboxMixin, OutboxMixin

#: The scope of a value that belongs to the network as a whole.
NETWORK = ""


class ImportedValue(Aggregate, db.Model):
    """A value from a document of a time before our records, such as «> 37 %» of 2016 (S-005)."""

    __tablename__ = "imported_value"
    __table_args__ = (sa.UniqueConstraint("code", "municipality_oktmo", "year"),)

    code: Mapped[str] = mapped_column(sa.String(10))
    municipality_oktmo: Mapped[str] = mapped_column(sa.String(11), default=NETWORK)
    year: Mapped[int] = mapped_column(sa.Integer())
    comparator: Mapped[Comparator] = mapped_column(enum_column(Comparator))
    value: Mapped[Decimal] = mapped_column(DecimalText())
    source: Mapped[str] = mapped_column(sa.Text())


class Plan(Aggregate, db.Model):
    """What the network means to reach by the end of a year."""

    __tablename__ = "plan"
    __table_args__ = (sa.UniqueConstraint("code", "year"),)

    code: Mapped[str] = mapped_column(sa.String(10))
    year: Mapped[int] = mapped_column(sa.Integer())
    value: Mapped[Decimal] = mapped_column(DecimalText())


class NetworkReport(Aggregate, db.Model):
    """D-10, the report of the network: frozen numbers, the hash of their records, its papers (BR-63, BR-67).

    `frozen` is everything the papers say; it is written once, at the issue.
    """

    __tablename__ = "network_report"
    __table_args__ = (sa.CheckConstraint("period_from <= period_to AND period_to <= as_of", name="period"),)

    number: Mapped[str] = mapped_column(sa.String(32), unique=True)
    year: Mapped[int] = mapped_column(sa.Integer(), index=True)
    as_of: Mapped[date] = mapped_column(sa.Date())
    period_from: Mapped[date] = mapped_column(sa.Date())
    period_to: Mapped[date] = mapped_column(sa.Date())
    issued_on: Mapped[date] = mapped_column(sa.Date())
    state: Mapped[ReportState] = mapped_column(enum_column(ReportState), default=ReportState.ISSUED)
    cancel_reason: Mapped[str | None] = mapped_column(sa.Text())
    inputs_hash: Mapped[str] = mapped_column(sa.String(64))
    verify_code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    frozen: Mapped[dict[str, Any]] = mapped_column(Json)
    files: Mapped[list["ReportFile"]] = relationship(back_populates="report", order_by="ReportFile.name")

    def told(self) -> ReportIssued:
        """What the others learn: the period and the hash."""
        return ReportIssued(
            report_id=self.id,
            kind=ReportKind.NETWORK,
            as_of=self.as_of,
            period_from=self.period_from,
            period_to=self.period_to,
            inputs_hash=self.inputs_hash,
            issued_on=self.issued_on,
        )


class ReportFile(Row, db.Model):
    """A paper as it was issued, kept byte for byte: software changes, an issued document does not."""

    __tablename__ = "report_file"
    __table_args__ = (sa.UniqueConstraint("report_id", "edition", "format"),)

    report_id: Mapped[UUID] = mapped_column(sa.ForeignKey("network_report.id"))
    edition: Mapped[Edition] = mapped_column(enum_column(Edition))
    format: Mapped[FileFormat] = mapped_column(enum_column(FileFormat))
    name: Mapped[str] = mapped_column(sa.String(80))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)
    report: Mapped[NetworkReport] = relationship(back_populates="files")


class Outbox(OutboxMixin, db.Model):
    """Messages to tell."""

    __tablename__ = "outbox"


class Inbox(InboxMixin, db.Model):
    """Messages told to us."""

    __tablename__ = "inbox"


class Audit(AuditMixin, db.Model):
    """The journal."""

    __tablename__ = "audit"
