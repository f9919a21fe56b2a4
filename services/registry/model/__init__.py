"""Tables that the registry owns."""

from services.registry.model.act import Act, ActRelation
from services.registry.model.agreement import (
    Agreement,
    AgreementAct,
    AgreementChange,
    AgreementParty,
    AgreementScan,
)
from services.registry.model.bookkeeping import Audit, DailyDuty, Inbox, Outbox
from services.registry.model.fact import Correction, Fact
from services.registry.model.network import ResourceCentre, Transformation, TransformationStep
from services.registry.model.organisation import (
    Organisation,
    OrganisationAlias,
    OrganisationRole,
)
from services.registry.model.paper import Paper, PaperCount
from services.registry.model.people import Account, AccountGrant, Person, SigningKey
from services.registry.model.platform import (
    Platform,
    PlatformParty,
    StatusProposal,
    StatusRecord,
)
from services.registry.model.reminder import Reminder, ReminderReading
from services.registry.model.territory import Municipality, OrgCount

__all__ = [
    "Account",
    "AccountGrant",
    "Act",
    "ActRelation",
    "Agreement",
    "AgreementAct",
    "AgreementChange",
    "AgreementParty",
    "AgreementScan",
    "Audit",
    "Correction",
    "DailyDuty",
    "Fact",
    "Inbox",
    "Municipality",
    "OrgCount",
    "Organisation",
    "OrganisationAlias",
    "OrganisationRole",
    "Outbox",
    "Paper",
    "PaperCount",
    "Person",
    "Platform",
    "PlatformParty",
    "Reminder",
    "ReminderReading",
    "ResourceCentre",
    "SigningKey",
    "StatusProposal",
    "StatusRecord",
    "Transformation",
    "TransformationStep",
]
