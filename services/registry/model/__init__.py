"""Tables that the registry owns."""

from services.registry.model.act import Act, ActRelation
from services.registry.model.agreement import Agreement, AgreementParty, AgreementScan, Membership
from services.registry.model.bookkeeping import Audit, Inbox, Job, Outbox
from services.registry.model.importing import ImportBatch, ImportRow
from services.registry.model.network import ResourceCentre, Transformation, TransformationStep
from services.registry.model.organisation import (
    Organisation,
    OrganisationAlias,
    OrganisationName,
    OrganisationRole,
)
from services.registry.model.people import Account, AccountGrant, Person, SigningKey
from services.registry.model.platform import (
    Platform,
    PlatformParty,
    StatusPeriod,
    StatusProposal,
    StatusRecord,
)
from services.registry.model.territory import Municipality, MunicipalityVersion, OrgCount

__all__ = [
    "Account",
    "AccountGrant",
    "Act",
    "ActRelation",
    "Agreement",
    "AgreementParty",
    "AgreementScan",
    "Audit",
    "ImportBatch",
    "ImportRow",
    "Inbox",
    "Job",
    "Membership",
    "Municipality",
    "MunicipalityVersion",
    "OrgCount",
    "Organisation",
    "OrganisationAlias",
    "OrganisationName",
    "OrganisationRole",
    "Outbox",
    "Person",
    "Platform",
    "PlatformParty",
    "ResourceCentre",
    "SigningKey",
    "StatusPeriod",
    "StatusProposal",
    "StatusRecord",
    "Transformation",
    "TransformationStep",
]
