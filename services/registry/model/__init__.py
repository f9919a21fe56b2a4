"""Tables that the registry owns."""

from services.registry.model.act import (
    Act,
    ActDraft,
    ActFile,
    ActRelation,
)
from services.registry.model.agreement import (
    Agreement,
    AgreementAct,
    AgreementChange,
    AgreementParty,
    AgreementScan,
)
from services.registry.model.bookkeeping import (
    Audit,
    DailyDuty,
    Inbox,
    Job,
    Outbox,
)
from services.registry.model.case import (
    CaseEntry,
    CaseFile,
    CaseSeen,
    SupportCase,
)
from services.registry.model.consent import (
    Consent,
    ConsentScan,
    ConsentText,
)
from services.registry.model.fact import (
    Correction,
    Fact,
)
from services.registry.model.importing import (
    ImportBatch,
    ImportRow,
)
from services.registry.model.network import (
    ResourceCentre,
    Transformation,
    TransformationStep,
)
from services.registry.model.organisation import (
    Organisation,
    OrganisationAlias,
    OrganisationRole,
)
from services.registry.model.paper import (
    Paper,
    PaperCount,
)
from services.registry.model.people import (
    Account,
    AccountGrant,
    Person,
    SigningKey,
)
from services.registry.model.platform import (
    CompositionRecord,
    Platform,
    PlatformParty,
    StatusProposal,
    StatusRecord,
)
from services.registry.model.platform_report import (
    OrderDraft,
    OrderDraftLine,
    PlatformReport,
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
from services.registry.model.project import (
    NetworkProject,
    PriorityDirection,
    ProjectProduct,
    ProjectTask,
)
from services.registry.model.recommendation import (
    Recommendation,
)
from services.registry.model.reminder import (
    Reminder,
    ReminderReading,
)
from services.registry.model.roadmap import (
    Roadmap,
    RoadmapItem,
    RoadmapMark,
    RoadmapVersion,
)
from services.registry.model.search import (
    SearchEntry,
)
from services.registry.model.sign_in import (
    Invitation,
    InvitationGrant,
    PersonalToken,
    ProviderLink,
    RecoveryCode,
    SecondFactor,
)
from services.registry.model.territory import (
    Municipality,
    MunicipalityVersion,
    OrgCount,
)

__all__ = [
    "Account",
    "AccountGrant",
    "Act",
    "ActDraft",
    "ActFile",
    "ActRelation",
    "Agreement",
    "AgreementAct",
    "AgreementChange",
    "AgreementParty",
    "AgreementScan",
    "Audit",
    "CaseEntry",
    "CaseFile",
    "CaseSeen",
    "CompositionRecord",
    "Consent",
    "ConsentScan",
    "ConsentText",
    "Correction",
    "DailyDuty",
    "DataRequest",
    "Erasure",
    "Fact",
    "ImportBatch",
    "ImportRow",
    "Inbox",
    "Incident",
    "Invitation",
    "InvitationGrant",
    "Job",
    "Membership",
    "Municipality",
    "MunicipalityVersion",
    "NetworkProject",
    "OrderDraft",
    "OrderDraftLine",
    "OrgCount",
    "Organisation",
    "OrganisationAlias",
    "OrganisationRole",
    "Outbox",
    "Paper",
    "PaperCount",
    "Person",
    "PersonalToken",
    "Platform",
    "PlatformParty",
    "PlatformReport",
    "PolicyText",
    "PriorityDirection",
    "Processing",
    "ProjectProduct",
    "ProjectTask",
    "ProviderLink",
    "Reading",
    "ReadingPerson",
    "Recommendation",
    "RecoveryCode",
    "Reminder",
    "ReminderReading",
    "ResourceCentre",
    "Roadmap",
    "RoadmapItem",
    "RoadmapMark",
    "RoadmapVersion",
    "SearchEntry",
    "SecondFactor",
    "SigningKey",
    "StatusProposal",
    "StatusRecord",
    "SupportCase",
    "Transformation",
    "TransformationStep",
]
