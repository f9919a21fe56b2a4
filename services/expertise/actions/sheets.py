"""Score sheets: kept as typed, signed once, cancelled only by the secretary (BR-45…BR-47)."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from services.expertise import access
from services.expertise.actions import ledger, opening
from services.expertise.messages import SheetSigned
from services.expertise.model import Assignment, ScoreSheet
from services.expertise.queries import found
from services.expertise.readmodel import Organisation, PersonCopy
from services.expertise.rules import scoring
from services.expertise.rules.states import ASSIGNMENT, SHEET, UNDER_EXPERTISE, stage_of
from services.expertise.rules.vocabulary import LedgerKind, Recommendation, SheetState
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


class DraftMoved(Refused):
    """Another page has saved this draft meanwhile: neither text may be lost silently."""

    def __init__(self) -> None:
        super().__init__(
            "STALE", N_("Этот лист уже сохранён на другой странице. Сравните тексты и выберите, какой оставить.")
        )


def keep_draft(
    who: Person,
    *,
    assignment_id: UUID,
    scores: Mapping[str, object],
    comments: Mapping[str, str],
    conclusion: str = "",
    remarks: str = "",
    recommendation: Recommendation | str | None = None,
    seen: int | None = None,
    page: str = "",
) -> UUID:
    """Keep a draft as it was typed, complete or not, valid or not; what counts is counted (BR-45, BR-47).

    ``seen`` is the version that the page shows (0: no draft yet) and ``page`` the page itself: a draft that
    another page has saved meanwhile is not overwritten. Nothing is demanded before the signature.
    """
    with work(who) as u:
        assignment = _own_open(u, assignment_id)
        rubric = assignment.entry.nomination.rubric.rules
        valid, typed = scoring.read_draft(rubric, scores)
        unknown = set(comments) - {criterion.code for criterion in rubric.criteria}
        if unknown:
            raise Refused("BR-45", N_("В рубрике нет критерия %(code)s"), field="comments", code=min(unknown))
        sheet = found.live_sheet(u.session, assignment_id)
        _check_seen(sheet, seen, page)
        sheet = sheet or _begin(u, assignment)
        sheet.state = SHEET.after(sheet.state, "save")
        assignment.state = ASSIGNMENT.after(assignment.state, "work")
        sheet.scores = {code: str(value) for code, value in valid.items()}
        sheet.typed = typed
        sheet.comments = {code: text.strip() for code, text in comments.items() if text.strip()}
        sheet.conclusion, sheet.remarks = conclusion, remarks
        sheet.recommendation = Recommendation(recommendation) if recommendation else None
        sheet.draft_by = page or None
        sheet.total = scoring.total(rubric, valid)
        sheet.percent = scoring.percent(rubric, valid)
        sheet.priority = scoring.priority_percent(rubric, valid)
        u.session.flush()
        return sheet.id


def save_sheet(
    who: Person,
    *,
    assignment_id: UUID,
    scores: Mapping[str, object],
    comments: Mapping[str, str],
    conclusion: str = "",
    remarks: str = "",
    recommendation: Recommendation | str | None = None,
    seen: int | None = None,
) -> UUID:
    """Keep a draft whose every score belongs to the scale: for programs, which are told at once (BR-45)."""
    with work(who) as u:
        assignment = _own_open(u, assignment_id)
        scoring.read_scores(assignment.entry.nomination.rubric.rules, scores)
        return keep_draft(
            who,
            assignment_id=assignment_id,
            scores=scores,
            comments=comments,
            conclusion=conclusion,
            remarks=remarks,
            recommendation=recommendation,
            seen=seen,
        )


def sign_sheet(who: Person, *, assignment_id: UUID, seen: int | None = None) -> UUID:
    """Sign the sheet: all criteria are scored, what must be explained is; it is immutable then (BR-45, BR-46).

    ``seen`` is the version that the signer has read: nothing else is signed.
    """
    with work(who) as u:
        assignment = _own_open(u, assignment_id)
        sheet = found.live_sheet(u.session, assignment_id)
        if sheet is None:
            raise Refused("BR-45", N_("Сначала заполните оценочный лист"))
        state = SHEET.after(sheet.state, "sign")
        _check_seen(sheet, seen, "")
        entry = assignment.entry
        faults = scoring.lacks(
            entry.nomination.rubric.rules,
            sheet.exact_scores,
            sheet.typed,
            sheet.comments,
            sheet.recommendation,
            entry.edition.policy,
        )
        if faults:
            raise next(iter(faults.values()))
        sheet.state = state
        sheet.signed_at = clock.now()
        sheet.draft_by = None
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
    """The secretary cancels a spoiled sheet with a reason: it is kept, and a new draft begins with its values,
    for the expert to correct and sign (BR-46)."""
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
        _begin(u, assignment, after=sheet)


def _check_seen(sheet: ScoreSheet | None, seen: int | None, page: str) -> None:
    """The same page may always go on, also when the answer to its last saving was lost on the way."""
    if seen is None or (sheet is None and seen == 0):
        return
    if sheet is None or (sheet.version != seen and not (page and sheet.draft_by == page)):
        raise DraftMoved()


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


def _begin(u: Unit, assignment: Assignment, after: ScoreSheet | None = None) -> ScoreSheet:
    """A new draft; after a cancelled sheet it says which one it replaces and starts from its values."""
    return u.add(
        ScoreSheet(
            assignment_id=assignment.id,
            entry_id=assignment.entry_id,
            stage_id=assignment.stage_id,
            expert_id=assignment.expert_id,
            state=SheetState.DRAFT,
            scores=dict(after.scores) if after else {},
            typed={},
            comments=dict(after.comments) if after else {},
            conclusion=after.conclusion if after else "",
            remarks=after.remarks if after else "",
            recommendation=after.recommendation if after else None,
            total=after.total if after else Decimal(0),
            percent=after.percent if after else Decimal(0),
            priority=after.priority if after else None,
            replaces_id=after.id if after else None,
        )
    )
