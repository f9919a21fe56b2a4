"""What reports does when told: it keeps copies, nothing else. Every number is computed from these copies."""

from typing import Any
from uuid import UUID, uuid5

from services.reports import messages as m
from services.reports import readmodel as rm
from services.reports.messages import contract
from shared.dated_names import kept
from shared.identity_tables import consume_identity
from shared.messaging.copies import keep
from shared.messaging.envelope import Envelope
from shared.unit import Unit

consume_identity(contract, rm.KnownAccount, rm.KnownKey)


def _fields(message: object, *left_out: str) -> dict[str, Any]:
    """The fields of a message as columns of its copy: most copies say exactly what they were told."""
    return {name: value for name, value in vars(message).items() if name not in left_out}


def _texts(ids: list[UUID]) -> list[str]:
    return [str(one) for one in ids]


@contract.handles(m.MunicipalityChanged)
def copy_municipality(u: Unit, message: m.MunicipalityChanged, envelope: Envelope) -> None:
    """Keep a municipality with its names by date (BR-11)."""
    told = _fields(message, "municipality_id", "versions")
    names = kept((one.valid_from, one.short_name) for one in message.versions)
    keep(u, rm.Municipality, message.municipality_id, envelope, names=names, **told)


@contract.handles(m.OrgCountChanged)
def copy_org_count(u: Unit, message: m.OrgCountChanged, envelope: Envelope) -> None:
    """Keep a denominator of I-01."""
    keep(u, rm.OrgCount, message.org_count_id, envelope, **_fields(message, "org_count_id"))


@contract.handles(m.OrganisationChanged)
def copy_organisation(u: Unit, message: m.OrganisationChanged, envelope: Envelope) -> None:
    """Keep an organisation with its full names by date (BR-06)."""
    told = _fields(message, "organisation_id", "names")
    names = kept((one.valid_from, one.full_name) for one in message.names)
    keep(u, rm.Organisation, message.organisation_id, envelope, names=names, **told)


@contract.handles(m.ActChanged)
def copy_act(u: Unit, message: m.ActChanged, envelope: Envelope) -> None:
    """Keep the requisites of an act."""
    keep(u, rm.Act, message.act_id, envelope, dated=message.date, **_fields(message, "act_id", "date"))


@contract.handles(m.AgreementChanged)
def copy_agreement(u: Unit, message: m.AgreementChanged, envelope: Envelope) -> None:
    """Keep an agreement with its dates."""
    told = _fields(message, "agreement_id", "date")
    keep(u, rm.Agreement, message.agreement_id, envelope, dated=message.date, **told)


@contract.handles(m.TransformationChanged)
def add_transformation_stage(u: Unit, message: m.TransformationChanged, envelope: Envelope) -> None:
    """Keep the stage beside the earlier ones: a past date is asked about the stage of that day (BR-64)."""
    key = uuid5(message.transformation_id, f"{message.stage} {message.since}")
    keep(u, rm.TransformationStage, key, envelope, **_fields(message))


@contract.handles(m.PlatformChanged)
def copy_platform(u: Unit, message: m.PlatformChanged, envelope: Envelope) -> None:
    """Keep a platform with all the terms of its status."""
    periods = [
        {
            "valid_from": period.valid_from.isoformat(),
            "valid_to": period.valid_to.isoformat() if period.valid_to else None,
            "act_id": str(period.act_id) if period.act_id else None,
        }
        for period in message.periods
    ]
    keep(
        u,
        rm.Platform,
        message.platform_id,
        envelope,
        holder_ids=_texts(message.holder_ids),
        member_ids=_texts(message.member_ids),
        periods=periods,
        **_fields(message, "platform_id", "holder_ids", "member_ids", "periods"),
    )


@contract.handles(m.EventChanged)
def copy_event(u: Unit, message: m.EventChanged, envelope: Envelope) -> None:
    """Keep an event."""
    keep(u, rm.Event, message.event_id, envelope, **_fields(message, "event_id"))


@contract.handles(m.ParticipationChanged)
def copy_participation(u: Unit, message: m.ParticipationChanged, envelope: Envelope) -> None:
    """Keep a registration and what became of it."""
    keep(u, rm.Participation, message.registration_id, envelope, **_fields(message, "registration_id"))


@contract.handles(m.CertificateIssued)
def copy_certificate(u: Unit, message: m.CertificateIssued, envelope: Envelope) -> None:
    """Keep that a certificate was issued."""
    keep(u, rm.Certificate, message.certificate_id, envelope, **_fields(message, "certificate_id"))


@contract.handles(m.EditionChanged)
def copy_edition(u: Unit, message: m.EditionChanged, envelope: Envelope) -> None:
    """Keep an edition of a contest with its nominations."""
    nominations = [
        {**vars(nomination), "nomination_id": str(nomination.nomination_id)}
        for nomination in message.nominations
    ]
    told = _fields(message, "edition_id", "nominations")
    keep(u, rm.Edition, message.edition_id, envelope, nominations=nominations, **told)


@contract.handles(m.EntryChanged)
def copy_entry(u: Unit, message: m.EntryChanged, envelope: Envelope) -> None:
    """Keep a contest entry."""
    keep(u, rm.Entry, message.entry_id, envelope, **_fields(message, "entry_id"))


@contract.handles(m.EntryDecided)
def copy_decision(u: Unit, message: m.EntryDecided, envelope: Envelope) -> None:
    """Keep the council's decision about an entry."""
    keep(u, rm.Decision, message.entry_id, envelope, **_fields(message, "entry_id"))


@contract.handles(m.SheetSigned)
def copy_sheet(u: Unit, message: m.SheetSigned, envelope: Envelope) -> None:
    """Keep a signed score sheet."""
    keep(u, rm.Sheet, message.sheet_id, envelope, **_fields(message, "sheet_id"))


@contract.handles(m.SheetOpened)
def copy_mark(u: Unit, message: m.SheetOpened, envelope: Envelope) -> None:
    """Keep the mark of an opened sheet."""
    keep(u, rm.SheetMark, message.sheet_id, envelope, **_fields(message, "sheet_id"))
