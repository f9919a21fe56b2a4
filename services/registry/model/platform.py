"""Innovation platforms, the immutable history of their status and composition, proposals of the council."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import PeriodTold, PlatformChanged
from services.registry.model.act import Act
from services.registry.model.agreement import Agreement
from services.registry.model.organisation import Organisation
from services.registry.rules.kinds import (
    Outcome,
    PartyRole,
    PlatformKind,
    PlatformState,
    ProposalState,
    StatusStep,
)
from services.registry.rules.platforms import Period, Step, periods
from shared import clock
from shared.db import Aggregate, Json, Row, UtcDateTime, enum_column

_STANDS = sa.text("withdrawn_at IS NULL")


class Platform(Aggregate, db.Model):
    """An innovation platform."""

    __tablename__ = "platform"
    __table_args__ = (
        sa.Index("ix_platform_topic", "kind", "topic_key"),
        sa.Index("ix_platform_state", "state", "kind"),
    )

    kind: Mapped[PlatformKind] = mapped_column(enum_column(PlatformKind))
    topic: Mapped[str] = mapped_column(sa.String(1000))
    topic_key: Mapped[str] = mapped_column(sa.String(1000))
    hub_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    curator_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    #: Territory of the first holder on the day of application.
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.ForeignKey("municipality.oktmo"), index=True)
    state: Mapped[PlatformState] = mapped_column(enum_column(PlatformState), default=PlatformState.APPLIED)
    counts_in_i02: Mapped[bool] = mapped_column(sa.Boolean())
    applied_on: Mapped[date] = mapped_column(sa.Date())
    #: The person who cares for the platform, and its scientific supervisor (model 3.2).
    supervisor_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    scientific_supervisor_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    directions: Mapped[list[str]] = mapped_column(Json, default=list)
    priority_directions: Mapped[list[str]] = mapped_column(Json, default=list)
    #: Lines of the calendar plan: «когда — что», as the application words them.
    calendar_plan: Mapped[list[str]] = mapped_column(Json, default=list)

    hub: Mapped[Organisation | None] = relationship(foreign_keys=[hub_id])
    curator: Mapped[Organisation | None] = relationship(foreign_keys=[curator_id])
    parties: Mapped[list["PlatformParty"]] = relationship(
        lazy="selectin", order_by="PlatformParty.position", cascade="all, delete-orphan"
    )
    history: Mapped[list["StatusRecord"]] = relationship(
        primaryjoin="and_(StatusRecord.platform_id == Platform.id, StatusRecord.withdrawn_at.is_(None))",
        lazy="selectin",
        order_by="StatusRecord.ordinal",
        cascade="save-update",
    )

    @property
    def holder_ids(self) -> list[UUID]:
        """Organisations that hold the platform, in order."""
        return [party.organisation_id for party in self.parties if party.role is PartyRole.HOLDER]

    @property
    def member_ids(self) -> list[UUID]:
        """Members of a network platform (BR-21)."""
        return [party.organisation_id for party in self.parties if party.role is PartyRole.MEMBER]

    @property
    def steps(self) -> list[Step]:
        """The history as facts for the rules (BR-26)."""
        return [record.step for record in self.history]

    @property
    def periods(self) -> list[Period]:
        """Days on which the status is ACTIVE, as known now."""
        return periods(self.steps)

    def told(self) -> PlatformChanged:
        """The state message."""
        return PlatformChanged(
            platform_id=self.id,
            kind=self.kind,
            topic=self.topic,
            holder_ids=self.holder_ids,
            hub_id=self.hub_id,
            member_ids=self.member_ids,
            curator_id=self.curator_id,
            municipality_oktmo=self.municipality_oktmo,
            state=self.state,
            counts_in_i02=self.counts_in_i02,
            periods=[
                PeriodTold(valid_from=period.valid_from, valid_to=period.valid_to, act_id=period.act_id)
                for period in self.periods
            ],
        )


class PlatformParty(db.Model):
    """An organisation that holds a platform or is its member."""

    __tablename__ = "platform_party"

    platform_id: Mapped[UUID] = mapped_column(sa.ForeignKey("platform.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), primary_key=True, index=True
    )
    role: Mapped[PartyRole] = mapped_column(enum_column(PartyRole))
    position: Mapped[int] = mapped_column(sa.SmallInteger())

    organisation: Mapped[Organisation] = relationship()


class StatusRecord(Row, db.Model):
    """An action on a status. A record is never changed or deleted; a correction withdraws it (BR-26, F7)."""

    __tablename__ = "status_record"
    __table_args__ = (
        sa.Index(
            "uq_status_record_ordinal",
            "platform_id",
            "ordinal",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > on_date", name="term"),
        sa.CheckConstraint("kind <> 'TERMINATE' OR act_id IS NOT NULL", name="terminated_by_act"),
        sa.CheckConstraint(
            "kind NOT IN ('AWARD', 'EXTEND') OR act_id IS NOT NULL OR agreement_id IS NOT NULL "
            "OR basis IS NOT NULL",
            name="awarded_by_act",
        ),
        sa.CheckConstraint(
            "kind NOT IN ('SUSPEND', 'DECLINE') OR act_id IS NOT NULL OR reason IS NOT NULL", name="ground"
        ),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn"),
    )

    platform_id: Mapped[UUID] = mapped_column(sa.ForeignKey("platform.id"))
    ordinal: Mapped[int] = mapped_column(sa.SmallInteger())
    kind: Mapped[StatusStep] = mapped_column(enum_column(StatusStep))
    on: Mapped[date] = mapped_column("on_date", sa.Date())
    valid_to: Mapped[date | None] = mapped_column(sa.Date())
    act_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"), index=True)
    clause: Mapped[str | None] = mapped_column(sa.String(100))
    #: The agreement of a partner platform: one of the registry, or in words (BR-19).
    agreement_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("agreement.id"))
    basis: Mapped[str | None] = mapped_column(sa.String(300))
    reason: Mapped[str | None] = mapped_column(sa.String(500))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    #: The correction that put this record in the place of a wrong one.
    correction_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("correction.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("correction.id"))

    act: Mapped[Act | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()

    @property
    def step(self) -> Step:
        """The record as a fact for the rules."""
        return Step(
            self.kind,
            self.on,
            self.valid_to,
            self.act_id,
            self.clause,
            self.reason or self.basis,
            self.agreement_id,
        )


class CompositionRecord(Row, db.Model):
    """An organisation joins a platform, changes its part or leaves it by an act; never changed (BR-21, F7)."""

    __tablename__ = "composition_record"
    __table_args__ = (
        sa.UniqueConstraint("platform_id", "organisation_id", "on_date"),
        sa.CheckConstraint("act_id IS NOT NULL OR basis IS NOT NULL", name="ground"),
    )

    platform_id: Mapped[UUID] = mapped_column(sa.ForeignKey("platform.id"))
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    on: Mapped[date] = mapped_column("on_date", sa.Date())
    #: None: it leaves.
    role: Mapped[PartyRole | None] = mapped_column(enum_column(PartyRole))
    act_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"), index=True)
    clause: Mapped[str | None] = mapped_column(sa.String(100))
    #: The agreement of a partner platform, in words (BR-19).
    basis: Mapped[str | None] = mapped_column(sa.String(300))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)

    act: Mapped[Act | None] = relationship()


class StatusProposal(Aggregate, db.Model):
    """A council's decision that waits for an order (BR-56)."""

    __tablename__ = "status_proposal"

    entry_id: Mapped[UUID] = mapped_column(sa.Uuid(), unique=True)
    edition_title: Mapped[str] = mapped_column(sa.String(500))
    nomination_code: Mapped[str] = mapped_column(sa.String(40))
    applicant_id: Mapped[UUID] = mapped_column(sa.Uuid())
    co_applicant_ids: Mapped[list[str]] = mapped_column(Json)
    platform_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    platform_kind: Mapped[PlatformKind | None] = mapped_column(enum_column(PlatformKind))
    topic: Mapped[str] = mapped_column(sa.String(1000))
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    protocol_number: Mapped[str] = mapped_column(sa.String(100))
    protocol_date: Mapped[date] = mapped_column(sa.Date())
    final_score: Mapped[Decimal | None]
    state: Mapped[ProposalState] = mapped_column(enum_column(ProposalState), index=True)
    act_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("act.id"))
    reason: Mapped[str | None] = mapped_column(sa.String(500))
    #: What the council decided otherwise after this was enacted or put aside, and what the operator did about it.
    later_outcome: Mapped[str | None] = mapped_column(sa.String(40))
    later_protocol_number: Mapped[str | None] = mapped_column(sa.String(100))
    later_protocol_date: Mapped[date | None] = mapped_column(sa.Date())
    later_note: Mapped[str | None] = mapped_column(sa.String(500))
