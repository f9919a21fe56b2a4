"""Agreements of the network, their signatures, scans, prolongations and acts."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import AgreementChanged
from services.registry.model.act import Act
from services.registry.model.organisation import Organisation
from services.registry.rules.agreements import Term, state_on
from services.registry.rules.kinds import AgreementChangeKind, AgreementState
from shared import clock
from shared.db import Aggregate, Row, UtcDateTime, enum_column


class Agreement(Aggregate, db.Model):
    """An agreement of the network operator with a ТМС (S-074)."""

    __tablename__ = "agreement"
    __table_args__ = (
        sa.UniqueConstraint("operator_id", "number_key", "date"),
        sa.Index("ix_agreement_parties", "tms_id", "operator_id", "subject_key"),
        sa.Index("ix_agreement_in_force", "in_force_from", "valid_to"),
        sa.CheckConstraint("valid_to > valid_from", name="term"),
        sa.CheckConstraint(
            "(in_force_from IS NOT NULL) = (state IN ('IN_FORCE', 'EXPIRED', 'TERMINATED'))",
            name="in_force_from",
        ),
        sa.CheckConstraint("(ended_on IS NOT NULL) = (state IN ('EXPIRED', 'TERMINATED'))", name="ended_on"),
        sa.CheckConstraint("in_force_from BETWEEN date AND valid_to", name="force_within_term"),
        sa.CheckConstraint("ended_on > in_force_from", name="ended_after_force"),
        sa.CheckConstraint(
            "state <> 'TERMINATED' OR end_reason IS NOT NULL OR end_act_id IS NOT NULL", name="termination"
        ),
        sa.CheckConstraint("state <> 'REFUSED' OR end_reason IS NOT NULL", name="refusal"),
        sa.CheckConstraint("auto_prolongation_months BETWEEN 1 AND 120", name="auto_prolongation"),
    )

    number: Mapped[str] = mapped_column(sa.String(100))
    number_key: Mapped[str] = mapped_column(sa.String(64))
    date: Mapped[dt.date] = mapped_column(sa.Date())
    operator_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    tms_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    #: Territory of the ТМС on the day of drafting.
    municipality_oktmo: Mapped[str] = mapped_column(sa.ForeignKey("municipality.oktmo"), index=True)
    subject: Mapped[str] = mapped_column(sa.String(1000))
    subject_key: Mapped[str] = mapped_column(sa.String(300))
    valid_from: Mapped[dt.date] = mapped_column(sa.Date())
    valid_to: Mapped[dt.date] = mapped_column(sa.Date())
    state: Mapped[AgreementState] = mapped_column(enum_column(AgreementState), default=AgreementState.DRAFT)
    in_force_from: Mapped[dt.date | None] = mapped_column(sa.Date())
    #: The first day without the agreement.
    ended_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    end_reason: Mapped[str | None] = mapped_column(sa.String(500))
    #: The act that ended it before its term.
    end_act_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"), index=True)
    #: By how many months the term grows by itself at its end; nothing: it ends.
    auto_prolongation_months: Mapped[int | None] = mapped_column(sa.SmallInteger())
    #: Why there is no scan (BR-16).
    scan_waiver: Mapped[str | None] = mapped_column(sa.String(500))
    #: The operator confirmed that the capacity of the resource centre is exceeded (BR-17).
    over_capacity: Mapped[bool] = mapped_column(sa.Boolean(), default=False)

    operator: Mapped[Organisation] = relationship(foreign_keys=[operator_id])
    tms: Mapped[Organisation] = relationship(foreign_keys=[tms_id])
    parties: Mapped[list["AgreementParty"]] = relationship(
        lazy="selectin", order_by="AgreementParty.position", cascade="all, delete-orphan"
    )
    scan: Mapped["AgreementScan | None"] = relationship(cascade="all, delete-orphan")
    #: Prolongations in the order of the terms.
    changes: Mapped[list["AgreementChange"]] = relationship(order_by="AgreementChange.now_to")
    acts: Mapped[list[Act]] = relationship(secondary="agreement_act", order_by=Act.date)

    @property
    def term(self) -> Term:
        """The term of validity, both ends included."""
        return Term(self.valid_from, self.valid_to)

    @property
    def last_signature(self) -> dt.date:
        """The day of the last signature; an agreement that nobody signed has only its own date."""
        return max([party.signed_on for party in self.parties if party.signed_on], default=self.date)

    def valid_to_on(self, on: dt.date, known: dt.datetime | None = None) -> dt.date:
        """The last day of the term as it was agreed on a day, as known at a moment."""
        ends = [
            change.was_to
            for change in self.changes
            if change.date > on or (known is not None and change.made_at >= known)
        ]
        return min([*ends, self.valid_to])

    def state_on(self, today: dt.date) -> AgreementState:
        """The state as people should read it today."""
        return state_on(self.state, self.valid_to, today)

    def told(self) -> AgreementChanged:
        """The state message."""
        return AgreementChanged(
            agreement_id=self.id,
            number=self.number,
            date=self.date,
            operator_id=self.operator_id,
            tms_id=self.tms_id,
            municipality_oktmo=self.municipality_oktmo,
            subject_text=self.subject,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            state=self.state,
            in_force_from=self.in_force_from,
            ended_on=self.ended_on,
        )


class AgreementParty(db.Model):
    """A party of an agreement and the day it signed (BR-16)."""

    __tablename__ = "agreement_party"

    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreement.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), primary_key=True, index=True
    )
    position: Mapped[int] = mapped_column(sa.SmallInteger())
    signed_on: Mapped[dt.date | None] = mapped_column(sa.Date())

    organisation: Mapped[Organisation] = relationship()


class AgreementChange(Row, db.Model):
    """A prolongation: by a supplementary agreement or by itself; the database lets nobody change it."""

    __tablename__ = "agreement_change"
    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "was_to"),
        sa.CheckConstraint("now_to > was_to", name="longer"),
        sa.CheckConstraint("(kind = 'SUPPLEMENT') = (number IS NOT NULL)", name="number"),
    )

    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreement.id"))
    kind: Mapped[AgreementChangeKind] = mapped_column(enum_column(AgreementChangeKind))
    number: Mapped[str | None] = mapped_column(sa.String(100))
    date: Mapped[dt.date] = mapped_column(sa.Date())
    #: The last day of the term before and after.
    was_to: Mapped[dt.date] = mapped_column(sa.Date())
    now_to: Mapped[dt.date] = mapped_column(sa.Date())
    act_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"), index=True)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime(), default=clock.now)
    made_by: Mapped[UUID | None] = mapped_column(sa.Uuid())

    act: Mapped[Act | None] = relationship()


class AgreementAct(db.Model):
    """An act that an agreement refers to (model 3.2: related_acts)."""

    __tablename__ = "agreement_act"

    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreement.id"), primary_key=True)
    act_id: Mapped[UUID] = mapped_column(sa.ForeignKey("act.id"), primary_key=True, index=True)


class AgreementScan(db.Model):
    """The scan of a signed agreement (BR-16)."""

    __tablename__ = "agreement_scan"

    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreement.id"), primary_key=True)
    filename: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(40))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)
