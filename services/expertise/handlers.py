"""Reactions to the registry's messages: each keeps a copy."""

from services.expertise import model, readmodel
from services.expertise.actions.forgetting import forget_name
from services.expertise.messages import (
    MunicipalityChanged,
    OrganisationChanged,
    PersonChanged,
    PlatformChanged,
    contract,
)
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
    if message.erased:
        overwrite(u.session, model.Inbox, name=envelope.name, subject=envelope.subject, data=envelope.data)


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
        state=message.state,
    )
