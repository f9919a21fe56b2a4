"""The anonymity of works as plain data, for the secretary (F18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.expertise.rules.anonymity.lexicon import Finding
from services.expertise.rules.vocabulary import EntryState


@dataclass(frozen=True, kw_only=True)
class AnonymityLine:
    """A work of a blind edition; ``left`` are files that a person has to deal with."""

    entry_id: UUID
    edition_id: UUID
    code: str | None
    reg_no: str | None
    topic: str
    state: EntryState
    looked_at: datetime | None
    found: int
    waived: int
    left: Sequence[str]

    @property
    def is_ready(self) -> bool:
        """Whether experts may get the work."""
        return self.looked_at is not None and not self.left


@dataclass(frozen=True, kw_only=True)
class FoundView:
    """A telling place with the words around it."""

    place: str
    finding: Finding
    words: str
    before: str
    after: str
    key: str
    waived: bool


@dataclass(frozen=True, kw_only=True)
class MaskedFileView:
    """A file and the copy that experts get."""

    file_id: UUID
    filename: str
    copy_id: UUID | None
    copy_name: str | None
    by_hand: bool


@dataclass(frozen=True, kw_only=True)
class AnonymityCard(AnonymityLine):
    """A work with its telling places and files."""

    findings: Sequence[FoundView]
    reason: str | None
    files: Sequence[MaskedFileView]
