"""Organisations: what they are today, and their raw spellings; their past is told by facts."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.registry.db import db
from services.registry.messages import NameTold, OrganisationChanged
from services.registry.model.fact import Fact
from services.registry.rules.facts import ALWAYS, UNTIL_CORRECTED
from services.registry.rules.kinds import EduOrgKind, FactKind, OrgRole, OrgState
from services.registry.rules.organisations import valid_on
from shared.db import Aggregate, Row, enum_column

_ACTIVE = sa.text("state = 'ACTIVE'")


class Organisation(Aggregate, db.Model):
    """An organisation of the network; one active organisation per name and municipality (BR-07).

    The row says what holds today, for the constraints and the messages; every dated fact of it stands in
    ``fact`` (F7), and registers of any day are read there.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        sa.Index(
            "uq_organisation_name",
            "search_key",
            "scope_key",
            unique=True,
            sqlite_where=_ACTIVE,
            postgresql_where=_ACTIVE,
        ),
        sa.Index("ix_organisation_territory", "municipality_oktmo", "search_key"),
    )

    full_name: Mapped[str] = mapped_column(sa.String(500))
    short_name: Mapped[str] = mapped_column(sa.String(200))
    #: The full name as names are compared (BR-07).
    search_key: Mapped[str] = mapped_column(sa.String(500))
    edu_kind: Mapped[EduOrgKind | None] = mapped_column(enum_column(EduOrgKind))
    legal_form: Mapped[str | None] = mapped_column(sa.String(40))
    municipality_oktmo: Mapped[str | None] = mapped_column(sa.ForeignKey("municipality.oktmo"))
    #: Where the name is unique: the municipality, or empty for bodies of the krai.
    scope_key: Mapped[str] = mapped_column(sa.String(8))
    inn: Mapped[str | None] = mapped_column(sa.String(10))
    ogrn: Mapped[str | None] = mapped_column(sa.String(13))
    site: Mapped[str | None] = mapped_column(sa.String(200))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    phone: Mapped[str | None] = mapped_column(sa.String(40))
    address: Mapped[str | None] = mapped_column(sa.String(300))
    state: Mapped[OrgState] = mapped_column(enum_column(OrgState), default=OrgState.ACTIVE)
    ended_on: Mapped[date | None] = mapped_column(sa.Date())
    successor_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))

    role_rows: Mapped[list["OrganisationRole"]] = relationship(
        lazy="selectin", order_by="OrganisationRole.role", cascade="all, delete-orphan"
    )
    #: The known timeline of full names (BR-06, S-025).
    names: Mapped[list[Fact]] = relationship(
        primaryjoin=lambda: sa.and_(
            sa.orm.foreign(Fact.subject_id) == Organisation.id,
            Fact.kind == FactKind.NAME,
            Fact.recorded_to == UNTIL_CORRECTED,
        ),
        viewonly=True,
        order_by=Fact.valid_from,
    )
    aliases: Mapped[list["OrganisationAlias"]] = relationship(
        order_by="OrganisationAlias.id", cascade="all, delete-orphan"
    )

    @property
    def roles(self) -> list[OrgRole]:
        """What the organisation does in the network (BR-08)."""
        return [row.role for row in self.role_rows]

    def named_on(self, on: date) -> str:
        """The full name valid on a date (BR-06)."""
        if not self.names:
            return self.full_name
        return valid_on(((name.valid_from, name.value) for name in self.names), on)

    def told(self) -> OrganisationChanged:
        """The state message."""
        return OrganisationChanged(
            organisation_id=self.id,
            full_name=self.full_name,
            short_name=self.short_name,
            roles=self.roles,
            edu_kind=self.edu_kind,
            municipality_oktmo=self.municipality_oktmo,
            state=self.state,
            names=[
                NameTold(
                    full_name=name.value, valid_from=None if name.valid_from == ALWAYS else name.valid_from
                )
                for name in self.names
            ],
        )


class OrganisationRole(db.Model):
    """One role of an organisation (BR-08)."""

    __tablename__ = "organisation_role"

    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), primary_key=True)
    role: Mapped[OrgRole] = mapped_column(enum_column(OrgRole), primary_key=True, index=True)


class OrganisationAlias(Row, db.Model):
    """A spelling as it stood in a source; never changed, found by its normalised form (BR-07)."""

    __tablename__ = "organisation_alias"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "text"),)

    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    text: Mapped[str] = mapped_column(sa.String(700))
    search_key: Mapped[str] = mapped_column(sa.String(700), index=True)
    source: Mapped[str] = mapped_column(sa.String(300))
