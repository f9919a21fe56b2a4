"""Papers about score sheets: conclusions and filled sheets (D-02, D-03)."""

from collections.abc import Callable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.expertise import access
from services.expertise.actions.papers import issue_paper
from services.expertise.model import Assignment, Entry, Paper, ScoreSheet
from services.expertise.queries import found, names, sheet_papers
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.vocabulary import SheetState
from shared.documents import Document
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.requisites import PaperState, Requisites
from shared.unit import Unit, work

_OF_SHEETS = (PaperKind.D02_CONCLUSION, PaperKind.D03_SHEET)


def issue_sheet_paper(who: Person, *, sheet_id: UUID, kind: PaperKind | str) -> UUID:
    """Print a signed sheet as a conclusion or an evaluation sheet: the secretary, and the expert one's own.

    A signed sheet never changes, so a paper about it that is in force is not printed twice.
    """
    with work(who) as u:
        chosen = PaperKind(kind)
        if chosen not in _OF_SHEETS:
            raise Refused("BR-67", N_("О листе печатаются только заключение и оценочный лист"), field="kind")
        sheet = u.session.get(ScoreSheet, sheet_id, options=[joinedload(ScoreSheet.assignment)])
        if sheet is None:
            raise NotFound(N_("оценочный лист"))
        access.require_sheet_reader(who, sheet.assignment.expert.person_id)
        if sheet.state is not SheetState.SIGNED:
            raise Refused("BR-46", N_("Печатается только подписанный лист"))
        entry = found.entry(u.session, sheet.entry_id)
        name = names.expert_names(u.session, [sheet.expert_id]).get(sheet.expert_id, names.UNKNOWN)
        text = sheet_papers.sheet_text(sheet, name)

        def build(requisites: Requisites) -> Document:
            if chosen is PaperKind.D02_CONCLUSION:
                return sheet_papers.conclusion(u.session, requisites, entry, [text])
            return sheet_papers.filled_sheet(u.session, requisites, entry, text)

        return _once(u, chosen, entry, sheet_id, build)


def issue_conclusions(who: Person, *, entry_id: UUID) -> UUID:
    """Print all conclusions about an entry for its applicant, after publication and without names (D-02, BR-61)."""
    with work(who) as u:
        entry = found.entry(u.session, entry_id)
        if not access.may_file_for(who, entry.applicant_id):
            access.require_secretary(who)
        if entry.edition.published_at is None:
            raise Refused("BR-61", N_("Заключения выдаются после публикации результатов"))
        sheets = u.session.scalars(
            sa.select(ScoreSheet)
            .where(ScoreSheet.entry_id == entry_id, ScoreSheet.state == SheetState.SIGNED)
            .options(joinedload(ScoreSheet.assignment).joinedload(Assignment.stage))
            .order_by(ScoreSheet.signed_at, ScoreSheet.id)
        ).all()
        if not sheets:
            raise Refused("BR-61", N_("По этой заявке нет подписанных листов"))
        codes = names.expert_codes(u.session, entry.edition_id)
        texts = [sheet_papers.sheet_text(sheet, codes[sheet.expert_id]) for sheet in sheets]
        return _once(
            u,
            PaperKind.D02_CONCLUSION,
            entry,
            entry_id,
            lambda requisites: sheet_papers.conclusion(u.session, requisites, entry, texts),
        )


def _once(
    u: Unit, kind: PaperKind, entry: Entry, object_id: UUID, build: Callable[[Requisites], Document]
) -> UUID:
    printed = u.session.scalar(
        sa.select(Paper.id).where(
            Paper.object_id == object_id, Paper.kind == kind, Paper.state == PaperState.ISSUED
        )
    )
    if printed is not None:
        return printed
    return issue_paper(u, kind=kind, edition_id=entry.edition_id, object_id=object_id, build=build).id
