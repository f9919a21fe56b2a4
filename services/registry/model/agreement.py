"""Agreements of the network, their signatures and scans."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import AgreementChanged
from services.registry.model.organisation import Organisation
from services.registry.rules.agreements import Term, state_on
from services.registry.rules.kinds import AgreementState
from shared.db import Aggregate, enum_column


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

    @property
    def term(self) -> Term:
        """The term of validity, both ends included."""
        return Term(self.valid_from, self.valid_to)

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


class AgreementScan(db.Model):
    """The scan of a signed agreement (BR-16)."""

    __tablename__ = "agreement_scan"

    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreement.id"), primary_key=True)
    filename: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(40))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)
