"""What a signed-in person must do today, by subject: several roles add up and nothing stands twice (model 3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.registry import access
from services.registry.queries.agreements import ReminderRow, unread_reminders
from services.registry.queries.asof import as_of
from services.registry.queries.cabinet import platforms
from services.registry.queries.cabinet.agreements import (
    AgreementsToDo,
    OwnAgreement,
    agreements_to_do,
    own_agreements,
)
from services.registry.queries.cabinet.keeping import ActsDesk, Keeping, acts_desk, keeping
from services.registry.queries.cabinet.organisation import OwnOrganisation, own_organisations
from services.registry.queries.cabinet.personal import Personal, personal
from services.registry.queries.cabinet.platforms import PlatformsDesk, platforms_desk
from services.registry.queries.cabinet.territory import OwnStage, Territory, own_stages, territories
from services.registry.queries.counts import Numbers, numbers
from services.registry.queries.network_desk import ROLES as PROJECT_ROLES
from services.registry.queries.network_desk import NetworkDesk, desk
from services.registry.queries.witness import HeadRow, troubled_heads
from shared import clock
from shared.person import Person, Role

#: Who begins the day with the network in numbers.
_OVERSEE = (Role.OPERATOR, Role.IRO, Role.COUNCIL, Role.SECRETARY)


@dataclass(frozen=True)
class Cabinet:
    """The registry's part of the cabinet; a section that is no business of the person's roles is nothing."""

    today: date
    #: Heads of contest logs that contradict the kept ones (F6).
    troubled_heads: Sequence[HeadRow] = ()
    #: Reminders of the own agreements that nobody of the party has read (BR-15).
    reminders: list[ReminderRow] = field(default_factory=list)
    #: The operator's agreements.
    agreements: AgreementsToDo | None = None
    #: Agreements of the own ТМС.
    own_agreements: list[OwnAgreement] = field(default_factory=list)
    platforms: PlatformsDesk | None = None
    project: NetworkDesk | None = None
    stages: list[OwnStage] = field(default_factory=list)
    territories: list[Territory] = field(default_factory=list)
    organisations: list[OwnOrganisation] = field(default_factory=list)
    acts: ActsDesk | None = None
    keeping: Keeping | None = None
    numbers: Numbers | None = None
    personal: Personal | None = None

    @property
    def has_work(self) -> bool:
        """Whether the registry has a part in the work of any of the person's roles."""
        return bool(
            self.troubled_heads
            or self.reminders
            or self.agreements
            or self.own_agreements
            or self.platforms
            or self.project
            or self.territories
            or self.organisations
            or self.acts
            or self.keeping
        )


def cabinet(who: Person) -> Cabinet:
    """Everything the registry asks of a person today, by the roles in force (model 3.5, 3.6)."""
    today = clock.today()
    tms = who.organisations(Role.TMS)
    own = who.organisations(Role.ORGANISATION)
    authority = who.municipalities(Role.EDU_AUTHORITY)
    return Cabinet(
        today=today,
        troubled_heads=troubled_heads() if access.may_manage(who) else (),
        reminders=unread_reminders(who),
        agreements=agreements_to_do(today) if access.may_operate(who) else None,
        own_agreements=own_agreements(tms, today) if tms else [],
        platforms=platforms_desk(who, today) if who.has(*platforms.ROLES) else None,
        project=desk(who, today) if who.has(*PROJECT_ROLES) else None,
        stages=own_stages(tms, today) if tms else [],
        territories=territories(authority, today) if authority else [],
        organisations=own_organisations(own, today) if own else [],
        acts=acts_desk(who),
        keeping=keeping(who) if access.may_manage(who) else None,
        numbers=numbers(as_of(today)) if who.has(*_OVERSEE) else None,
        personal=personal(who, today),
    )
