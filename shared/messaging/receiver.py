"""Delivery → inbox row. No business is done here; what cannot be trusted does not come in."""

from collections.abc import Iterable

import structlog

from shared.messaging import store
from shared.messaging.envelope import Envelope, NotAnEnvelope, unwrap
from shared.messaging.transport import Delivery
from shared.service import current
from shared.unit import transaction

log = structlog.get_logger()


def receive(deliveries: Iterable[Delivery]) -> list[tuple[Delivery, str]]:
    """Store deliveries in the inbox, in one transaction; duplicates are dropped.

    Returns those that were refused, with the reason: no envelope of ours, or a message whose
    sender is not the service that it claims to come from.
    """
    service = current()
    accepted: list[tuple[Envelope, str]] = []
    refused: list[tuple[Delivery, str]] = []
    for delivery in deliveries:
        try:
            envelope = unwrap(delivery.body)
            _authentic(delivery, envelope)
        except NotAnEnvelope as error:
            log.warning("delivery refused", service=service.name, reason=str(error))
            refused.append((delivery, str(error)))
        else:
            accepted.append((envelope, delivery.body.decode()))
    if accepted:
        with transaction() as session:
            store.write_in(session, service.tables.inbox, accepted)
    return refused


def _authentic(delivery: Delivery, envelope: Envelope) -> None:
    if envelope.name != delivery.name:
        raise NotAnEnvelope(f"type {envelope.name!r} came under the key {delivery.name!r}")
    if envelope.name.split(".", 1)[0] != envelope.service:
        raise NotAnEnvelope(f"{envelope.service!r} may not tell {envelope.name!r}")
    if delivery.sender != envelope.service:
        raise NotAnEnvelope(f"claims to come from {envelope.service!r}, sent by {delivery.sender!r}")
