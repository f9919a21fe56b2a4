"""The log of an edition and its proofs, as plain data (F6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.expertise.rules.vocabulary import LedgerKind


@dataclass(frozen=True, kw_only=True)
class HeadView:
    """A signed head of a log."""

    number: int
    size: int
    root: str
    at: datetime
    kid: str
    text: str
    signature: str
    #: What the last line under this head tells: why it was signed.
    after: LedgerKind | None = None

    @property
    def printed(self) -> str:
        """How a paper prints it, and how the verifier takes it: ``size:root``."""
        return f"{self.size}:{self.root}"


@dataclass(frozen=True, kw_only=True)
class KeyView:
    """The public half of a key that signs heads."""

    kid: str
    public: str
    made_at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """A line of a log for people: codes instead of identifiers where there are any, never names."""

    seq: int
    at: datetime
    kind: LedgerKind
    subject_id: UUID
    #: Registration number of the entry or code of the expert that the line is about, when there is one.
    about: Sequence[str]
    data: Mapping[str, Any]
    leaf: str


@dataclass(frozen=True, kw_only=True)
class ProofPage:
    """What the page «Журнал и доказательства» tells of an edition."""

    size: int
    heads: Sequence[HeadView]
    keys: Sequence[KeyView]
    may_download: bool
    may_browse: bool
    may_sign: bool

    @property
    def last(self) -> HeadView | None:
        """The newest head."""
        return self.heads[0] if self.heads else None


@dataclass(frozen=True, kw_only=True)
class EntryProof:
    """What proves the course of one entry: its lines in the log that a signed head binds."""

    entry_id: UUID
    edition_id: UUID
    reg_no: str
    published: bool
    head: HeadView | None
    lines: Sequence[LogLine]
