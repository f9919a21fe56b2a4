"""What the registry tells the others, and its own copies of what it listens to."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from services.registry.rules.kinds import (
    ActKind,
    ActLevel,
    AgreementState,
    EduOrgKind,
    MunicipalityKind,
    OrgRole,
    OrgState,
    PlatformKind,
    PlatformState,
    RelationType,
    Stage,
)
from services.registry.rules.project_kinds import ItemState, Section
from shared.messaging.contract import Contract
from shared.person import Role

contract = Contract("registry")


@dataclass(frozen=True, kw_only=True)
class MunicipalityNameTold:
    """Kind and names of a municipality from a day on; without a day, from the first known time on (BR-11)."""

    valid_from: dt.date | None
    kind: MunicipalityKind
    short_name: str
    official_name: str
    centre: str | None


@contract.publishes("registry.municipality.changed.v1", subject="municipality_id")
@dataclass(frozen=True, kw_only=True)
class MunicipalityChanged:
    """A municipality under the names valid today (BR-11); in_krai tells whether it is one of the 44.

    ``versions`` are its names by date, the earliest first.
    """

    municipality_id: UUID
    oktmo: str
    short_name: str
    official_name: str
    kind: MunicipalityKind
    centre: str | None
    in_krai: bool
    versions: list[MunicipalityNameTold] = field(default_factory=list)


@contract.publishes("registry.org_count.changed.v1", subject="org_count_id")
@dataclass(frozen=True, kw_only=True)
class OrgCountChanged:
    """How many education organisations a municipality has in a year: the denominator of I-01 (S-005)."""

    org_count_id: UUID
    municipality_oktmo: str
    year: int
    as_of: dt.date
    total: int
    source: str


@dataclass(frozen=True, kw_only=True)
class NameTold:
    """A full name from a day on; without a day, from the first known time on (BR-06)."""

    full_name: str
    valid_from: dt.date | None


@contract.publishes("registry.organisation.changed.v1", subject="organisation_id")
@dataclass(frozen=True, kw_only=True)
class OrganisationChanged:
    """An organisation: its names, roles, territory and state; ``names`` by date, the earliest first."""

    organisation_id: UUID
    full_name: str
    short_name: str
    roles: list[OrgRole]
    edu_kind: EduOrgKind | None
    municipality_oktmo: str | None
    state: OrgState
    names: list[NameTold] = field(default_factory=list)


@contract.publishes("registry.person.changed.v1", subject="person_id")
@dataclass(frozen=True, kw_only=True)
class PersonChanged:
    """A person of the network; no personal data beyond the name and the place of work (PD-12).

    ``erased``: the data were destroyed, the name is a marker; forget what was told before (BR-69).
    """

    person_id: UUID
    last_name: str
    first_name: str
    middle_name: str | None
    position: str | None
    organisation_id: UUID | None
    erased: bool = False


@dataclass(frozen=True, kw_only=True)
class GrantTold:
    """One role of an account, the scope it reaches and its term (both days included, none is unlimited)."""

    role: Role
    organisation_id: UUID | None
    municipality_oktmo: str | None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@contract.publishes("registry.account.changed.v1", subject="account_id")
@dataclass(frozen=True, kw_only=True)
class AccountChanged:
    """An account: whether it is active, its grants; tokens issued before not_before are refused."""

    account_id: UUID
    person_id: UUID
    active: bool
    grants: list[GrantTold]
    not_before: dt.datetime


@contract.publishes("registry.signing_key.changed.v1", subject="key_id")
@dataclass(frozen=True, kw_only=True)
class SigningKeyChanged:
    """A public key with which tokens are verified; a retired key verifies nothing any more."""

    key_id: UUID
    kid: str
    public_pem: str
    retired_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class RelationTold:
    """What the act does to another act (target_id) or to a thing named by target_ref."""

    type: RelationType
    target_id: UUID | None
    target_ref: str | None


@contract.publishes("registry.act.changed.v1", subject="act_id")
@dataclass(frozen=True, kw_only=True)
class ActChanged:
    """A normative act. It is in force on d when in_force_from ≤ d and d < in_force_to (BR-04).

    issuer_name is the issuer's name valid on the act's date (BR-06).
    """

    act_id: UUID
    kind: ActKind
    number: str | None
    date: dt.date
    title: str
    issuer_name: str | None
    level: ActLevel
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    relations: list[RelationTold]


@contract.publishes("registry.agreement.changed.v1", subject="agreement_id")
@dataclass(frozen=True, kw_only=True)
class AgreementChanged:
    """An agreement of the operator with a ТМС.

    It is in force on d when in_force_from ≤ d ≤ valid_to and, if ended_on is set, d < ended_on:
    ended_on is the first day without the agreement.
    """

    agreement_id: UUID
    number: str
    date: dt.date
    operator_id: UUID
    tms_id: UUID
    municipality_oktmo: str
    subject_text: str
    valid_from: dt.date
    valid_to: dt.date
    state: AgreementState
    in_force_from: dt.date | None
    ended_on: dt.date | None


@contract.publishes("registry.transformation.changed.v1", subject="transformation_id")
@dataclass(frozen=True, kw_only=True)
class TransformationChanged:
    """How far a municipality has come in transforming its network (BR-18)."""

    transformation_id: UUID
    municipality_oktmo: str
    tms_id: UUID
    stage: Stage
    since: dt.date


@dataclass(frozen=True, kw_only=True)
class PeriodTold:
    """Days on which the status is ACTIVE, both ends included, and the act they rest on."""

    valid_from: dt.date
    valid_to: dt.date | None
    act_id: UUID | None


@contract.publishes("registry.platform.changed.v1", subject="platform_id")
@dataclass(frozen=True, kw_only=True)
class PlatformChanged:
    """An innovation platform with the whole history of its status as periods (BR-26)."""

    platform_id: UUID
    kind: PlatformKind
    topic: str
    holder_ids: list[UUID]
    hub_id: UUID | None
    member_ids: list[UUID]
    curator_id: UUID | None
    municipality_oktmo: str | None
    state: PlatformState
    counts_in_i02: bool
    periods: list[PeriodTold]


@dataclass(frozen=True, kw_only=True)
class RoadmapItemTold:
    """An item of a roadmap; due_on is the last day of its term.

    state is what its marks say and is never OVERDUE: an item is overdue on d when it is neither done nor
    cancelled by d and due_on < d.
    """

    item_id: UUID
    no: str
    section: Section
    title: str
    due_on: dt.date
    state: ItemState
    done_on: dt.date | None
    cancelled_on: dt.date | None


@contract.publishes("registry.roadmap.changed.v1", subject="roadmap_id")
@dataclass(frozen=True, kw_only=True)
class RoadmapChanged:
    """A roadmap of a project or a municipality: the newest approved version and its progress (I-18).

    Before the first approval there is no version and there are no items.
    """

    roadmap_id: UUID
    title: str
    project_id: UUID | None
    project_name: str | None
    municipality_oktmo: str | None
    version_no: int | None
    approved_on: dt.date | None
    items: list[RoadmapItemTold]


@contract.consumes("expertise.entry.decided.v1")
@dataclass(frozen=True, kw_only=True)
class EntryDecided:
    """A council's decision about an entry; four of its outcomes ask for an order (BR-55, BR-56)."""

    entry_id: UUID
    edition_title: str
    nomination_code: str
    applicant_id: UUID
    co_applicant_ids: list[UUID]
    platform_id: UUID | None = None
    platform_kind: str | None = None
    topic: str
    outcome: str
    protocol_number: str
    protocol_date: dt.date
    final_score: Decimal | None = None


@contract.consumes("expertise.edition.changed.v1")
@dataclass(frozen=True, kw_only=True)
class EditionChanged:
    """A contest edition, for the landing page."""

    edition_id: UUID
    title: str
    state: str
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None


@contract.consumes("expertise.tree_head.signed.v1")
@dataclass(frozen=True, kw_only=True)
class TreeHeadSigned:
    """A signed head of a contest's log, kept here as an outside witness (F6)."""

    edition_id: UUID
    number: int
    size: int
    root: str
    signed_at: dt.datetime
    kid: str
    public_key: str
    text: str
    signature: str
    previous_size: int
    consistency: list[str]


@contract.consumes("reports.report.issued.v1")
@dataclass(frozen=True, kw_only=True)
class ReportIssued:
    """A report of the network, for the landing page."""

    report_id: UUID
    kind: str
    as_of: dt.date
    period_from: dt.date
    period_to: dt.date
    issued_on: dt.date
