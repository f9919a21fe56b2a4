"""Files of an entry: enclosed while it is written, fixed or revised; once submitted they stay (BR-39)."""

from uuid import UUID

import sqlalchemy as sa

from services.expertise.actions import entry_content
from services.expertise.model import EntryFile
from services.expertise.queries import found
from services.expertise.rules import files as rules
from services.expertise.rules import technical
from services.expertise.rules.vocabulary import AttachmentKind, EntryState
from shared import clock
from shared.files import fingerprint, safe_name
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def add_file(
    who: Person, *, entry_id: UUID, kind: AttachmentKind | str, filename: str, content: bytes
) -> UUID:
    """Enclose a file of a declared kind; what it is, its content says, not its name (model 3.2)."""
    with work(who) as u:
        entry = entry_content.own(u, found.entry(u.session, entry_id))
        rules.check_open(entry.state)
        if entry.state is EntryState.CONDITIONAL:
            technical.check_fix_in_time(entry.checks[-1].fix_until, clock.now())
        media_type = rules.check_file(content, _kept(u, entry_id))
        sha256 = fingerprint(content)
        same = sa.select(EntryFile.filename).where(
            EntryFile.entry_id == entry_id, EntryFile.sha256 == sha256, EntryFile.masked_of.is_(None)
        )
        known = u.session.scalar(same)
        if known is not None:
            raise Refused("3.2 Entry", N_("Этот файл уже приложен: %(name)s"), field="file", name=known)
        file = u.add(
            EntryFile(
                entry_id=entry_id,
                kind=AttachmentKind(kind),
                filename=safe_name(filename, media_type),
                media_type=media_type,
                sha256=sha256,
                size=len(content),
                content=content,
                created_by=who.account_id,
            )
        )
        u.journal("entry.file_added", file, {"entry_id": str(entry_id), "sha256": sha256})
        if entry.state is not EntryState.DRAFT:
            entry_content.record_file(u, entry, file)
        return file.id


def remove_file(who: Person, *, entry_id: UUID, file_id: UUID) -> None:
    """Take a file out of a draft; what was submitted is never taken away."""
    with work(who) as u:
        entry = entry_content.own(u, found.entry(u.session, entry_id))
        file = u.session.get(EntryFile, file_id)
        if file is None or file.entry_id != entry_id or file.masked_of is not None:
            raise NotFound(N_("файл"))
        rules.check_removable(entry.state)
        u.journal("entry.file_removed", file, {"entry_id": str(entry_id), "sha256": file.sha256})
        u.session.delete(file)


def _kept(u: Unit, entry_id: UUID) -> int:
    counted = sa.select(sa.func.count()).where(EntryFile.entry_id == entry_id, EntryFile.masked_of.is_(None))
    return u.session.scalar(counted) or 0
