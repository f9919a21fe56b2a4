"""Files of entries for those who may read them; every download goes through :func:`readable_file`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.model import Entry, EntryFile
from services.expertise.queries import blind
from services.expertise.queries.entry_access import readers_of
from services.expertise.queries.views import FileView
from services.expertise.rules.files import SHOWN
from services.expertise.rules.vocabulary import EntryState
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


@dataclass(frozen=True)
class ReadableFile:
    """A file to hand over, byte for byte as it was sent."""

    filename: str
    media_type: str
    content: bytes

    @property
    def may_be_shown(self) -> bool:
        """Whether a page may show it in a frame; the rest is only saved."""
        return self.media_type in SHOWN


def readable_file(who: Person, file_id: UUID) -> ReadableFile:
    """A file for the applicants, the contest's staff, its declared experts and the territory (BR-42, model 3.5).

    For everybody else it does not exist.
    """
    session = read()
    file = session.get(EntryFile, file_id)
    entry = session.get(Entry, file.entry_id) if file else None
    if file is None or entry is None or not _may_read(who, entry):
        raise NotFound(N_("файл"))
    blind.require_readable(who, entry, file)
    return ReadableFile(file.filename, file.media_type, file.content)


def _may_read(who: Person, entry: Entry) -> bool:
    if entry.state is EntryState.DRAFT:
        return access.may_file_for(who, entry.applicant_id)
    # Not after publication as such: ИРО and the public read results, not the enclosures.
    return access.may_see_entry(
        who, entry.parties, entry.municipality_oktmo, False, readers_of(read(), entry.id)
    )


def files_of(entry_id: UUID, *, since: datetime | None = None) -> Sequence[FileView]:
    """What is enclosed, in the order of enclosing; masked copies are not listed. The caller asked who may."""
    rows = read().scalars(
        sa.select(EntryFile)
        .where(EntryFile.entry_id == entry_id, EntryFile.masked_of.is_(None))
        .order_by(EntryFile.created_at, EntryFile.id)
    )
    return [
        FileView(
            file_id=one.id,
            kind=one.kind,
            filename=one.filename,
            media_type=one.media_type,
            size=one.size,
            sha256=one.sha256,
            added_at=one.created_at,
            is_new=since is not None and one.created_at >= since,
            may_be_shown=one.media_type in SHOWN,
        )
        for one in rows
    ]
