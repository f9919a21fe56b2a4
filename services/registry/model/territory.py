"""Municipalities with their names by date, and how many education organisations they have."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import MunicipalityChanged, OrgCountChanged
from services.registry.rules.kinds import MunicipalityKind
from services.registry.rules.organisations import valid_on
from shared import clock
from shared.db import Aggregate, Row, enum_column


class Municipality(Aggregate, db.Model):
    """A municipality, known by its ОКТМО code (BR-09)."""

    __tablename__ = "municipality"

    oktmo: Mapped[str] = mapped_column(sa.String(8), unique=True)
    #: One of the 44 of the krai: the denominator of I-05 counts these only.
    in_krai: Mapped[bool] = mapped_column(sa.Boolean())
    versions: Mapped[list["MunicipalityVersion"]] = relationship(
        lazy="selectin", order_by="MunicipalityVersion.valid_from", cascade="all, delete-orphan"
    )

    def named_on(self, on: date) -> "MunicipalityVersion":
        """Kind and names as they were on a date (BR-11)."""
        return valid_on(((version.valid_from, version) for version in self.versions), on)

    def told(self) -> MunicipalityChanged:
        """The state message, with the names of today."""
        now = self.named_on(clock.today())
        return MunicipalityChanged(
            municipality_id=self.id,
            oktmo=self.oktmo,
            short_name=now.short_name,
            official_name=now.official_name,
            kind=now.kind,
            centre=now.centre,
            in_krai=self.in_krai,
        )


class MunicipalityVersion(Row, db.Model):
    """Kind and names of a municipality from a date on (BR-11, F-52)."""

    __tablename__ = "municipality_version"
    __table_args__ = (sa.UniqueConstraint("municipality_id", "valid_from"),)

    municipality_id: Mapped[UUID] = mapped_column(sa.ForeignKey("municipality.id"))
    valid_from: Mapped[date] = mapped_column(sa.Date())
    kind: Mapped[MunicipalityKind] = mapped_column(enum_column(MunicipalityKind))
    short_name: Mapped[str] = mapped_column(sa.String(200))
    official_name: Mapped[str] = mapped_column(sa.String(300))
    centre: Mapped[str | None] = mapped_column(sa.String(200))


class OrgCount(Aggregate, db.Model):
    """Number of education organisations of a municipality in a year (S-005)."""

    __tablename__ = "org_count"
    __table_args__ = (
        sa.UniqueConstraint("municipality_oktmo", "year"),
        sa.CheckConstraint("total >= 0", name="total"),
    )

    municipality_oktmo: Mapped[str] = mapped_column(sa.ForeignKey("municipality.oktmo"))
    year: Mapped[int] = mapped_column(sa.Integer())
    as_of: Mapped[date] = mapped_column(sa.Date())
    total: Mapped[int] = mapped_column(sa.Integer())
    source: Mapped[str] = mapped_column(sa.String(500))

    def told(self) -> OrgCountChanged:
        """The state message."""
        return OrgCountChanged(
            org_count_id=self.id,
            municipality_oktmo=self.municipality_oktmo,
            year=self.year,
            as_of=self.as_of,
            total=self.total,
            source=self.source,
        )
