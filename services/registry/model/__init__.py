"""Tables that the registry owns."""

from services.registry.model.act import Act, ActDraft, ActFile, ActRelation
from services.registry.model.agreement import Agreement, AgreementParty, AgreementScan
from services.registry.model.bookkeeping import Audit, Inbox, Outbox
from services.registry.model.consent import Consent, ConsentScan, ConsentText
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
from services.registry.model.privacy import (
    DataRequest,
    Erasure,
    Incident,
    PolicyText,
    Processing,
    Reading,
    ReadingPerson,
)
from services.registry.model.territory import Municipality, OrgCount

__all__ = [
    "Account",
    "AccountGrant",
    "Act",
    "ActDraft",
    "ActFile",
    "ActRelation",
    "Agreement",
    "AgreementParty",
    "AgreementScan",
    "Audit",
    "Consent",
    "ConsentScan",
    "ConsentText",
    "Correction",
    "DataRequest",
    "Erasure",
    "Fact",
    "Inbox",
    "Incident",
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
    "PolicyText",
    "Processing",
    "Reading",
    "ReadingPerson",
    "ResourceCentre",
    "SigningKey",
    "StatusProposal",
    "StatusRecord",
    "Transformation",
    "TransformationStep",
]
