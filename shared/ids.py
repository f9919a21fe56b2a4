"""Identifiers: UUID version 7, so that keys grow with time and indexes stay small."""

import secrets
from uuid import UUID

from uuid6 import uuid7

#: The random bits at the end of an identifier, where a row of them counts on (RFC 9562, 6.2, method 2).
_TAIL = (1 << 62) - 1


def new_id() -> UUID:
    """A new identifier."""
    return UUID(int=uuid7().int)


def new_ids(count: int) -> list[UUID]:
    """Many new identifiers at once, each greater than the one before it."""
    first = uuid7().int
    head, tail = first & ~_TAIL, (first & _TAIL) >> 1
    found = []
    for _ in range(count):
        found.append(UUID(int=head | tail))
        tail += 1 + secrets.randbits(32)
    return found
