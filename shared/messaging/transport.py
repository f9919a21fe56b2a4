"""What carries messages: RabbitMQ between processes, plain calls inside one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

#: The one exchange of the suite: durable, topic; a message's name is its routing key.
EXCHANGE = "metodset.events"


@dataclass(frozen=True)
class Parcel:
    """A message on its way out."""

    message_id: UUID
    name: str
    body: bytes


@dataclass(frozen=True)
class Delivery:
    """Bytes that arrived. ``sender`` is the service that the transport vouches for, if it can."""

    name: str
    body: bytes
    sender: str | None


class Publisher(Protocol):
    """Sends a batch; returning means that every message of it is safe with the receiver's side."""

    def publish(self, parcels: Sequence[Parcel]) -> None: ...
