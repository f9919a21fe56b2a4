"""What comes in and goes out by HTTP: forms of the pages, bodies and answers of the API."""

from services.registry.schemas.acts import ActIn, RelationIn
from services.registry.schemas.agreements import (
    AgreementIn,
    EntryIntoForceIn,
    OnIn,
    RefusalIn,
    ResourceCentreIn,
    ScanIn,
    SignatureIn,
    TerminationIn,
    TransformationIn,
)
from services.registry.schemas.organisations import (
    AliasIn,
    EndIn,
    MergeIn,
    MunicipalityIn,
    MunicipalityVersionIn,
    OrganisationIn,
    OrgCountIn,
    RenameIn,
    TmsIn,
)
from services.registry.schemas.people import (
    AccountFormIn,
    AccountIn,
    PasswordIn,
    PersonIn,
    ReasonIn,
    SignInIn,
)
from services.registry.schemas.platforms import AwardIn, EnactIn, ExtensionIn, PlatformIn, StepIn

__all__ = [
    "AccountFormIn",
    "AccountIn",
    "ActIn",
    "AgreementIn",
    "AliasIn",
    "AwardIn",
    "EnactIn",
    "EndIn",
    "EntryIntoForceIn",
    "ExtensionIn",
    "MergeIn",
    "MunicipalityIn",
    "MunicipalityVersionIn",
    "OnIn",
    "OrgCountIn",
    "OrganisationIn",
    "PasswordIn",
    "PersonIn",
    "PlatformIn",
    "ReasonIn",
    "RefusalIn",
    "RelationIn",
    "RenameIn",
    "ResourceCentreIn",
    "ScanIn",
    "SignInIn",
    "SignatureIn",
    "StepIn",
    "TerminationIn",
    "TmsIn",
    "TransformationIn",
]
