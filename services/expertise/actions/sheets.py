"""Score sheets: filled in by the expert, signed once, cancelled only by the secretary (BR-45…BR-47)."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from services.expertise import access
from services.expertise.actions import ledger, opening
from services.expertise.messages import SheetSigned
from services.expertise.model import Assignment, ScoreSheet
from services.expertise.queries import cancelled_sheet_of, found
from services.expertise.readmodel import Organisation, PersonCopy
from services.expertise.rules import scoring
from services.expertise.rules.states import ASSIGNMENT, SHEET, UNDER_EXPERTISE, stage_of
from services.expertise.rules.vocabulary import LedgerKind, SheetState
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def save_sheet(
    who: Person,
    *,
    assignment_id: UUID,
    scores: Mapping[str, object],
    comments: Mapping[str, str],
    conclusion: str = "",
) -> UUID:
    """Save a draft: scores belong to the scale, total and percent are computed (BR-45, BR-47)."""
    with work(who) as u:
        assignment = _own_open(u, assignment_id)
        rubric = assignment.entry.nomination.rubric.rules
        exact = scoring.read_scores(rubric, scores)
        unknown = set(comments) - {criterion.code for criterion in rubric.criteria}
        if unknown:
            raise Refused("BR-45", N_("В рубрике нет критерия %(code)s"), field="comments", code=min(unknown))
        sheet = found.live_sheet(u.session, assignment_id) or _begin(u, assignment)
        sheet.state = SHEET.after(sheet.state, "save")
        assignment.state = ASSIGNMENT.after(assignment.state, "work")
        sheet.scores = {code: str(value) for code, value in exact.items()}
        sheet.comments = {code: text.strip() for code, text in comments.items() if text.strip()}
        sheet.conclusion = conclusion
        sheet.total = scoring.total(rubric, exact)
        sheet.percent = scoring.percent(rubric, exact)
        u.journal("sheet.saved", sheet)
        return sheet.id


def sign_sheet(who: Person, *, assignment_id: UUID) -> UUID:
    """Sign the sheet: all criteria are scored, extremes explained; it is immutable then (BR-45, BR-46)."""
    with work(who) as u:
        assignment = _own_open(u, assignment_id)
        sheet = found.live_sheet(u.session, assignment_id)
        if sheet is None:
            raise Refused("BR-45", N_("Сначала заполните оценочный лист"))
        state = SHEET.after(sheet.state, "sign")
        entry = assignment.entry
        scoring.check_complete(
            entry.nomination.rubric.rules, sheet.exact_scores, sheet.comments, entry.edition.policy
        )
        sheet.state = state
        sheet.signed_at = clock.now()
        assignment.state = ASSIGNMENT.after(assignment.state, "submit")
        person = u.session.get(PersonCopy, assignment.expert.person_id)
        organisation_id = person.organisation_id if person else None
        organisation = u.session.get(Organisation, organisation_id) if organisation_id else None
        message = SheetSigned(
            sheet_id=sheet.id,
            entry_id=entry.id,
            edition_id=entry.edition_id,
            expert_id=assignment.expert_id,
            expert_organisation_id=organisation_id,
            expert_municipality_oktmo=organisation.municipality_oktmo if organisation else None,
            stage_kind=assignment.stage.kind,
            signed_on=clock.today(),
            kind=assignment.kind,
        )
        u.tell(message, of=sheet)
        opening.commit_sheet(u, sheet, assignment)
        u.journal("sheet.signed", sheet)
        return sheet.id


def cancel_sheet(who: Person, *, sheet_id: UUID, reason: str) -> None:
    """The secretary cancels a spoiled sheet with a reason; it is kept, a new one replaces it (BR-46)."""
    with work(who) as u:
        access.require_secretary(who)
        sheet = u.session.get(ScoreSheet, sheet_id)
        if sheet is None:
            raise NotFound(N_("оценочный лист"))
        assignment = found.assignment(u.session, sheet.assignment_id)
        access.require_assigner(who, {assignment.expert.person_id})
        state = SHEET.after(sheet.state, "cancel")
        _require_open(assignment)
        if not reason.strip():
            raise Refused("BR-46", N_("Укажите причину"), field="reason")
        sheet.state = state
        sheet.cancel_reason = reason
        assignment.state = ASSIGNMENT.after(assignment.state, "reopen")
        ledger.record(
            u,
            LedgerKind.SHEET_CANCELLED,
            edition_id=assignment.entry.edition_id,
            subject_id=sheet.id,
            data={
                **ledger.assigned(assignment),
                "reason": ledger.words(u, assignment.entry.edition_id, reason),
            },
        )
        u.journal("sheet.cancelled", sheet, {"reason": reason})


def _own_open(u: Unit, assignment_id: UUID) -> Assignment:
    assignment = found.assignment(u.session, assignment_id)
    access.require_the_expert(u.who, assignment.expert.person_id)
    _require_open(assignment)
    if assignment.entry.state not in UNDER_EXPERTISE:
        raise Refused("3.3 Entry", N_("Заявка сейчас не на экспертизе"))
    return assignment


def _require_open(assignment: Assignment) -> None:
    if stage_of(assignment.entry.edition.state) is not assignment.stage.kind:
        raise Refused("BR-46", N_("Этап экспертизы закрыт"))


def _begin(u: Unit, assignment: Assignment) -> ScoreSheet:
    """A new draft; after a cancelled sheet it says which one it replaces."""
    return u.add(
        ScoreSheet(
            assignment_id=assignment.id,
            entry_id=assignment.entry_id,
            stage_id=assignment.stage_id,
            expert_id=assignment.expert_id,
            state=SheetState.DRAFT,
            total=Decimal(0),
            percent=Decimal(0),
            replaces_id=cancelled_sheet_of(u.session, assignment.id),
        )
    )
