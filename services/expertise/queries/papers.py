"""Papers of expertise: who may read which (BR-67)."""

from services.expertise import access
from services.expertise.model import Entry, Paper, ScoreSheet
from services.expertise.rules.papers import PaperKind
from shared.papers import PaperShelf
from shared.person import Person
from shared.unit import read


def _may_read(who: Person, row: Paper) -> bool:
    """By the paper's kind; what is about one entry is read by those whose entry it is, after publication."""
    if access.may_read_paper(who, row.kind):
        return True
    entry = _entry_of(row)
    if entry is None:
        return False
    published = entry.edition.published_at is not None
    is_own = bool(set(entry.parties) & set(who.organisations(*access.APPLICANTS)))
    return is_own and (published or row.kind in access.BEFORE_RESULTS)


def _entry_of(row: Paper) -> Entry | None:
    if row.kind in (PaperKind.D02_CONCLUSION, PaperKind.D03_SHEET):
        sheet = read().get(ScoreSheet, row.object_id)
        return read().get(Entry, sheet.entry_id) if sheet else None
    return read().get(Entry, row.object_id)


PAPERS = PaperShelf(Paper, may_read=_may_read, may_cancel=access.is_secretary)
papers_of = PAPERS.papers_of
