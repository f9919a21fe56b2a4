"""The envelope of every message: CloudEvents 1.0, structured JSON mode.

``source`` + ``id`` is unique, so equal pairs are duplicates. ``subject`` is the aggregate's id and
``aggregateversion`` its version: together they keep the order that no broker promises.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

CONTENT_TYPE = "application/cloudevents+json"
SOURCE = "urn:metodset:"
SCHEMA = "urn:metodset:schema:"
#: No message of the suite comes near it; anything larger is hostile or broken (bytes).
LIMIT = 256 * 1024

_json = JSONFormat()


class NotAnEnvelope(Exception):
    """Bytes that are no CloudEvents envelope of ours."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One message as it travels."""

    id: UUID
    service: str
    name: str
    subject: str
    version: int
    time: datetime
    data: dict[str, Any]
    correlation: UUID | None = None
    causation: UUID | None = None
    actor: UUID | None = None

    def wrap(self) -> str:
        """The envelope as CloudEvents JSON, exactly as it is sent and replayed."""
        attributes: dict[str, Any] = {
            "specversion": "1.0",
            "id": str(self.id),
            "source": SOURCE + self.service,
            "type": self.name,
            "subject": self.subject,
            "time": self.time.astimezone(UTC),
            "datacontenttype": "application/json",
            "dataschema": SCHEMA + self.name,
            "aggregateversion": self.version,
        }
        for key, value in (
            ("correlationid", self.correlation),
            ("causationid", self.causation),
            ("actorid", self.actor),
        ):
            if value is not None:
                attributes[key] = str(value)
        return _json.write(CloudEvent(attributes, self.data)).decode()


def unwrap(body: bytes) -> Envelope:
    """Read an envelope; NotAnEnvelope says what is wrong with the bytes."""
    if len(body) > LIMIT:
        raise NotAnEnvelope(f"larger than {LIMIT} bytes")
    try:
        event = _json.read(None, body)
        attributes = event.get_attributes()
        data = event.get_data()
        source = str(attributes["source"])
        if not source.startswith(SOURCE):
            raise ValueError(f"source {source!r}")
        if not isinstance(data, dict):
            raise ValueError("data is not an object")
        version = attributes["aggregateversion"]
        if isinstance(version, bool) or not isinstance(version, int) or not 0 <= version < 2**63:
            raise ValueError(f"aggregateversion {version!r}")
        subject = str(attributes["subject"])
        if not 1 <= len(subject) <= 64 or len(str(attributes["type"])) > 120:
            raise ValueError("subject or type of a wrong length")
        optional = {key: attributes.get(key) for key in ("correlationid", "causationid", "actorid")}
        parsed = {key: UUID(str(value)) if value else None for key, value in optional.items()}
        return Envelope(
            id=UUID(str(attributes["id"])),
            service=source.removeprefix(SOURCE),
            name=str(attributes["type"]),
            subject=subject,
            version=version,
            time=attributes["time"],
            data=data,
            correlation=parsed["correlationid"],
            causation=parsed["causationid"],
            actor=parsed["actorid"],
        )
    except Exception as error:
        raise NotAnEnvelope(str(error)) from None
