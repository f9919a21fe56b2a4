"""What events tells and what it listens to."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.events.rules.kinds import DatePrecision, EventKind, EventMode, ParticipationRole
from services.events.rules.states import EventState, RegistrationState
from shared.messaging.contract import Contract

contract = Contract("events")


@contract.publishes("events.event.changed.v1", subject="event_id")
@dataclass(frozen=True, kw_only=True)
class EventChanged:
    """An event was planned, moved, held or cancelled; its whole public state."""

    event_id: UUID
    kind: EventKind
    title: str
    mode: EventMode
    state: EventState
    date_precision: DatePrecision
    starts_on: date
    ends_on: date | None
    organiser_ids: list[UUID]
    series_name: str | None
    ordinal: int | None


@contract.publishes("events.participation.changed.v1", subject="registration_id")
@dataclass(frozen=True, kw_only=True)
class ParticipationChanged:
    """Somebody's participation changed; without name and e-mail, with the place as of that day (BR-29)."""

    registration_id: UUID
    event_id: UUID
    person_id: UUID | None
    organisation_id: UUID | None
    municipality_oktmo: str | None
    role: ParticipationRole
    state: RegistrationState
    minutes: int | None


@contract.publishes("events.certificate.issued.v1", subject="certificate_id")
@dataclass(frozen=True, kw_only=True)
class CertificateIssued:
    """A certificate was issued to somebody who attended (BR-34)."""

    certificate_id: UUID
    number: str
    event_id: UUID
    registration_id: UUID
    organisation_id: UUID | None
    role: ParticipationRole
    issued_on: date


@dataclass(frozen=True, kw_only=True)
class MunicipalityNameTold:
    """A name of a municipality from a day on; without a day, from the first known time on (BR-11)."""

    valid_from: date | None
    short_name: str


@contract.consumes("registry.municipality.changed.v1")
@dataclass(frozen=True, kw_only=True)
class MunicipalityChanged:
    """Our copy: a municipality's code and name."""

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
    """Our copy: an organisation's names, roles and municipality."""

    organisation_id: UUID
    full_name: str
    short_name: str
    roles: list[str]
    municipality_oktmo: str | None
    state: str
    names: list[NameTold] = field(default_factory=list)


@contract.consumes("registry.person.changed.v1")
@dataclass(frozen=True, kw_only=True)
class PersonChanged:
    """Our copy: a person's name and organisation, to prefill the registration form."""

    person_id: UUID
    last_name: str
    first_name: str
    middle_name: str | None
    organisation_id: UUID | None
    erased: bool = False
