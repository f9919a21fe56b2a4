"""Reactions to the registry's messages: each keeps a copy."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.expertise import model, readmodel
from services.expertise.actions.forgetting import forget_name
from services.expertise.messages import (
    ActChanged,
    AgreementChanged,
    EventChanged,
    MunicipalityChanged,
    OrganisationChanged,
    PersonChanged,
    PlatformChanged,
    RoadmapChanged,
    TransformationChanged,
    contract,
)
from shared import clock
from shared.dated_names import kept
from shared.identity_tables import consume_identity
from shared.messaging.copies import keep
from shared.messaging.envelope import Envelope
from shared.messaging.forgetting import overwrite
from shared.unit import Unit

consume_identity(contract, readmodel.KnownAccount, readmodel.KnownKey)


@contract.handles(MunicipalityChanged)
def copy_municipality(u: Unit, message: MunicipalityChanged, envelope: Envelope) -> None:
    """Keep the names of a municipality by date (BR-11)."""
    keep(
        u,
        readmodel.Municipality,
        message.municipality_id,
        envelope,
        oktmo=message.oktmo,
        short_name=message.short_name,
        names=kept((one.valid_from, one.short_name) for one in message.versions),
    )


@contract.handles(OrganisationChanged)
def copy_organisation(u: Unit, message: OrganisationChanged, envelope: Envelope) -> None:
    """Keep the names, municipality and state of an organisation."""
    keep(
        u,
        readmodel.Organisation,
        message.organisation_id,
        envelope,
        full_name=message.full_name,
        short_name=message.short_name,
        municipality_oktmo=message.municipality_oktmo,
        state=message.state,
        names=kept((one.valid_from, one.full_name) for one in message.names),
    )


@contract.handles(PersonChanged)
def copy_person(u: Unit, message: PersonChanged, envelope: Envelope) -> None:
    """Keep the name and organisation of a person: experts are taken from them.

    A destroyed name is forgotten, also in the kept messages and behind the commitments of logs; printed
    protocols are archive documents (BR-69).
    """
    known = u.session.get(readmodel.PersonCopy, message.person_id) if message.erased else None
    if known is not None and known.last_name != message.last_name:
        forget_name(u, known.last_name)
    keep(
        u,
        readmodel.PersonCopy,
        message.person_id,
        envelope,
        last_name=message.last_name,
        first_name=message.first_name,
        middle_name=message.middle_name,
        position=message.position,
        organisation_id=message.organisation_id,
    )
    _remember_job(u, message.person_id, envelope, erased=message.erased)
    if message.erased:
        overwrite(u.session, model.Inbox, name=envelope.name, subject=envelope.subject, data=envelope.data)


def _remember_job(u: Unit, person_id: UUID, envelope: Envelope, *, erased: bool) -> None:
    """Keep where a person worked before; an erased person leaves no trace (F17, BR-69)."""
    jobs = readmodel.Employment
    if erased:
        ties = model.PersonRelation
        u.session.execute(sa.delete(jobs).where(jobs.person_id == person_id))
        u.session.execute(
            sa.delete(ties).where(sa.or_(ties.person_id == person_id, ties.other_person_id == person_id))
        )
        return
    people = readmodel.PersonCopy
    now = u.session.scalar(sa.select(people.organisation_id).where(people.id == person_id))
    present = u.session.scalar(sa.select(jobs).where(jobs.person_id == person_id, jobs.last_seen.is_(None)))
    if present is not None and present.organisation_id == now:
        return
    on = clock.local(envelope.time).date()
    if present is not None:
        present.last_seen = on
    if now is not None:
        u.add(jobs(person_id=person_id, organisation_id=now, first_seen=on))


@contract.handles(PlatformChanged)
def copy_platform(u: Unit, message: PlatformChanged, envelope: Envelope) -> None:
    """Keep a platform: reports are about it."""
    keep(
        u,
        readmodel.Platform,
        message.platform_id,
        envelope,
        kind=message.kind,
        topic=message.topic,
        holder_ids=[str(one) for one in message.holder_ids],
        hub_id=message.hub_id,
        member_ids=[str(one) for one in message.member_ids],
        periods=[[one.valid_from.isoformat(), _day(one.valid_to)] for one in message.periods],
        counts_in_i02=message.counts_in_i02,
        state=message.state,
    )


@contract.handles(ActChanged)
def copy_act(u: Unit, message: ActChanged, envelope: Envelope) -> None:
    """Keep an act and which acts it changes (BR-04, BR-06)."""
    amends = [str(one.target_id) for one in message.relations if one.type == "AMENDS" and one.target_id]
    keep(
        u,
        readmodel.Act,
        message.act_id,
        envelope,
        kind=message.kind,
        number=message.number,
        dated=message.date,
        title=message.title,
        issuer_name=message.issuer_name,
        level=message.level,
        in_force_from=message.in_force_from,
        in_force_to=message.in_force_to,
        amends=amends,
    )


@contract.handles(AgreementChanged)
def copy_agreement(u: Unit, message: AgreementChanged, envelope: Envelope) -> None:
    """Keep whom an agreement binds and when it is in force (BR-12)."""
    keep(
        u,
        readmodel.Agreement,
        message.agreement_id,
        envelope,
        operator_id=message.operator_id,
        tms_id=message.tms_id,
        municipality_oktmo=message.municipality_oktmo,
        valid_to=message.valid_to,
        in_force_from=message.in_force_from,
        ended_on=message.ended_on,
    )


@contract.handles(RoadmapChanged)
def copy_roadmap(u: Unit, message: RoadmapChanged, envelope: Envelope) -> None:
    """Keep a roadmap with its items."""
    items = [
        {
            "no": one.no,
            "title": one.title,
            "due_on": one.due_on.isoformat(),
            "done_on": _day(one.done_on),
            "cancelled_on": _day(one.cancelled_on),
        }
        for one in message.items
    ]
    keep(
        u,
        readmodel.Roadmap,
        message.roadmap_id,
        envelope,
        title=message.title,
        approved_on=message.approved_on,
        items=items,
    )


@contract.handles(TransformationChanged)
def copy_transformation(u: Unit, message: TransformationChanged, envelope: Envelope) -> None:
    """Keep the stage that a municipality has reached."""
    keep(
        u,
        readmodel.Transformation,
        message.transformation_id,
        envelope,
        municipality_oktmo=message.municipality_oktmo,
        stage=message.stage,
        since=message.since,
    )


@contract.handles(EventChanged)
def copy_event(u: Unit, message: EventChanged, envelope: Envelope) -> None:
    """Keep an event of the network."""
    keep(
        u,
        readmodel.Event,
        message.event_id,
        envelope,
        kind=message.kind,
        title=message.title,
        state=message.state,
        date_precision=message.date_precision,
        starts_on=message.starts_on,
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
