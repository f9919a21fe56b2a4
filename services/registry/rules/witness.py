"""Heads of contest logs kept as an outside witness: what contradicts them is an alarm (F6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.heads import is_signed, key_id_of, read_head
from shared.merkle import is_consistent


class Trouble(StrEnum):
    """What is wrong with a head that came."""

    BAD_SIGNATURE = "BAD_SIGNATURE"
    FORKED = "FORKED"
    SHRUNK = "SHRUNK"
    REWRITTEN = "REWRITTEN"
    GAP = "GAP"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A head that was kept."""

    number: int
    size: int
    root: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """A head that came, with its claim to continue the one before."""

    edition: str
    number: int
    size: int
    root: str
    kid: str
    public_key: str
    text: str
    signature: str
    previous_size: int
    consistency: Sequence[str]


def trouble_with(told: Told, seen: Sequence[Seen]) -> Trouble | None:
    """A log only grows: a head must be signed, and continue every head that was kept before it (F6)."""
    if not _is_genuine(told):
        return Trouble.BAD_SIGNATURE
    if any(_forks(one, told) for one in seen):
        return Trouble.FORKED
    if any((one.number < told.number) != (one.size <= told.size) and one.size != told.size for one in seen):
        return Trouble.SHRUNK
    before = [one for one in seen if one.number < told.number]
    if not before:
        return None
    last = max(before, key=lambda one: one.number)
    if last.number != told.number - 1:
        return Trouble.GAP
    return None if _continues(told, last) else Trouble.REWRITTEN


def _is_genuine(told: Told) -> bool:
    """The signature holds, and the signed text says what the message says."""
    head = read_head(told.text)
    return (
        head is not None
        and (head.edition, head.size, head.root, head.key) == (told.edition, told.size, told.root, told.kid)
        and key_id_of(told.public_key) == told.kid
        and is_signed(told.text, told.signature, told.public_key)
    )


def _forks(one: Seen, told: Told) -> bool:
    """The same number or size with another root."""
    same = one.number == told.number or one.size == told.size
    return same and (one.root != told.root or (one.number == told.number and one.size != told.size))


def _continues(told: Told, last: Seen) -> bool:
    try:
        first, second, *path = (bytes.fromhex(one) for one in (last.root, told.root, *told.consistency))
    except ValueError:
        return False
    return told.previous_size == last.size and is_consistent(last.size, told.size, first, second, path)
