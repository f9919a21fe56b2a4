"""Identifiers: UUID version 7, so that keys grow with time and indexes stay small."""

from uuid import UUID

from uuid6 import uuid7


def new_id() -> UUID:
    """A new identifier."""
    return UUID(int=uuid7().int)
