"""What expertise tells and what it listens to."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.expertise.rules.vocabulary import (
    AssignmentKind,
    EditionState,
    EntryKind,
    EntryState,
    Outcome,
    ResultTitle,
    StageKind,
)
from shared.messaging.contract import Contract

contract = Contract("expertise")


@dataclass(frozen=True, kw_only=True)
class NominationTold:
    """A nomination of an edition."""

    nomination_id: UUID
    code: str
    title: str
    entry_kind: EntryKind


@contract.publishes("expertise.edition.changed.v1", subject="edition_id")
@dataclass(frozen=True, kw_only=True)
class EditionChanged:
    """The public card of an edition of a contest, sent whole after every change."""

    edition_id: UUID
    series_name: str
    ordinal: int | None = None
    year: int
    title: str
    state: EditionState
    opens_on: date
    closes_on: date
    nominations: list[NominationTold]


@contract.publishes("expertise.entry.changed.v1", subject="entry_id")
@dataclass(frozen=True, kw_only=True)
class EntryChanged:
    """An entry as others may know it: score, place and title appear when the results are published."""

    entry_id: UUID
    edition_id: UUID
    nomination_id: UUID
    kind: EntryKind
    applicant_id: UUID
    municipality_oktmo: str | None = None
    platform_id: UUID | None = None
    topic: str
    reg_no: str | None = None
    state: EntryState
    final_score: Decimal | None = None
    rank: int | None = None
    title: ResultTitle | None = None


@contract.publishes("expertise.entry.decided.v1", subject="entry_id")
@dataclass(frozen=True, kw_only=True)
class EntryDecided:
    """The council decided about an entry; the status itself is given by an act (BR-56)."""

    entry_id: UUID
    edition_id: UUID
    edition_title: str
    nomination_code: str
    kind: EntryKind
    applicant_id: UUID
    co_applicant_ids: list[UUID]
    platform_id: UUID | None = None
    platform_kind: str | None = None
    topic: str
    outcome: Outcome
    protocol_number: str
    protocol_date: date
    rank: int | None = None
    final_score: Decimal | None = None


@contract.publishes("expertise.sheet.signed.v1", subject="sheet_id")
@dataclass(frozen=True, kw_only=True)
class SheetSigned:
    """An expert signed a score sheet; organisation and municipality are those of that day.

    The mark stays sealed until the stage is closed (F6): ``percent`` is no longer told here, see sheet.opened.
    """

    sheet_id: UUID
    entry_id: UUID
    edition_id: UUID
    expert_id: UUID
    expert_organisation_id: UUID | None = None
    expert_municipality_oktmo: str | None = None
    stage_kind: StageKind
    signed_on: date
    percent: Decimal | None = None
    kind: AssignmentKind


@contract.publishes("expertise.sheet.opened.v1", subject="sheet_id")
@dataclass(frozen=True, kw_only=True)
class SheetOpened:
    """The stage is closed and the mark of a valid sheet may be known (BR-44, F6); a cancelled one is not told."""

    sheet_id: UUID
    entry_id: UUID
    edition_id: UUID
    stage_kind: StageKind
    opened_on: date
    percent: Decimal


@contract.publishes("expertise.tree_head.signed.v1", subject="edition_id")
@dataclass(frozen=True, kw_only=True)
class TreeHeadSigned:
    """A signed head of an edition's log, to be kept outside as a witness (F6).

    ``text`` is the canonical JSON under the Ed25519 ``signature`` (base64). ``consistency`` (RFC 6962, 2.1.2,
    hex) proves that the log grew from ``previous_size`` lines, those of the head before, by adding only.
    """

    edition_id: UUID
    head_id: UUID
    number: int
    size: int
    root: str
    signed_at: datetime
    kid: str
    public_key: str
    text: str
    signature: str
    previous_size: int
    consistency: list[str]


@contract.publishes("expertise.log_key.changed.v1", subject="key_id")
@dataclass(frozen=True, kw_only=True)
class LogKeyChanged:
    """The public half (base64) of a key that signs heads of logs; a replaced one still checks old heads (F6)."""

    key_id: UUID
    kid: str
    public_key: str
    made_at: datetime
    replaced_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class MunicipalityNameTold:
    """A name of a municipality from a day on; without a day, from the first known time on (BR-11)."""

    valid_from: date | None
    short_name: str


@contract.consumes("registry.municipality.changed.v1")
@dataclass(frozen=True, kw_only=True)
class MunicipalityChanged:
    """A municipality, by its code and short name."""

    municipality_id: UUID
    oktmo: str
    short_name: str
    versions: list[MunicipalityNameTold] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class NameTold:
    """A full name from a day on; without a day, from the first known time on (BR-06)."""

    full_name: str
    valid_from: date | None


@contract.consumes("registry.organisation.changed.v1")
@dataclass(frozen=True, kw_only=True)
class OrganisationChanged:
    """An organisation that may file entries or employ experts."""

    organisation_id: UUID
    full_name: str
    short_name: str
    municipality_oktmo: str | None = None
    state: str
    names: list[NameTold] = field(default_factory=list)


@contract.consumes("registry.person.changed.v1")
@dataclass(frozen=True, kw_only=True)
class PersonChanged:
    """A person who may be an expert or a contact."""

    person_id: UUID
    last_name: str
    first_name: str
    middle_name: str | None = None
    position: str | None = None
    organisation_id: UUID | None = None
    erased: bool = False


@dataclass(frozen=True, kw_only=True)
class PeriodTold:
    """Days on which a platform's status is active, both included."""

    valid_from: date
    valid_to: date | None


@contract.consumes("registry.platform.changed.v1")
@dataclass(frozen=True, kw_only=True)
class PlatformChanged:
    """A platform: its report is entered, it is counted in the sections of an entry."""

    platform_id: UUID
    kind: str
    topic: str
    holder_ids: list[UUID]
    hub_id: UUID | None = None
    member_ids: list[UUID] = field(default_factory=list)
    state: str
    counts_in_i02: bool = False
    periods: list[PeriodTold] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class RelationTold:
    """What an act does to another act."""

    type: str
    target_id: UUID | None


@contract.consumes("registry.act.changed.v1")
@dataclass(frozen=True, kw_only=True)
class ActChanged:
    """A normative act, to be cited in a section of an entry; issuer_name is that of the act's date (BR-06)."""

    act_id: UUID
    kind: str
    number: str | None
    date: date
    title: str
    issuer_name: str | None
    level: str
    in_force_from: date | None
    in_force_to: date | None
    relations: list[RelationTold]


@contract.consumes("registry.agreement.changed.v1")
@dataclass(frozen=True, kw_only=True)
class AgreementChanged:
    """An agreement with a ТМС: in force from in_force_from to valid_to, before ended_on."""

    agreement_id: UUID
    operator_id: UUID
    tms_id: UUID
    municipality_oktmo: str
    valid_to: date
    in_force_from: date | None
    ended_on: date | None


@dataclass(frozen=True, kw_only=True)
class RoadmapItemTold:
    """An item of a roadmap; due_on is the last day of its term."""

    no: str
    title: str
    due_on: date
    done_on: date | None
    cancelled_on: date | None


@contract.consumes("registry.roadmap.changed.v1")
@dataclass(frozen=True, kw_only=True)
class RoadmapChanged:
    """A roadmap with the items of its newest approved version."""

    roadmap_id: UUID
    title: str
    approved_on: date | None
    items: list[RoadmapItemTold]


@contract.consumes("registry.transformation.changed.v1")
@dataclass(frozen=True, kw_only=True)
class TransformationChanged:
    """How far the network of a municipality has come (BR-18)."""

    transformation_id: UUID
    municipality_oktmo: str
    stage: str
    since: date


@contract.consumes("events.event.changed.v1")
@dataclass(frozen=True, kw_only=True)
class EventChanged:
    """An event of the network, for the section about forms of events."""

    event_id: UUID
    kind: str
    title: str
    state: str
    date_precision: str
    starts_on: date
