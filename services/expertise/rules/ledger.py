"""One line of the log of an edition: canonical bytes and the hash of a leaf (F6, RFC 8785, RFC 6962)."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785


def line_bytes(
    *,
    seq: int,
    kind: str,
    at: datetime,
    actor: UUID | None,
    edition_id: UUID,
    subject_id: UUID,
    data: Mapping[str, Any],
) -> bytes:
    """A line as canonical JSON: equal facts give equal bytes on every machine (RFC 8785).

    ``seq`` counts from 0 without gaps; ``at`` in UTC to the microsecond; ``data`` holds text, whole numbers,
    truth values, lists and mappings of them — decimals are text, names and free words are commitments.
    """
    return rfc8785.dumps(
        {
            "seq": seq,
            "kind": kind,
            "at": at.isoformat(timespec="microseconds"),
            "actor": str(actor) if actor else None,
            "edition": str(edition_id),
            "subject": str(subject_id),
            "data": dict(data),
        }
    )


def leaf_hash(line: bytes) -> str:
    """The hash of a leaf: SHA-256 over 0x00 and the bytes of the line (RFC 6962, 2.1)."""
    return sha256(b"\x00" + line).hexdigest()


def commitment(salt: str, text: str) -> str:
    """What stands in the log instead of a name or free words: SHA-256 over a secret salt and the text."""
    return sha256(f"{salt}:{text}".encode()).hexdigest()
