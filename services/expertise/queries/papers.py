"""Papers of expertise: who may read which (BR-67)."""

import sqlalchemy as sa

from services.expertise import access
from services.expertise.model import Appeal, AppealMember, Entry, Paper, ScoreSheet
from services.expertise.queries import blind
from services.expertise.rules.papers import PaperKind
from shared.papers import PaperShelf
from shared.person import Person
from shared.unit import read

#: Papers about one entry that name its applicant: closed to its experts while they must not know it (F18).
_NAMING = frozenset({PaperKind.D04_TECHNICAL_ACT, PaperKind.D18_APPLICATION})


def _may_read(who: Person, row: Paper) -> bool:
    """By the paper's kind; what is about one entry is read by those whose entry it is, after publication.

    A paper about one sheet names its expert: it is for the secretary and this expert alone (BR-44, BR-61).
    """
    if row.kind in _NAMING and (about := _entry_of(row)) and blind.is_hidden_from(who, about):
        return False
    if access.may_read_paper(who, row.kind) or _heard_it(who, row):
        return True
    if row.kind in (PaperKind.D02_CONCLUSION, PaperKind.D03_SHEET):
        sheet = read().get(ScoreSheet, row.object_id)
        if sheet is not None:
            return access.is_the_expert(who, sheet.assignment.expert.person_id)
    entry = _entry_of(row)
    if entry is None:
        return False
    published = entry.edition.published_at is not None
    is_own = bool(set(entry.parties) & set(who.organisations(*access.APPLICANTS)))
    return is_own and (published or row.kind in access.BEFORE_RESULTS)


def _heard_it(who: Person, row: Paper) -> bool:
    """The decision on an appeal is read by those who made it."""
    if row.kind is not PaperKind.D21_APPEAL_DECISION or who.person_id is None:
        return False
    seat = sa.select(AppealMember.id).where(
        AppealMember.appeal_id == row.object_id,
        AppealMember.person_id == who.person_id,
        AppealMember.bar.is_(None),
    )
    return read().scalar(seat) is not None


def _entry_of(row: Paper) -> Entry | None:
    if row.kind is PaperKind.D21_APPEAL_DECISION:
        appeal = read().get(Appeal, row.object_id)
        return appeal.entry if appeal else None
    return read().get(Entry, row.object_id)


PAPERS = PaperShelf(Paper, may_read=_may_read, may_cancel=access.is_secretary)
papers_of = PAPERS.papers_of
