"""Reactions to the registry's messages: each keeps a copy."""

from services.events import actions, model, readmodel
from services.events.messages import MunicipalityChanged, OrganisationChanged, PersonChanged, contract
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
    """Keep the names, roles and municipality of an organisation."""
    keep(
        u,
        readmodel.Organisation,
        message.organisation_id,
        envelope,
        full_name=message.full_name,
        short_name=message.short_name,
        roles=message.roles,
        municipality_oktmo=message.municipality_oktmo,
        state=message.state,
        names=kept((one.valid_from, one.full_name) for one in message.names),
    )


@contract.handles(PersonChanged)
def copy_person(u: Unit, message: PersonChanged, envelope: Envelope) -> None:
    """Keep the name and organisation of a person; a destroyed name is forgotten everywhere (BR-69)."""
    keep(
        u,
        readmodel.NetworkPerson,
        message.person_id,
        envelope,
        last_name=message.last_name,
        first_name=message.first_name,
        middle_name=message.middle_name,
        organisation_id=message.organisation_id,
    )
    if message.erased:
        actions.forget_person(
            u, person_id=message.person_id, last_name=message.last_name, first_name=message.first_name
        )
        overwrite(u.session, model.Inbox, name=envelope.name, subject=envelope.subject, data=envelope.data)
