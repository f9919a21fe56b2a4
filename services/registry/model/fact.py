"""The timelines of the registry: facts with two times, and the corrections that closed some of them (F7)."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import db
from services.registry.rules.facts import UNTIL_CORRECTED, Basis, Statement
from services.registry.rules.kinds import BasisKind, FactKind
from shared import clock
from shared.db import Row, UtcDateTime, enum_column


class Fact(Row, db.Model):
    """What holds of a subject on some days, as it was known for some time; never rewritten (F7).

    Valid on ``valid_from ≤ day < valid_to``, known at ``recorded_from ≤ moment < recorded_to``.
    Triggers of the database let nobody change a row but by closing its recording time, once.
    """

    __tablename__ = "fact"
    __table_args__ = (
        sa.CheckConstraint("valid_from < valid_to", name="valid"),
        sa.CheckConstraint("recorded_from <= recorded_to", name="recorded"),
        sa.CheckConstraint("basis <> 'ACT' OR act_id IS NOT NULL", name="basis_act"),
        sa.CheckConstraint("basis <> 'AGREEMENT' OR agreement_id IS NOT NULL", name="basis_agreement"),
        sa.CheckConstraint(
            "basis <> 'CORRECTION' OR (correction_id IS NOT NULL AND note IS NOT NULL)",
            name="basis_correction",
        ),
        sa.CheckConstraint("basis <> 'SOURCE' OR note IS NOT NULL", name="basis_source"),
        # Of one subject, kind and item nothing begins twice on one day in what is known now.
        sa.Index(
            "uq_fact_known",
            "subject_id",
            "kind",
            "item",
            "valid_from",
            unique=True,
            sqlite_where=sa.text("recorded_to = '9999-01-01 00:00:00.000000'"),
            postgresql_where=sa.text("recorded_to = '9999-01-01 00:00:00+00'::timestamptz"),
        ),
        # A card: everything of one subject. A register: all values of one kind in order, without the table.
        sa.Index("ix_fact_subject", "subject_id", "kind"),
        sa.Index(
            "ix_fact_register",
            "kind",
            "key",
            "subject_id",
            "valid_from",
            "valid_to",
            "recorded_from",
            "recorded_to",
        ),
        sa.Index("ix_fact_ref", "ref_id", "kind"),
        sa.Index("ix_fact_recorded_from", "recorded_from"),
    )

    subject_id: Mapped[UUID] = mapped_column(sa.Uuid())
    kind: Mapped[FactKind] = mapped_column(enum_column(FactKind))
    item: Mapped[str] = mapped_column(sa.String(40), default="")
    value: Mapped[str] = mapped_column(sa.String(1000))
    key: Mapped[str] = mapped_column(sa.String(300))
    #: The organisation, person or agreement that the value names.
    ref_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    valid_from: Mapped[dt.date] = mapped_column(sa.Date())
    valid_to: Mapped[dt.date] = mapped_column(sa.Date())
    recorded_from: Mapped[dt.datetime] = mapped_column(UtcDateTime(), default=clock.now)
    recorded_to: Mapped[dt.datetime] = mapped_column(UtcDateTime(), default=UNTIL_CORRECTED)
    recorded_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
    basis_kind: Mapped[BasisKind] = mapped_column("basis", enum_column(BasisKind))
    act_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"), index=True)
    clause: Mapped[str | None] = mapped_column(sa.String(100))
    agreement_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    correction_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("correction.id"), index=True)
    #: The source, or the reason.
    note: Mapped[str | None] = mapped_column(sa.String(500))
    #: The correction that closed the recording time, where a correction did.
    closed_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("correction.id"), index=True)

    def known_now(self) -> bool:
        """Whether nothing closed it yet."""
        return self.recorded_to == UNTIL_CORRECTED

    def known_at(self, moment: dt.datetime) -> bool:
        """Whether it was known just before a moment."""
        return self.recorded_from < moment <= self.recorded_to

    @property
    def basis(self) -> Basis:
        """What the fact rests on."""
        return Basis(
            self.basis_kind, self.act_id, self.clause, self.agreement_id, self.correction_id, self.note
        )

    @property
    def statement(self) -> Statement:
        """What the fact says, without its recording time."""
        return Statement(self.value, self.valid_from, self.valid_to, self.item, self.key, self.ref_id, self.basis)


class Correction(Row, db.Model):
    """Why something that was held to be true is so no longer; says what it corrects and on what ground (F7)."""

    __tablename__ = "correction"

    subject_id: Mapped[UUID] = mapped_column(sa.Uuid(), index=True)
    what: Mapped[str] = mapped_column(sa.String(500))
    reason: Mapped[str] = mapped_column(sa.String(500))
    act_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime(), default=clock.now)
    made_by: Mapped[UUID | None] = mapped_column(sa.Uuid())
