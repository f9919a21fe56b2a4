"""Municipalities with their names by date, and how many education organisations they have."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import MunicipalityChanged, MunicipalityNameTold, OrgCountChanged
from services.registry.model.fact import Fact
from services.registry.rules.facts import ALWAYS
from services.registry.rules.kinds import FactKind
from services.registry.rules.municipalities import NAMING, MunicipalityVersion, version_on
from services.registry.rules.organisations import valid_on
from shared import clock
from shared.db import Aggregate


class Municipality(Aggregate, db.Model):
    """A municipality, known by its ОКТМО code (BR-09)."""

    __tablename__ = "municipality"

    oktmo: Mapped[str] = mapped_column(sa.String(8), unique=True)
    #: One of the 44 of the krai: the denominator of I-05 counts these only.
    in_krai: Mapped[bool] = mapped_column(sa.Boolean())
    #: Everything ever recorded of its kind and names (BR-11), what is known now and what was known before.
    facts: Mapped[list[Fact]] = relationship(
        primaryjoin=lambda: sa.orm.foreign(Fact.subject_id) == Municipality.id,
        viewonly=True,
        lazy="selectin",
        order_by=(Fact.kind, Fact.valid_from),
    )

    def versions(self, known: Callable[[Fact], bool] = Fact.known_now) -> list[MunicipalityVersion]:
        """Kind and names by date, the earliest first, from the facts that are or were known."""
        held: dict[FactKind, list[tuple[date, str]]] = {kind: [] for kind in NAMING}
        for fact in self.facts:
            if fact.kind in held and known(fact):
                held[fact.kind].append((fact.valid_from, fact.value))
        days = sorted({day for timeline in held.values() for day, _ in timeline})
        return [version_on(held, day) for day in days]

    def named_on(self, on: date, known: Callable[[Fact], bool] = Fact.known_now) -> MunicipalityVersion:
        """Kind and names as they were on a date (BR-11); what was not known then is told by what is known now."""
        versions = self.versions(known) or self.versions()
        return valid_on(((version.valid_from, version) for version in versions), on)

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
            versions=[
                MunicipalityNameTold(
                    valid_from=None if version.valid_from == ALWAYS else version.valid_from,
                    kind=version.kind,
                    short_name=version.short_name,
                    official_name=version.official_name,
                    centre=version.centre,
                )
                for version in self.versions()
            ],
        )


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
