"""What reports tells and what it listens to: our own copies hold only what the numbers need."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from services.reports.rules.terms import ReportKind
from shared.messaging.contract import Contract

contract = Contract("reports")


@contract.publishes("reports.report.issued.v1", subject="report_id")
@dataclass(frozen=True, kw_only=True)
class ReportIssued:
    """A report was issued: its numbers are frozen, `inputs_hash` binds them to their records (BR-63)."""

    report_id: UUID
    kind: ReportKind
    as_of: dt.date
    period_from: dt.date
    period_to: dt.date
    inputs_hash: str
    issued_on: dt.date


@dataclass(frozen=True, kw_only=True)
class MunicipalityNameTold:
    """A name of a municipality from a day on; without a day, from the first known time on (BR-11)."""

    valid_from: dt.date | None
    short_name: str


@contract.consumes("registry.municipality.changed.v1")
@dataclass(frozen=True, kw_only=True)
class MunicipalityChanged:
    """Our copy: a municipality; those of the krai are the denominator of I-05."""

    municipality_id: UUID
    oktmo: str
    short_name: str
    in_krai: bool
    versions: list[MunicipalityNameTold] = field(default_factory=list)


@contract.consumes("registry.org_count.changed.v1")
@dataclass(frozen=True, kw_only=True)
class OrgCountChanged:
    """Our copy: the number of educational organisations of a municipality, the denominator of I-01."""

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


@contract.consumes("registry.organisation.changed.v1")
@dataclass(frozen=True, kw_only=True)
class OrganisationChanged:
    """Our copy: an organisation, its roles and its municipality."""

    organisation_id: UUID
    full_name: str
    short_name: str
    roles: list[str]
    municipality_oktmo: str | None
    state: str
    names: list[NameTold] = field(default_factory=list)


@contract.consumes("registry.act.changed.v1")
@dataclass(frozen=True, kw_only=True)
class ActChanged:
    """Our copy: the requisites of an act, to name the basis of a status."""

    act_id: UUID
    kind: str
    number: str | None
    date: dt.date
    title: str


@contract.consumes("registry.agreement.changed.v1")
@dataclass(frozen=True, kw_only=True)
class AgreementChanged:
    """Our copy: an agreement with the dates that say when it was in force."""

    agreement_id: UUID
    number: str
    date: dt.date
    operator_id: UUID
    tms_id: UUID
    municipality_oktmo: str
    valid_from: dt.date
    valid_to: dt.date
    in_force_from: dt.date | None
    ended_on: dt.date | None


@contract.consumes("registry.transformation.changed.v1")
@dataclass(frozen=True, kw_only=True)
class TransformationChanged:
    """Our copy: the stage that the network of a municipality has entered."""

    transformation_id: UUID
    municipality_oktmo: str
    tms_id: UUID
    stage: str
    since: dt.date


@dataclass(frozen=True, kw_only=True)
class PlatformPeriod:
    """A term of a platform's status and the act it rests on."""

    valid_from: dt.date
    valid_to: dt.date | None
    act_id: UUID | None


@contract.consumes("registry.platform.changed.v1")
@dataclass(frozen=True, kw_only=True)
class PlatformChanged:
    """Our copy: a platform, everyone who works on it, and the terms of its status."""

    platform_id: UUID
    kind: str
    topic: str
    holder_ids: list[UUID]
    hub_id: UUID | None
    member_ids: list[UUID]
    municipality_oktmo: str | None
    counts_in_i02: bool
    periods: list[PlatformPeriod]


@contract.consumes("events.event.changed.v1")
@dataclass(frozen=True, kw_only=True)
class EventChanged:
    """Our copy: an event on the calendar."""

    event_id: UUID
    kind: str
    title: str
    mode: str
    state: str
    date_precision: str
    starts_on: dt.date
    series_name: str | None
    ordinal: int | None


@contract.consumes("events.participation.changed.v1")
@dataclass(frozen=True, kw_only=True)
class ParticipationChanged:
    """Our copy: one registration; the municipality is that of the day of registration (BR-29)."""

    registration_id: UUID
    event_id: UUID
    person_id: UUID | None
    organisation_id: UUID | None
    municipality_oktmo: str | None
    role: str
    state: str
    minutes: int | None


@contract.consumes("events.certificate.issued.v1")
@dataclass(frozen=True, kw_only=True)
class CertificateIssued:
    """Our copy: that a certificate exists; reports counts them and prints no names."""

    certificate_id: UUID
    event_id: UUID
    registration_id: UUID
    issued_on: dt.date


@dataclass(frozen=True, kw_only=True)
class NominationTold:
    """A nomination of an edition."""

    nomination_id: UUID
    code: str
    title: str
    entry_kind: str


@contract.consumes("expertise.edition.changed.v1")
@dataclass(frozen=True, kw_only=True)
class EditionChanged:
    """Our copy: an edition of a contest and its nominations."""

    edition_id: UUID
    series_name: str
    year: int
    title: str
    state: str
    opens_on: dt.date
    closes_on: dt.date
    nominations: list[NominationTold]


@contract.consumes("expertise.entry.changed.v1")
@dataclass(frozen=True, kw_only=True)
class EntryChanged:
    """Our copy: a contest entry and how far it has come."""

    entry_id: UUID
    edition_id: UUID
    nomination_id: UUID
    kind: str
    applicant_id: UUID
    municipality_oktmo: str | None
    topic: str
    reg_no: str | None
    state: str


@contract.consumes("expertise.entry.decided.v1")
@dataclass(frozen=True, kw_only=True)
class EntryDecided:
    """Our copy: what the council decided about an entry, by which protocol."""

    entry_id: UUID
    outcome: str
    protocol_number: str
    protocol_date: dt.date


@contract.consumes("expertise.sheet.signed.v1")
@dataclass(frozen=True, kw_only=True)
class SheetSigned:
    """Our copy: a signed score sheet (I-12); its mark comes when the stage is closed."""

    sheet_id: UUID
    entry_id: UUID
    edition_id: UUID
    expert_id: UUID
    expert_organisation_id: UUID | None
    expert_municipality_oktmo: str | None
    stage_kind: str
    signed_on: dt.date
    kind: str


@contract.consumes("expertise.sheet.opened.v1")
@dataclass(frozen=True, kw_only=True)
class SheetOpened:
    """Our copy: the mark of a valid sheet, for the agreement of experts (I-13)."""

    sheet_id: UUID
    percent: Decimal
